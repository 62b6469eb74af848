//! Configurations, as users could write them.

use std::path::Path;

use specsmith::{Aliases, Config, Dates, Form, Selection, Target, TypeOptions};

use super::draw::Draw;

/// What a user may decide about the types of any document.
fn types(draw: &mut Draw) -> TypeOptions {
    let selection = |is_all| if is_all { Selection::All } else { Selection::None };
    TypeOptions {
        dates: draw.weighed(&[
            (70, Dates::Chrono),
            (10, Dates::Jiff),
            (10, Dates::Time),
            (10, Dates::Text),
        ]),
        group_features: draw.chance(20),
        aliases: draw.weighed(&[(70, Aliases::Alias), (30, Aliases::Newtype)]),
        lenient: selection(draw.chance(15)),
        keep_unknown: selection(draw.chance(15)),
        ..TypeOptions::default()
    }
}

/// The client, the server and the docs of a document, in folders that begin with a name.
pub(super) fn config(seed: u64, name: &str, out: &Path) -> Config {
    // Whatever else is drawn for the document, its configuration stays.
    let mut draw = Draw::new(seed ^ 0xc0f1);
    let options = match draw.chance(50) {
        true => types(&mut draw),
        false => TypeOptions::default(),
    };
    let form = draw.weighed(&[(80, Form::Crate), (20, Form::Split)]);
    let target = |kind: &str| Target::new(out.join(format!("{name}-{kind}"))).form(form);
    let config = Config::new(format!("{name}.json"))
        .type_options(options)
        .client(target("client"))
        .server(target("server"))
        .docs(target("docs"));
    match draw.chance(10) {
        true => config.without_contract(),
        false => config,
    }
}
