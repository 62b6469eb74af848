//! Generates clients and servers: of the document beside it, and of some cases.

fn main() {
    for (document, client, server) in [
        ("openapi.yaml", "client", "server"),
        ("../cases/ok/xml.yaml", "depot", "depot_server"),
        ("../cases/ok/xml_3_2.yaml", "archive", "archive_server"),
        ("../cases/ok/callbacks.yaml", "hooks", "hooks_server"),
    ] {
        specsmith::Build::new(document).client(client).server(server).run();
    }
    specsmith::Build::new("../cases/ok/webhooks_alike.yaml")
        .client("tracker")
        .run();
}
