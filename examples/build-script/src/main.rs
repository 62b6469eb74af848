//! A client and a server that a build script generates as modules of this crate.

include!(concat!(env!("OUT_DIR"), "/greetings/include.rs"));
include!(concat!(env!("OUT_DIR"), "/greetings_server/include.rs"));

use greetings::{Client, types::Tone};
use greetings_server::{
    Context, Greetings, Problem,
    api::greetings::{GetGreetingParameters, GetGreetingResponse},
    types::{Greeting, Tone as AskedTone},
};
use tokio::net::TcpListener;

struct Host;

impl Greetings for Host {
    type Error = Problem;

    async fn get_greeting(
        &self,
        _cx: Context,
        name: String,
        parameters: GetGreetingParameters,
    ) -> Result<GetGreetingResponse, Problem> {
        let text = match parameters.tone {
            AskedTone::Formal => format!("Good day, {name}."),
            AskedTone::Warm => format!("Hi {name}!"),
        };
        Ok(GetGreetingResponse::Ok(Greeting::new(text)))
    }
}

/// Serves greetings on a free port and asks for one.
async fn greet(name: &str) -> Result<String, Box<dyn std::error::Error>> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}", listener.local_addr()?);
    let router = greetings_server::router(Host);
    let server = tokio::spawn(greetings_server::serve(listener, router).into_future());
    let client = Client::builder().base_url(url).build()?;
    let greeting = client.greetings().get(name).tone(Tone::Formal).await?;
    server.abort();
    Ok(greeting.text)
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("{}", greet("reader").await?);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn modules_work_as_packages_do() {
        let text = greet("a/b c").await.unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(text, "Good day, a/b c.");
    }
}
