//! Servers that callers can choose: a type for each.

use specsmith_ir as ir;

use super::context::Context;
use super::identity::Identity;
use super::memory::Member;
use super::names::with;
use crate::model::{Origin, ServerChoice, ServerScope, ServerType, ServerVariable};
use crate::naming::{Case, Scope, reserved, spelled_words, words};
use crate::{Ident, Prose};

/// How many words of a description make a name.
const MAX_WORDS: usize = 5;

/// The types of the servers: those of the API, then those of operations. There are none where the document leaves no
/// choice: it names one address without variables, or only that it is served where it is.
pub(super) fn lower(cx: &mut Context<'_>) -> Vec<ServerType> {
    let servers = offered(cx.api);
    let mut scope = Scope::new(Case::Pascal, &[reserved::TYPES, &["Server"]]);
    let members = servers
        .iter()
        .map(|(server, of)| Member::new(place(server), candidates(server, *of)));
    let names = cx.memory.members(&mut scope, members.collect());
    let choices = choices(cx, &mut scope, &servers);
    let types = servers.into_iter().zip(names);
    types
        .map(|((server, of), name)| lower_server(cx, server, of, name, &choices))
        .collect()
}

/// The servers that callers can choose, each once.
fn offered(api: &ir::Api) -> Vec<(&ir::Server, ServerScope)> {
    let of_api = distinct(&api.servers);
    let is_known = |server: &ir::Server, known: &[&ir::Server]| known.iter().any(|known| known.url == server.url);
    let mut of_operations: Vec<&ir::Server> = Vec::new();
    for operation in &api.operations {
        let own = distinct(&operation.servers);
        if is_choice(&own) {
            let new = own.iter().filter(|server| !is_known(server, &of_api));
            let new: Vec<&ir::Server> = new
                .filter(|server| !is_known(server, &of_operations))
                .copied()
                .collect();
            of_operations.extend(new);
        }
    }
    let of_api = of_api.into_iter().filter(|_| is_choice(&distinct(&api.servers)));
    let of_api = of_api.map(|server| (server, ServerScope::Api));
    let of_operations = of_operations
        .into_iter()
        .map(|server| (server, ServerScope::Operations));
    of_api.chain(of_operations).collect()
}

fn distinct(all: &[ir::Server]) -> Vec<&ir::Server> {
    let mut servers: Vec<&ir::Server> = Vec::new();
    for server in all {
        if !servers.iter().any(|known| known.url == server.url) {
            servers.push(server);
        }
    }
    servers
}

/// Whether servers leave something to choose.
fn is_choice(servers: &[&ir::Server]) -> bool {
    let is_open = |server: &ir::Server| match origin(server) {
        Origin::Absolute => !server.variables.is_empty(),
        Origin::Relative => !matches!(server.url.as_str(), "" | "/" | "."),
    };
    servers.len() > 1 || servers.iter().any(|server| is_open(server))
}

fn place(server: &ir::Server) -> Identity {
    Identity::root("servers", &server.url)
}

/// What an address starts from, once its variables have their defaults.
fn origin(server: &ir::Server) -> Origin {
    let address = server.address();
    let scheme = address.split_once(':').map(|(scheme, _)| scheme);
    let is_scheme = |scheme: &str| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
    };
    match scheme.is_some_and(is_scheme) {
        true => Origin::Absolute,
        false => Origin::Relative,
    }
}

/// What a server can be called: by its name, its description where that is short, its host, its address.
fn candidates(server: &ir::Server, of: ServerScope) -> Vec<Vec<String>> {
    let short = |text: &&str| !text.contains('\n') && words(text).len() <= MAX_WORDS;
    let description = server.description.as_deref().map(str::trim).filter(short);
    let said = [server.name.as_deref(), description];
    let mut candidates: Vec<Vec<String>> = said.into_iter().flatten().map(essence).collect();
    let (scheme, rest) = server.url.split_once("//").unwrap_or(("", &server.url));
    let host = rest.split('/').next().unwrap_or_default();
    // What is left of `{protocol}://{hostname}:{port}` says nothing.
    let fixed = |text: &str| {
        let pieces = text
            .split('{')
            .map(|piece| piece.split_once('}').map_or(piece, |(_, rest)| rest));
        let fixed = pieces.collect::<String>();
        let said = fixed.chars().any(char::is_alphanumeric);
        said.then(|| words(&fixed))
    };
    if let Some(host_words) = fixed(host) {
        candidates.push(host_words);
        candidates.extend(fixed(&format!("{scheme}{host}")));
    }
    let variables = server.variables.iter().map(|variable| variable.name.as_str());
    let variables = words(&Vec::from_iter(variables).join(" "));
    match of {
        ServerScope::Api => candidates.extend(fixed(rest).into_iter().chain([words("main"), variables])),
        ServerScope::Operations => candidates.extend([variables].into_iter().chain(fixed(rest))),
    }
    candidates.retain(|words| !words.is_empty());
    candidates
}

