//! Server Objects and their variables.

use std::collections::BTreeSet;

use specsmith_diagnostics::{Code, Diagnostic, Location};
use specsmith_ir::{Server, ServerVariable};

use super::context::{Context, as_text, owned_text};
use crate::Node;

impl<'d> Context<'d, '_> {
    /// The `servers` of an object; empty where it has none.
    pub(super) fn servers(&mut self, node: Node<'d>) -> Vec<Server> {
        let servers = node.get("servers").into_iter().flat_map(Node::items);
        servers.filter_map(|server| self.server(server)).collect()
    }

    fn server(&mut self, node: Node<'d>) -> Option<Server> {
        let url = node.get("url")?;
        let address = as_text(url)?;
        let variables = node.get("variables").into_iter().flat_map(Node::members);
        let variables: Vec<_> = variables
            .filter_map(|(key, variable)| {
                let lowered = self.variable(&key.name, key.location, variable)?;
                Some((key.location, lowered))
            })
            .collect();
        self.check_names(url, address, &variables);
        Some(Server {
            url: address.to_owned(),
            name: owned_text(node, "name"),
            description: owned_text(node, "description"),
            variables: variables.into_iter().map(|(_, variable)| variable).collect(),
        })
    }

    fn variable(&mut self, name: &str, place: Location, node: Node<'d>) -> Option<ServerVariable> {
        let choices = node.get("enum");
        let values: Vec<_> = choices
            .into_iter()
            .flat_map(Node::items)
            .filter_map(as_text)
            .map(str::to_owned)
            .collect();
        if let Some(list) = choices.filter(|list| list.is_array() && list.items().next().is_none()) {
            let message = format!("the variable `{name}` can have no value");
            self.report(
                Diagnostic::new(Code::InvalidValue, message)
                    .at(list.location())
                    .help("leave `enum` out where any value is possible"),
            );
        }
        let default = match node.get("default") {
            Some(default) => as_text(default)?.to_owned(),
            None => values.first()?.clone(),
        };
        if !values.is_empty() && !values.contains(&default) {
            let message = format!("the default `{default}` of the variable `{name}` is none of its values");
            let place = node.get("default").map_or(place, Node::location);
            self.report(
                Diagnostic::new(Code::InvalidValue, message)
                    .at(place)
                    .help(format!("the values are `{}`", values.join("`, `"))),
            );
        }
        Some(ServerVariable {
            name: name.to_owned(),
            default,
            values,
            description: owned_text(node, "description"),
        })
    }

    /// Compares the names in braces with the variables that are described.
    fn check_names(&mut self, url: Node<'d>, address: &str, variables: &[(Location, ServerVariable)]) {
        let known: BTreeSet<_> = variables.iter().map(|(_, variable)| variable.name.as_str()).collect();
        let used: BTreeSet<_> = address
            .split('{')
            .skip(1)
            .filter_map(|piece| Some(piece.split_once('}')?.0))
            .collect();
        for name in &used {
            if known.contains(name) {
                continue;
            }
            let message = format!("`variables` does not describe `{name}`");
            let diagnostic = Diagnostic::new(Code::UndefinedServerVariable, message).at(url.location());
            let diagnostic = match self.suggest(name, known.iter().copied()) {
                Some(meant) => diagnostic.help(format!("did you mean `{meant}`?")),
                None => diagnostic,
            };
            self.report(diagnostic);
        }
        for (place, variable) in variables
            .iter()
            .filter(|(_, variable)| !used.contains(variable.name.as_str()))
        {
            let message = format!("the address does not have the variable `{}`", variable.name);
            self.report(
                Diagnostic::new(Code::UndefinedServerVariable, message)
                    .at(*place)
                    .related(url.location(), "this is the address"),
            );
        }
    }
}
