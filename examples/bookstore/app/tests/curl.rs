//! Every `curl` call that the reference prints works against the served bookstore.

use std::{
    error::Error,
    path::Path,
    process::{Command, Output},
};

use tokio::net::TcpListener;

type Failure = Box<dyn Error + Send + Sync>;

/// Where the calls of the reference go.
const PRINTED: &str = "http://localhost:8080/v1";

/// The calls of a page.
fn calls(page: &str) -> impl Iterator<Item = &str> {
    page.split("```sh\n")
        .skip(1)
        .filter_map(|rest| rest.split("\n```").next())
}

/// Makes a call against a shop of its own, since some calls change it.
async fn call(call: &str, dir: &Path) -> Result<Output, Failure> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}/v1", listener.local_addr()?);
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let server = bookstore_server::serve(listener, bookstore_app::router()).with_graceful_shutdown(async {
        stopped.await.ok();
    });
    let server = tokio::spawn(server.into_future());
    let mut command = Command::new("bash");
    command
        .args(["-c", &format!("{} -sS --fail", call.replace(PRINTED, &url))])
        .current_dir(dir)
        .env("TOKEN", bookstore_app::CUSTOMER_TOKEN)
        .env("API_KEY", bookstore_app::STAFF_KEY);
    let output = tokio::task::spawn_blocking(move || command.output()).await??;
    stop.send(()).ok();
    server.await?;
    Ok(output)
}

#[tokio::test(flavor = "multi_thread")]
async fn calls_of_the_reference_work_as_printed() -> Result<(), Failure> {
    if Command::new("curl").arg("--version").output().is_err() {
        println!("skipped: there is no curl");
        return Ok(());
    }
    let dir = tempfile::tempdir()?;
    std::fs::write(dir.path().join("body.bin"), "a picture")?;
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs");
    let mut count = 0;
    for page in ["authors.md", "books.md", "orders.md", "reviews.md"] {
        let page = std::fs::read_to_string(docs.join(page))?;
        for printed in calls(&page) {
            assert!(printed.contains(PRINTED), "{printed}");
            let output = call(printed, dir.path()).await?;
            let error = String::from_utf8_lossy(&output.stderr);
            assert!(output.status.success(), "{printed}\n{error}");
            count += 1;
        }
    }
    assert!(count >= 14, "only {count} calls are printed");
    Ok(())
}