/// The words of a name without those that any server could have.
fn essence(text: &str) -> Vec<String> {
    let all = words(text);
    let mut left: Vec<String> = all
        .iter()
        .filter(|word| !matches!(word.as_str(), "the" | "a" | "an"))
        .cloned()
        .collect();
    while left.len() > 1
        && matches!(
            left.last().map(String::as_str),
            Some("server" | "environment" | "endpoint")
        )
    {
        left.pop();
    }
    // `Server for file uploads` is that of `file uploads`.
    if let [server, leading, _, ..] = left.as_slice()
        && server == "server"
        && matches!(leading.as_str(), "for" | "of")
    {
        left.drain(..2);
    }
    if left.is_empty() { all } else { left }
}

/// A choice, with what it is for: the name of a variable and its values.
type Choice<'a> = (&'a str, &'a [String], Ident, Vec<Ident>);

/// The enums of variables that have values to choose from.
fn choices<'a>(cx: &mut Context<'_>, scope: &mut Scope, servers: &[(&'a ir::Server, ServerScope)]) -> Vec<Choice<'a>> {
    let mut found: Vec<(&ir::Server, ServerScope, &ir::ServerVariable)> = Vec::new();
    for (server, of) in servers {
        for variable in server.variables.iter().filter(|variable| !variable.values.is_empty()) {
            let same = |other: &ir::ServerVariable| other.name == variable.name && other.values == variable.values;
            if !found.iter().any(|(.., other)| same(other)) {
                found.push((server, *of, variable));
            }
        }
    }
    let members = found.iter().map(|(server, of, variable)| {
        let own = words(&variable.name);
        let of_server = candidates(server, *of)
            .first()
            .map(|server| [server.as_slice(), &own].concat());
        let all = [own].into_iter().chain(of_server).collect();
        Member::new(place(server).inside(&[&variable.name]), all)
    });
    let names = cx.memory.members(scope, members.collect());
    let choices = found.iter().zip(names).map(|((server, _, variable), name)| {
        let mut scope = Scope::new(Case::Pascal, &[]);
        let members = variable.values.iter().map(|value| {
            let place = place(server).inside(&[&variable.name, value]);
            Member::new(
                place,
                vec![words(value), spelled_words(value), with(&words(value), &["value"])],
            )
        });
        let variants = cx.memory.members(&mut scope, members.collect());
        (variable.name.as_str(), variable.values.as_slice(), name, variants)
    });
    choices.collect()
}

fn lower_server(
    cx: &mut Context<'_>,
    server: &ir::Server,
    of: ServerScope,
    name: Ident,
    choices: &[Choice<'_>],
) -> ServerType {
    let mut scope = Scope::new(Case::Snake, &[reserved::FORM_METHODS, &["base"]]);
    let members = server.variables.iter().map(|variable| {
        let own = words(&variable.name);
        let other = with(&own, &["variable"]);
        Member::new(place(server).inside(&[&variable.name, "field"]), vec![own, other])
    });
    let names = cx.memory.members(&mut scope, members.collect());
    let variables = server.variables.iter().zip(names);
    let variables = variables.map(|(variable, name)| {
        let mut docs = Prose::new();
        docs.foreign(variable.description.as_deref().unwrap_or_default());
        ServerVariable {
            name,
            wire: variable.name.clone(),
            default: variable.default.clone(),
            choice: choice(variable, choices),
            docs,
        }
    });
    ServerType {
        name,
        origin: origin(server),
        scope: of,
        variables: variables.collect(),
        server: server.clone(),
    }
}

fn choice(variable: &ir::ServerVariable, choices: &[Choice<'_>]) -> Option<ServerChoice> {
    let mut choices = choices.iter();
    let (_, values, name, variants) =
        choices.find(|(name, values, ..)| *name == variable.name && *values == variable.values)?;
    let variants: Vec<(Ident, String)> = variants.iter().cloned().zip(values.iter().cloned()).collect();
    let default = variants.iter().find(|(_, value)| *value == variable.default);
    let (default, _) = default.or_else(|| variants.first())?;
    Some(ServerChoice {
        name: name.clone(),
        default: default.clone(),
        variants,
    })
}
