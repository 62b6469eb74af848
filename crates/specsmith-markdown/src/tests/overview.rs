//! What is said of the API as a whole: status codes, conventions, the tree of tags, changes, the list for programs.

use super::{links, page, pages::BOOKS, safety, with};
use crate::{Changes, Options};

const LIMITED: &str = r##"
openapi: 3.2.0
info: { title: Cafe, version: "2", summary: Coffee and cake. }
tags:
  - { name: tea, parent: drinks }
  - { name: drinks, summary: Drinks }
  - { name: coffee, parent: drinks }
  - { name: a, parent: b }
  - { name: b, parent: a }
paths:
  /coffees:
    get:
      operationId: listCoffees
      tags: [coffee]
      responses:
        "200": { description: ok, headers: { X-RateLimit-Left: { schema: { type: integer } } } }
        "429": { $ref: "#/components/responses/Wrong" }
        4XX: { $ref: "#/components/responses/Wrong" }
    post:
      operationId: addCoffee
      tags: [coffee]
      responses: { "201": { description: ok }, default: { $ref: "#/components/responses/Wrong" } }
  /teas:
    get:
      operationId: listTeas
      tags: [tea]
      responses: { "200": { description: ok } }
components:
  responses:
    Wrong:
      description: wrong
      content:
        application/problem+json:
          schema: { $ref: "#/components/schemas/Problem" }
          example: { type: "https://cafe.example/too-many", title: "Too | many", status: 429 }
  schemas:
    Problem:
      type: object
      properties: { type: { type: string }, title: { type: string } }
"##;

fn has(page: &str, expected: &[&str]) {
    for text in expected {
        assert!(page.contains(text), "no {text:?} in:\n{page}");
    }
}

#[test]
fn status_codes_have_a_page() {
    has(
        &page(LIMITED, "statuses.md"),
        &[
            "# Status codes\n\n| Status | Meaning | Operations |",
            "| `429` | Too Many Requests | [`list_coffees`](coffee.md#list_coffees) |",
            "| `4XX` | Any error of the client |",
            "| default | Any status that is not listed at the operation | [`add_coffee`](coffee.md#add_coffee) |",
            "| [Problem](schemas/coffee.md#problem) as `application/problem+json` | `429`, `4XX`, default | 2 operations |",
            "| `https://cafe.example/too-many` | Too \\| many | `429`, `4XX`, default |",
        ],
    );
}

#[test]
fn conventions_are_told_once() {
    has(
        &page(LIMITED, "index.md"),
        &[
            "## Conventions\n\n- **Errors** are told as [Problem](schemas/coffee.md#problem) as `application/problem+json` (2 \
             operations): see [status codes](statuses.md).\n",
            "- **Limits:** `429` tells of too many requests (1 operation); more is said by `X-RateLimit-Left`.\n",
        ],
    );
    let simple = BOOKS.replace("\"404\":", "\"202\":");
    assert!(!page(&simple, "index.md").contains("Conventions"));
}

#[test]
fn tags_are_a_tree() {
    has(
        &page(LIMITED, "index.md"),
        &["| Drinks | 0 | |\n| - [tea](tea.md) | 1 | |\n| - [coffee](coffee.md) | 2 | |\n| b | 0 | |\n| - a | 0 | |\n"],
    );
    has(
        &page(LIMITED, "SUMMARY.md"),
        &["- [Drinks]()\n    - [tea](tea.md)\n    - [coffee](coffee.md)\n- [b]()\n"],
    );
}

#[test]
fn programs_have_a_list_of_everything() {
    has(
        &page(LIMITED, "llms.txt"),
        &[
            "# Cafe\n\n> Coffee and cake.\n\nVersion `2`.\n",
            "## coffee\n\n- [list_coffees](coffee.md#list_coffees): `GET /coffees`\n",
            "- [coffee](schemas/coffee.md): Problem\n",
        ],
    );
}

#[test]
fn changes_have_a_page() {
    let (mut sources, mut diagnostics) = Default::default();
    let old = LIMITED
        .replace("version: \"2\"", "version: \"1.|\"")
        .replace("title: { type: string } }", "title: { type: integer } }")
        .replace("operationId: listTeas", "operationId: teas")
        .replace("/teas", "/tea");
    let mut api = |text: &str| {
        let source = specsmith_spec::Source::from_bytes("a", text.as_bytes().to_vec()).expect("a source");
        let document = specsmith_spec::read(source, &Default::default(), &mut sources, &mut diagnostics);
        specsmith_spec::lower(&document.expect("a document"), &mut diagnostics).expect("an API")
    };
    let options = Options {
        changes: Some(Changes::new(&api(&old), &api(LIMITED))),
        ..Options::default()
    };
    let tree = with("openapi.yaml", LIMITED.as_bytes().to_vec(), options).expect("a reference");
    links::check("openapi.yaml", &tree);
    safety::check("openapi.yaml", &tree);
    has(
        tree.get("changes.md").expect("a page"),
        &[
            "# Changes\n\nWhat is different from version `1.|`.\n",
            "## The API\n\n**Changed:**\n\n- The API\n  - version: `2`, before `1.|`\n",
            "**Added:**\n\n- [`GET /teas`](tea.md#list_teas)\n\n**Removed:**\n\n- `GET /tea`\n",
            "- [`Problem`](schemas/coffee.md#problem)\n  - `title`: type: `string`, before `integer`\n",
        ],
    );
}
