//! Generates the client and the server of the document beside it.

fn main() {
    specsmith::Build::new("openapi.yaml")
        .client("client")
        .server("server")
        .run();
}
