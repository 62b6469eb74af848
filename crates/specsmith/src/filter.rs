//! Which operations are generated: selectors of tags, paths and names, and what they select.

mod selector;

use specsmith_diagnostics::{Code, Diagnostic, Diagnostics, closest};
use specsmith_ir::{Api, Operation};
use specsmith_rust::{Model, OptionTable, TypeOptions};

use self::selector::Selector;

/// Which operations are generated: those that a selector includes, or all where there is none, without those that a
/// selector excludes.
#[derive(Debug, Clone, Default)]
pub(crate) struct Filter {
    pub(crate) include: Vec<String>,
    pub(crate) exclude: Vec<String>,
}

impl Filter {
    fn is_empty(&self) -> bool {
        self.include.is_empty() && self.exclude.is_empty()
    }
}

/// Lowers an API to what Rust needs, without the operations that the filter leaves out; the API is left with what is
/// lowered.
///
/// Names are those that everything has together. So the whole is lowered first, and remembered.
pub(crate) fn lower(api: &mut Api, filter: &Filter, types: &TypeOptions, diagnostics: &mut Diagnostics) -> Model {
    if filter.is_empty() {
        return specsmith_rust::lower(api, types, diagnostics);
    }
    let mut of_whole = Diagnostics::new();
    let whole = specsmith_rust::lower(api, types, &mut of_whole);
    select(api, filter, types, diagnostics);
    let types = TypeOptions {
        known: whole.names.clone(),
        ..types.clone()
    };
    let mut of_part = Diagnostics::new();
    let mut model = specsmith_rust::lower(api, &types, &mut of_part);
    model.names = whole.names;
    // Options can be about what is left out.
    let about_options = |diagnostic: &&Diagnostic| diagnostic.code == Code::UnusedOption;
    let unused = of_whole.iter().filter(about_options);
    let others = of_part.iter().filter(|diagnostic| !about_options(diagnostic));
    unused
        .chain(others)
        .for_each(|diagnostic| diagnostics.report(diagnostic.clone()));
    model
}

/// Leaves out of the API what the filter does not select, and reports selectors that select nothing.
pub(crate) fn select(api: &mut Api, filter: &Filter, types: &TypeOptions, diagnostics: &mut Diagnostics) {
    if filter.is_empty() {
        return;
    }
    let read = |texts: &[String]| texts.iter().map(|text| Selector::read(text)).collect::<Vec<_>>();
    let (include, exclude) = (read(&filter.include), read(&filter.exclude));
    for (table, selectors, texts) in [
        (OptionTable::Include, &include, &filter.include),
        (OptionTable::Exclude, &exclude, &filter.exclude),
    ] {
        for (selector, text) in selectors.iter().zip(texts) {
            let mut all = api.operations.iter().chain(&api.webhooks);
            if !all.any(|operation| selector.selects(operation)) {
                let finding = unused(api, table, selector, text);
                diagnostics.report(types.finding(table, text, finding));
            }
        }
    }
    let mut keep = |operation: &Operation| {
        let is_in = |selectors: &[Selector]| selectors.iter().any(|selector| selector.selects(operation));
        (include.is_empty() || is_in(&include)) && !is_in(&exclude)
    };
    if !api.operations.is_empty() && !api.operations.iter().any(&mut keep) {
        diagnostics.report(
            Diagnostic::new(Code::InvalidConfig, "no operation is left")
                .help("`operations.include` and `operations.exclude` leave out all of them"),
        );
    }
    specsmith_ir::select(api, &mut keep);
}

/// Says that a selector selects nothing, and what was meant.
fn unused(api: &Api, table: OptionTable, selector: &Selector, text: &str) -> Diagnostic {
    let message = format!(
        "`{}` names `{}`, which no operation is",
        table.name(),
        text.escape_debug()
    );
    let finding = Diagnostic::new(Code::UnusedOption, message).label("has no effect");
    let names: Vec<String> = api
        .operations
        .iter()
        .flat_map(|operation| selector.alike(operation))
        .collect();
    match closest(text, names.iter().map(String::as_str)) {
        Some(meant) => finding.help(format!("did you mean `{meant}`?")),
        None => {
            finding.help("a selector is `tag:Books`, a path such as `/books/**` or `GET /books/*`, or an operationId")
        }
    }
}
