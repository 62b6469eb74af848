//! What a document means, as text for other programs: what `specsmith ir` prints.

use specsmith_diagnostics::SourceFile;

use crate::{Config, Error, Printed, Understood, understand};

/// The notation of what a document means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IrFormat {
    /// One JSON object, for programs; its form has a version.
    Json,
    /// One fact on each line, for people; its form may change with each version.
    Text,
}

/// Writes what a document means, with types of their own for each direction, without the operations that are left out;
/// targets do not matter.
///
/// # Errors
/// When the document cannot be used.
pub fn ir(config: &Config, format: IrFormat) -> Result<Printed, Error> {
    let Understood { findings, api, .. } = understand(config)?;
    let text = match format {
        IrFormat::Json => {
            let files: Vec<&str> = findings.sources.iter().map(SourceFile::name).collect();
            specsmith_ir::json(&api, &files)
        }
        IrFormat::Text => specsmith_ir::dump(&api),
    };
    Ok(Printed { findings, text })
}
