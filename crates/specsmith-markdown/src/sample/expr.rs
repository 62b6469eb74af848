//! Rust expressions, printed as rustfmt prints them.

/// The width of a line.
const WIDTH: usize = 100;

/// The width of a call behind an expression on the same line.
const CHAIN_WIDTH: usize = 60;

/// An expression.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Expr {
    /// Something short.
    Atom(String),
    /// Something before an expression, such as `&`.
    Prefixed(String, Box<Expr>),
    /// `open`, expressions with commas, `close`.
    Group(String, Vec<Expr>, &'static str),
}

impl Expr {
    pub(super) fn atom(text: impl Into<String>) -> Self {
        Expr::Atom(text.into())
    }

    /// A call or constructor: `head(items)`.
    pub(super) fn call(head: impl Into<String>, items: Vec<Expr>) -> Self {
        Expr::Group(format!("{}(", head.into()), items, ")")
    }

    pub(super) fn prefixed(prefix: impl Into<String>, expr: Expr) -> Self {
        Expr::Prefixed(prefix.into(), Box::new(expr))
    }

    /// The expression, which starts behind `before` columns of a line that is indented by `indent`.
    pub(super) fn print(&self, indent: usize, before: usize) -> String {
        let flat = self.flat();
        if before + flat.len() <= WIDTH {
            return flat;
        }
        match self {
            Expr::Atom(text) => text.clone(),
            Expr::Prefixed(prefix, expr) => format!("{prefix}{}", expr.print(indent, before + prefix.len())),
            Expr::Group(open, items, close) if items.is_empty() => format!("{open}{close}"),
            // A last argument that is a list itself may hang.
            Expr::Group(open, items, close) if items.len() == 1 && open.ends_with('(') => {
                let item = items
                    .first()
                    .map(|item| item.print(indent, before + open.len()))
                    .unwrap_or_default();
                format!("{open}{item}{close}")
            }
            Expr::Group(open, items, close) => {
                let inner = indent + 4;
                let pad = " ".repeat(inner);
                let lines = items
                    .iter()
                    .map(|item| format!("{pad}{},\n", item.print(inner, inner + 1)));
                format!("{open}\n{}{}{close}", lines.collect::<String>(), " ".repeat(indent))
            }
        }
    }

    /// A statement that begins with `before` and is this expression with calls behind it.
    pub(super) fn print_chain(&self, before: &str, calls: &[Expr]) -> String {
        let flat: String = [self].into_iter().chain(calls).map(Expr::flat).collect();
        if calls.is_empty() || (flat.len() <= CHAIN_WIDTH && calls.len() == 1) {
            let rest: String = calls.iter().map(Expr::flat).collect();
            return format!("{before}{}{rest};", self.print(0, before.len() + 1));
        }
        let calls = calls.iter().map(|call| format!("\n    {}", call.print(4, 5)));
        format!(
            "{before}{}{};",
            self.print(0, before.len() + 1),
            calls.collect::<String>()
        )
    }

    fn flat(&self) -> String {
        match self {
            Expr::Atom(text) => text.clone(),
            Expr::Prefixed(prefix, expr) => format!("{prefix}{}", expr.flat()),
            Expr::Group(open, items, close) => {
                let items: Vec<String> = items.iter().map(Expr::flat).collect();
                let pad = if open.ends_with("{") && !items.is_empty() {
                    " "
                } else {
                    ""
                };
                format!("{open}{pad}{}{pad}{close}", items.join(", "))
            }
        }
    }
}

/// A string literal; what cannot be seen, and what begins a template, is escaped.
pub(super) fn literal(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    let mut before = None;
    for c in text.chars() {
        match c {
            '{' | '%' if before == Some('{') => out.push_str(&format!("\\u{{{:x}}}", u32::from(c))),
            '\'' => out.push(c),
            c if crate::json::is_invisible(c) && !matches!(c, '\n' | '\t' | '\r') => {
                out.push_str(&format!("\\u{{{:x}}}", u32::from(c)));
            }
            c => out.extend(c.escape_debug()),
        }
        before = Some(c);
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_calls_have_a_line_for_each_argument() {
        let long = || Expr::atom(literal(&"x".repeat(60)));
        let expr = Expr::call("A::new", vec![long(), Expr::atom("1")]);
        assert_eq!(expr.print(0, 0), format!("A::new({}, 1)", literal(&"x".repeat(60))));
        let expr = Expr::call("A::new", vec![long(), long()]);
        let line = format!("    {},\n", literal(&"x".repeat(60)));
        assert_eq!(expr.print(0, 0), format!("A::new(\n{line}{line})"));
    }

    #[test]
    fn literals_show_everything() {
        assert_eq!(
            literal("a\"b\\\n{{#x}}\u{202e}'"),
            "\"a\\\"b\\\\\\n{\\u{7b}#x}}\\u{202e}'\""
        );
    }
}
