//! Generators that are programs: they are run, and get and give JSON.

use std::{
    io::{self, Write},
    process::Stdio,
    thread,
};

use specsmith::{Config, Generated, Generator, GeneratorCommand, GeneratorInput};

use crate::shell;

/// The configuration with the generators that it names as programs.
pub(crate) fn plugged(mut config: Config) -> Config {
    for command in config.generator_commands().to_vec() {
        config = config.generator(command.dir.clone(), Program(command));
    }
    config
}

/// A generator that is a program.
struct Program(GeneratorCommand);

impl Generator for Program {
    fn name(&self) -> &str {
        &self.0.name
    }

    fn generate(&self, input: &GeneratorInput<'_>) -> Generated {
        let line = &self.0.line;
        match self.run(self.0.request(input)) {
            Ok(output) if output.status.success() => self.0.answer(&output.stdout, input.findings),
            Ok(output) => Generated::failed(format!("`{line}` failed with {}", output.status)),
            Err(error) => Generated::failed(format!("`{line}` cannot be run: {error}")),
        }
    }

    fn decisions(&self) -> String {
        self.0.decisions()
    }
}

impl Program {
    /// Runs it with this on its standard input; its messages go where ours go.
    fn run(&self, request: String) -> io::Result<std::process::Output> {
        let mut child = shell::process(&self.0.line, &self.0.folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()?;
        let input = child.stdin.take();
        thread::scope(|scope| {
            // Beside reading, since a program may print before it has read everything; it may leave the rest unread.
            scope.spawn(|| input.map(|mut input| input.write_all(request.as_bytes())));
            child.wait_with_output()
        })
    }
}
