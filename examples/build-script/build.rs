//! Generates the modules `greetings` and `greetings_server` from the document beside it.

fn main() {
    specsmith::Build::new("openapi.yaml")
        .client("greetings")
        .server("greetings_server")
        .run();
}
