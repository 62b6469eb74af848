//! Makes the Markdown reference: hands over what is decided about it, templates of the user, and the older document.

use std::{fs, path::Path};

use specsmith_diagnostics::Diagnostics;
use specsmith_ir::Api;
use specsmith_markdown::{Changes, Templates};
use specsmith_output::FileTree;

use super::{FrontMatter, Layout};
use crate::{Config, ConfigError, Error, filter, pipeline::Lowered, read::read};
#[cfg(feature = "server")]
use crate::{Kind, plan::Planned};

/// Renders the reference; its samples use the client of this package.
pub(crate) fn render(config: &Config, lowered: &Lowered, client: &str) -> Result<FileTree, Error> {
    #[cfg(feature = "server")]
    let handlers = match config.targets.get(&Kind::Server) {
        Some(server) => specsmith_server::handlers(&lowered.model, &Planned::new(Kind::Server, server)?.package),
        None => Default::default(),
    };
    #[cfg(not(feature = "server"))]
    let handlers = Default::default();
    let docs = &config.docs;
    let options = specsmith_markdown::Options {
        client_package: client.to_owned(),
        layout: layout(docs.layout),
        front_matter: front_matter(docs.front_matter),
        handlers,
        diagrams: docs.diagrams,
        changes: match &docs.since {
            Some(path) => Some(Changes::new(&older(config, path)?, &lowered.api)),
            None => None,
        },
        templates: match &docs.templates {
            Some(folder) => templates(folder)?,
            None => Templates::default(),
        },
    };
    let rendered = specsmith_markdown::render(&lowered.api, &lowered.model, &options);
    Ok(rendered.map_err(|error| template_error(docs.templates.as_deref(), &error.name, error.line, error.message))?)
}

fn layout(layout: Layout) -> specsmith_markdown::Layout {
    match layout {
        Layout::Tree => specsmith_markdown::Layout::Tree,
        Layout::Book => specsmith_markdown::Layout::Book,
        Layout::Single => specsmith_markdown::Layout::Single,
    }
}

fn front_matter(front_matter: FrontMatter) -> specsmith_markdown::FrontMatter {
    match front_matter {
        FrontMatter::None => specsmith_markdown::FrontMatter::None,
        FrontMatter::Docusaurus => specsmith_markdown::FrontMatter::Docusaurus,
        FrontMatter::Mkdocs => specsmith_markdown::FrontMatter::Mkdocs,
    }
}

/// The templates with those of a folder.
fn templates(folder: &Path) -> Result<Templates, ConfigError> {
    let unreadable = |path: &Path, error: std::io::Error| ConfigError::Template {
        path: path.to_owned(),
        line: None,
        reason: error.to_string(),
    };
    let entries = fs::read_dir(folder).map_err(|error| unreadable(folder, error))?;
    let mut paths = Vec::new();
    for entry in entries {
        paths.push(entry.map_err(|error| unreadable(folder, error))?.path());
    }
    paths.retain(|path| path.extension().is_some_and(|of| of == "j2"));
    paths.sort();
    let mut templates = Templates::default();
    for path in paths {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if !specsmith_markdown::templates().any(|known| known == name) {
            let known: Vec<&str> = specsmith_markdown::templates().collect();
            let reason = format!(
                "there is no template of this name to replace; there are {}",
                known.join(", ")
            );
            return Err(ConfigError::Template {
                path,
                line: None,
                reason,
            });
        }
        let text = fs::read_to_string(&path).map_err(|error| unreadable(&path, error))?;
        templates = templates
            .with(&format!("markdown/{name}"), text)
            .map_err(|error| template_error(Some(folder), &error.name, error.line, error.message))?;
    }
    Ok(templates)
}

/// What is wrong with a template, with its path.
fn template_error(folder: Option<&Path>, name: &str, line: Option<usize>, reason: String) -> ConfigError {
    ConfigError::Template {
        path: folder.unwrap_or(Path::new("")).join(name),
        line,
        reason,
    }
}

/// What an older document means, without the operations that are left out today.
fn older(config: &Config, path: &Path) -> Result<Api, Error> {
    let mut older = Config::new(path).limits(config.limits);
    older.folders.clone_from(&config.folders);
    let (mut findings, document) = read(&older)?;
    let api = document
        .and_then(|document| specsmith_spec::lower_within(&document, &config.limits, &mut findings.diagnostics));
    let Some(mut api) = api.filter(|_| !findings.diagnostics.has_errors()) else {
        return Err(Error::Document(findings));
    };
    specsmith_ir::split_views(&mut api);
    // What is selected today may not have been there.
    filter::select(&mut api, &config.filter, &config.types, &mut Diagnostics::new());
    Ok(api)
}
