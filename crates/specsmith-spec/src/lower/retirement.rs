//! The end of operations: OpenAPI says that one is deprecated, extensions say since when and until when.

use specsmith_diagnostics::{Code, Diagnostic};
use specsmith_ir::{Moment, Retirement, is_address};

use super::context::{Context, text};
use crate::Node;

/// Extensions that say since when an operation is deprecated.
const SINCE: [&str; 4] = [
    "x-deprecation-date",
    "x-deprecated-at",
    "x-deprecated-since",
    "x-deprecation",
];
/// Extensions that say when an operation is gone.
const SUNSET: [&str; 3] = ["x-sunset", "x-sunset-date", "x-removal-date"];

impl<'d> Context<'d, '_> {
    /// What a document says about the end of an operation; `None` where it says nothing.
    ///
    /// Texts that are no dates, such as `TBD`, say nothing.
    pub(super) fn retirement(&mut self, node: Node<'d>) -> Option<Box<Retirement>> {
        let first = |names: &[&str]| names.iter().find_map(|name| Moment::parse(text(node, name)?));
        let details = node.get("x-deprecation").filter(|details| details.is_object());
        let member = |name: &'static str| details.and_then(|details| text(details, name));
        let mut retirement = Retirement {
            since: first(&SINCE).or_else(|| Moment::parse(member("deprecationDate")?)),
            sunset: first(&SUNSET).or_else(|| Moment::parse(member("retirementDate")?)),
            link: member("guideUrl").filter(|link| is_address(link)).map(str::to_owned),
            sunset_link: None,
        };
        if retirement.is_backwards() {
            let finding = Diagnostic::new(Code::InvalidValue, "this operation is gone before it is deprecated");
            self.report(finding.at(node.location()).help("its date of removal is left out"));
            retirement.sunset = None;
        }
        (!retirement.is_empty()).then(|| Box::new(retirement))
    }
}
