//! The first hour of a new user, in an empty folder, in a workspace, and in a crate with a build script: `init`, `generate`, an
//! edit, `check`, the next version of the document, `diff`.
//!
//! With `--nocapture` everything that is done and said is printed.

use crate::{corpus, guides::Shell, root};

const DOCUMENT: &str = r##"openapi: 3.1.0
info: { title: Books, version: 1.0.0 }
servers: [{ url: https://books.example.com/v1 }]
paths:
  /books/{isbn}:
    get:
      tags: [books]
      operationId: getBook
      parameters: [{ name: isbn, in: path, required: true, schema: { type: string } }]
      responses:
        "200":
          description: The book.
          content: { application/json: { schema: { $ref: "#/components/schemas/Book" } } }
components:
  schemas:
    Book:
      type: object
      required: [title]
      properties:
        title: { type: string }
        published: { type: string, format: date }
"##;

/// A line of the document, and what it is in the next version, which breaks who reads it.
const NEXT: (&str, &str) = (
    "        published: { type: string, format: date }\n",
    "        published: { type: string, format: date-time }\n",
);

/// A user at work.
struct User(Shell);

impl User {
    fn new(place: &str) -> Self {
        println!("== in {place}");
        Self(Shell::new(&format!("walk-{}", place.replace(' ', "-"))))
    }

    /// Runs a line that succeeds, and says all of this.
    fn does(&mut self, line: &str, says: &[&str]) {
        let said = self.0.run(line);
        assert!(said.succeeds, "{line}\n{}", said.text);
        expect(line, &said.text, says);
    }

    /// Runs a line that fails, and says all of this.
    fn fails(&mut self, line: &str, says: &[&str]) {
        let said = self.0.run(line);
        assert!(!said.succeeds, "{line}\n{}", said.text);
        expect(line, &said.text, says);
    }

    /// Edits one generated file and removes another; `check` tells both, and `generate` mends them.
    fn edits(&mut self, client: &str) {
        self.does(&format!("echo '// mine' >> {client}/src/client.rs"), &[]);
        self.does(&format!("rm {client}/src/api/mod.rs"), &[]);
        let [changed, removed] = [
            format!("{client}/src/client.rs was changed by hand\n"),
            format!("{client}/src/api/mod.rs is missing: somebody removed it\n"),
        ];
        let mends = "error: 2 files are not as generated\nhelp: `specsmith generate` mends that\n";
        self.fails("specsmith check", &[&changed, "    -// mine\n", &removed, mends]);
        let warning = format!("warning: `{client}/src/client.rs` was changed by hand, and is now as generated\n");
        self.does("specsmith generate", &[&warning, "1 created, 1 updated)"]);
        self.does("specsmith check", &["up to date"]);
    }

    /// Takes the next version of the document; `check` tells that the client is not the one of it, `diff` what that means.
    fn upgrades(&mut self, client: &str, older: &str) {
        self.0.change("openapi.yaml", NEXT.0, NEXT.1);
        let outdated = format!("{client}/src/types/books.rs is out of date: the document has changed\n");
        self.fails("specsmith check", &[&outdated, "+    pub published: Option<DateTime<"]);
        let says = [
            "`published`",
            "openapi.yaml:21:",
            "major  types::Book.published",
            "needs a major version",
        ];
        self.does(&format!("specsmith diff {older}"), &says);
        let refused = "error: the differences are of a kind that `--fail-on clients` refuses\n";
        self.fails(&format!("specsmith diff {older} --fail-on clients"), &[refused]);
        self.does("specsmith generate", &["updated)"]);
        self.does("specsmith check", &["up to date"]);
    }
}

fn expect(line: &str, said: &str, says: &[&str]) {
    for text in says {
        assert!(said.contains(text), "{line}\nwants:\n{text}\nsaid:\n{said}");
    }
}

#[test]
fn in_an_empty_folder() {
    let mut user = User::new("an empty folder");
    user.does("mkdir books && cd books", &[]);
    let warning = "warning: no OpenAPI document is here; `document` in specsmith.toml says where it is\n";
    user.does("specsmith init", &[warning, "created specsmith.toml\n"]);
    let hint = "help: say it in `specsmith.toml`, such as `document = \"openapi.yaml\"`\n";
    user.fails("specsmith generate", &["error: no document is named\n", hint]);
    user.0.put("openapi.yaml", DOCUMENT);
    let says = [
        "found   openapi.yaml (OpenAPI 3.1.0)\n",
        "kept    specsmith.toml\n",
        "  Say in specsmith.toml:\n      document = \"openapi.yaml\"\n",
    ];
    user.does("specsmith init", &says);
    user.0.change("specsmith.toml", "# document = ", "document = ");
    user.does("specsmith lint", &["no problems in openapi.yaml"]);
    let missing = "client books-client is missing: nothing was generated there yet\nerror: ";
    user.fails("specsmith check", &[missing, "help: `specsmith generate` mends that\n"]);
    user.does("specsmith generate", &["client books-client (", " created)\n"]);
    user.does("specsmith check", &["up to date"]);
    user.edits("books-client");
    user.does("cp openapi.yaml before.yaml", &[]);
    user.upgrades("books-client", "before.yaml");
    // Who names the document names the folder, too.
    let hint = "help: say it by arguments, such as `--client client`, or in `specsmith.toml`, which is read where no document is named\n";
    user.fails(
        "specsmith generate openapi.yaml",
        &["error: there is nothing to generate", hint],
    );
    user.does("cd books-client && cargo check --no-default-features", &[]);
}

#[test]
fn in_a_workspace() {
    let mut user = User::new("a workspace");
    user.does("mkdir books && cd books && git init --quiet && mkdir crates", &[]);
    user.0
        .put("Cargo.toml", "[workspace]\nresolver = \"3\"\nmembers = [\"app\"]\n");
    user.does("cargo new app", &[]);
    user.0.put("openapi.yaml", DOCUMENT);
    let says = [
        "created specsmith.toml\n",
        "created .github/workflows/specsmith.yml\n",
        "created .pre-commit-config.yaml\n",
        "  Add \"crates/books-client\" to `members` of the workspace in Cargo.toml.\n",
    ];
    user.does("specsmith init --ci github --pre-commit", &says);
    user.does("specsmith generate", &["client crates/books-client ("]);
    user.0
        .change("Cargo.toml", "\"app\"", "\"app\", \"crates/books-client\"");
    let dependency = "[dependencies]\nbooks-client = { path = \"../crates/books-client\", default-features = false }\n";
    user.0.change("app/Cargo.toml", "[dependencies]\n", dependency);
    user.0.put(
        "app/src/main.rs",
        "fn main() {\n    println!(\"{:?}\", books_client::types::Book::new(\"Emma\").published);\n}\n",
    );
    user.does("cargo run", &["None\n"]);
    user.does("git add . && git commit --quiet --message first", &[]);
    user.edits("crates/books-client");
    user.upgrades("crates/books-client", "HEAD:openapi.yaml");
    user.does("cargo check --no-default-features", &[]);
    // Below the folder of the configuration everything works as in it.
    user.does("cd app && specsmith check", &["client ../crates/books-client ("]);
}

/// Compiles specsmith as users do, without optimisation, so only where `SPECSMITH_FULL` asks for it.
#[test]
fn in_a_crate_with_a_build_script() {
    if !corpus::is_full() {
        return;
    }
    let mut user = User::new("a crate with a build script");
    user.does("cargo new books && cd books", &[]);
    user.0.put("openapi.yaml", DOCUMENT);
    let says = [
        "created build.rs\n",
        "      [build-dependencies]\n      specsmith = { git",
        "      include!(concat!(env!(\"OUT_DIR\"), \"/client/include.rs\"));\n",
    ];
    user.does("specsmith init --build-script", &says);
    let hint = "help: what a build script generates is made when the crate is built";
    user.fails("specsmith generate", &["error: there is nothing to generate", hint]);
    let path = root().join("crates/specsmith").display().to_string();
    let dependency = format!(
        "[dependencies]\n\n[build-dependencies]\nspecsmith = {{ path = \"{path}\", default-features = false }}\n"
    );
    user.0.change("Cargo.toml", "[dependencies]\n", &dependency);
    user.0.put(
        "src/main.rs",
        "include!(concat!(env!(\"OUT_DIR\"), \"/client/include.rs\"));\n\nfn main() {\n    \
         println!(\"{:?}\", client::types::Book::new(\"Emma\").published);\n}\n",
    );
    let said = user.0.run("cargo check");
    let (_, lines) = said
        .text
        .split_once("add to `[dependencies]` of Cargo.toml:\n")
        .expect("what is lacking");
    let lines: String = lines
        .lines()
        .take_while(|line| line.contains(" = "))
        .map(|line| format!("{}\n", line.trim()))
        .collect();
    user.0
        .change("Cargo.toml", "[dependencies]\n", &format!("[dependencies]\n{lines}"));
    user.does("cargo run", &["None\n"]);
    user.does("git add . && git commit --quiet --message first", &[]);
    user.does("git ls-files", &["names.lock.json\n"]);
    user.0
        .change("openapi.yaml", NEXT.0, "        year: { type: integer }\n");
    user.fails("cargo check", &["no field `published`"]);
    user.does(
        "specsmith diff HEAD:openapi.yaml",
        &["schema `Book`, `published`: removed"],
    );
    user.0.change("src/main.rs", "published", "year");
    user.does("cargo run", &["None\n"]);
    user.does("specsmith lint --strict", &["no problems in openapi.yaml"]);
}
