//! White space of a page: no run of blank lines, no space at line ends, one line break at the end.

/// The page with its white space in order; code is left as it is.
pub(crate) fn tidy(page: &str) -> String {
    let mut out = String::with_capacity(page.len());
    let mut fence: Option<usize> = None;
    let mut blank = true;
    for line in page.lines() {
        let rest = line.trim_start_matches([' ', '>']);
        let marks = rest.len() - rest.trim_start_matches('`').len();
        let is_code = fence.is_some();
        match fence {
            Some(length) if marks >= length && rest.trim_matches('`').trim().is_empty() => fence = None,
            None if marks >= 3 => fence = Some(marks),
            _ => {}
        }
        let has_empty = !is_code && line.starts_with("| ") && line.contains("|  |");
        let row = has_empty.then(|| line.replace("|  |", "| |").replace("|  |", "| |"));
        let line = row.as_deref().unwrap_or(line);
        let line = if is_code { line } else { line.trim_end() };
        if line.is_empty() && blank && !is_code {
            continue;
        }
        blank = line.is_empty();
        out.push_str(line);
        out.push('\n');
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_cells_are_one_space() {
        assert_eq!(
            tidy("| a |  |  |  |\n\n```\n|  |\n```"),
            "| a | | | |\n\n```\n|  |\n```\n"
        );
    }

    #[test]
    fn runs_of_blank_lines_end_outside_code() {
        assert_eq!(tidy("\n\na  \n\n\n\nb\n\n"), "a\n\nb\n");
        assert_eq!(tidy("```\na\n\n\nb\n```\n\n\nc"), "```\na\n\n\nb\n```\n\nc\n");
    }
}
