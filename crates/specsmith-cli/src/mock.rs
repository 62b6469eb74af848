//! `specsmith mock`: serves the examples of a document, or values made for its schemas.

use std::{
    collections::BTreeSet,
    io::{self, Write},
    net::SocketAddr,
    process::ExitCode,
    sync::{Arc, Mutex, PoisonError},
};

use specsmith_mock::{Answered, Mock, shutdown_signal};

use crate::{
    arguments::MockArguments,
    reporter::{Reporter, Results},
    terminal::{self, ERROR, FAILED, GOOD, OK, WARNING, count},
};

/// The stack of each thread.
const STACK: usize = 8 << 20;

/// Runs the subcommand.
pub(crate) fn run(arguments: &MockArguments) -> ExitCode {
    let reporter = Reporter::new(&arguments.reporting, Results::Document);
    let config = match arguments.config() {
        Ok(config) => config,
        Err(error) => return reporter.no_config(&error),
    };
    let understood = match specsmith::understand(&config) {
        Ok(understood) => understood,
        Err(error) => return ExitCode::from(reporter.failure(&error)),
    };
    if !understood.findings.to_string().is_empty() {
        let summary = understood.findings.summary();
        terminal::message(
            WARNING,
            "warning",
            format_args!("{summary}; `specsmith lint` tells more"),
        );
    }
    let mut options = arguments.options();
    let notes = Mutex::new(BTreeSet::new());
    options.on_answer = Some(Arc::new(move |answered| tell(answered, &notes)));
    let mock = Mock::of(understood, options);
    match serve(mock, arguments.address) {
        Ok(()) => ExitCode::from(OK),
        Err(error) => {
            terminal::message(ERROR, "error", error);
            ExitCode::from(FAILED)
        }
    }
}

/// Serves until it is told to stop.
fn serve(mock: Mock, address: SocketAddr) -> Result<(), String> {
    let mut runtime = tokio::runtime::Builder::new_multi_thread();
    // Schemas can lead far into each other.
    let runtime = runtime.thread_stack_size(STACK).enable_all().build();
    let runtime = runtime.map_err(|error| format!("no threads could be started: {error}"))?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind(address).await;
        let listener = listener.map_err(|error| why(address, &error))?;
        let bound = listener.local_addr().map_err(|error| why(address, &error))?;
        let operations = count(mock.operations(), "operation");
        let url = format!("http://{bound}{}", mock.base_path());
        terminal::message(GOOD, "mock", format_args!("{operations} on {url}"));
        mock.serve(listener).with_graceful_shutdown(shutdown_signal()).await;
        Ok(())
    })
}

/// Why nothing can listen there.
fn why(address: SocketAddr, error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::AddrInUse => {
            let port = address.port();
            format!("port {port} is taken: another program listens on {address}; `--address` chooses another one")
        }
        _ => format!("nothing can listen on {address}: {error}"),
    }
}

/// Prints a line for a request, and once why an example was passed over.
fn tell(answered: &Answered, notes: &Mutex<BTreeSet<String>>) {
    let Answered {
        method,
        path,
        operation,
        status,
        duration,
        note,
    } = answered;
    let style = match status {
        ..400 => GOOD,
        400..500 => WARNING,
        500.. => ERROR,
    };
    let operation = operation.unwrap_or("-");
    let milliseconds = duration.as_secs_f64() * 1_000.0;
    let mut out = anstream::stderr().lock();
    writeln!(
        out,
        "{style}{status}{style:#} {method} {path} {operation} {milliseconds:.1} ms"
    )
    .ok();
    if let Some(note) = note {
        let text = format!("{operation}: {note}");
        let mut told = notes.lock().unwrap_or_else(PoisonError::into_inner);
        if told.insert(text.clone()) {
            writeln!(out, "{WARNING}note{WARNING:#}: {text}").ok();
        }
    }
}
