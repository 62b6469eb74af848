//! What pages say.

use super::page;

pub(super) const BOOKS: &str = r##"
openapi: 3.1.0
info:
  title: Books | <b>
  version: "1.0"
  description: |
    # Introduction
    All about *books*.

    ## Servers
    Not ours.
servers:
  - url: https://{region}.example.com/v1
    description: The shop.
    variables: { region: { default: eu, enum: [eu, us] } }
security: [{ token: [] }]
tags:
  - { name: books, description: The catalog. }
paths:
  /books/{id}:
    parameters:
      - { name: id, in: path, required: true, schema: { type: string, pattern: "^(a|b)-[0-9]{2}$" } }
    put:
      operationId: putBook
      summary: Puts a book
      tags: [books]
      deprecated: true
      parameters:
        - { name: tag, in: query, schema: { type: array, items: { type: string } }, example: [new & old, it's] }
        - { name: X-Trace, in: header, required: true, schema: { type: integer, minimum: 7 } }
      requestBody:
        required: true
        content:
          application/json: { schema: { $ref: "#/components/schemas/Book" } }
      responses:
        "200":
          description: The book | as it is.
          headers: { ETag: { description: Its version., schema: { type: string } } }
          content:
            application/json: { schema: { $ref: "#/components/schemas/Book" } }
        "404":
          description: There is none.
          content:
            application/json:
              schema: { type: object, required: [code], properties: { code: { type: string, enum: [gone, lost] } } }
  /files:
    post:
      operationId: sendFile
      tags: [books]
      requestBody:
        required: true
        content:
          multipart/form-data:
            schema:
              type: object
              required: [title, file]
              properties:
                title: { type: string, example: "@it's" }
                file: { type: string, format: binary }
      responses: { "204": { description: It is stored. } }
webhooks:
  sold:
    post:
      requestBody: { content: { application/json: { schema: { $ref: "#/components/schemas/Book" } } } }
      responses: { "200": { description: Thanks. } }
components:
  securitySchemes:
    token: { type: http, scheme: bearer, bearerFormat: JWT }
  schemas:
    Book:
      type: object
      description: A book.
      required: [id, title, media]
      properties:
        id: { type: string, readOnly: true, example: a-12 }
        title: { type: string, description: "The title.\n\nTwo | parts.", minLength: 1, example: Dune }
        media: { $ref: "#/components/schemas/Media" }
        pin: { type: string, writeOnly: true, example: hunter2, default: hunter2 }
        size:
          type: object
          properties: { width: { type: integer, default: 10 }, unit: { type: string, enum: [mm, in] } }
        next: { anyOf: [{ $ref: "#/components/schemas/Book" }, { type: "null" }] }
    Media:
      oneOf: [{ $ref: "#/components/schemas/Paper" }, { $ref: "#/components/schemas/Audio" }]
      discriminator: { propertyName: kind, mapping: { paper: "#/components/schemas/Paper", audio: "#/components/schemas/Audio" } }
    Paper: { type: object, required: [kind, pages], properties: { kind: { const: paper }, pages: { type: integer } } }
    Audio: { type: object, required: [kind, minutes], properties: { kind: { const: audio }, minutes: { type: number } } }
    Color: { type: string, enum: [red, dark-blue], x-enum-descriptions: [Like blood., Like night.] }
"##;

fn has(page: &str, expected: &[&str]) {
    for text in expected {
        assert!(page.contains(text), "no {text:?} in:\n{page}");
    }
}

#[test]
fn the_first_page_is_about_the_api() {
    let index = page(BOOKS, "index.md");
    assert!(index.starts_with("# Books "), "{index}");
    has(
        &index,
        &[
            "- Version `1.0`\n",
            "\n## Introduction\n\nAll about *books*.\n\n**Servers**\n\nNot ours.\n",
            "\n## Servers\n\n- `https://{region}.example.com/v1`, `servers::Shop`: The shop.\n",
            "| `region` | `eu` | One of `eu`, `us`. |",
            "\n### `token`\n\nA token in `Authorization: Bearer`, a JWT.\n",
            "let client = books_client::Client::builder()\n    .bearer(\"...\")\n    .build()?;",
            "| [books](books.md) | 2 | The catalog. |",
            "see [Webhooks](webhooks.md)",
        ],
    );
}

#[test]
fn operations_say_all_of_a_call() {
    let books = page(BOOKS, "books.md");
    has(
        &books,
        &[
            "| [Puts a book](#put_book) (deprecated) | `PUT /books/{id}` |",
            "## `put_book`\n\n`PUT /books/{id}`\n\n> **Deprecated.**",
            "**Authorization:** [`token`](index.md#token)",
            "| `id` | path | string | yes | Matches `^(a\\|b)-[0-9]{2}$`. |",
            "| `X-Trace` | header | integer | yes | At least 7. |",
            "`application/json`: [Book](schemas/books.md#book)",
            "| `size.width` | integer | no | Default: `10`. |",
            "| `title` | string | yes | The title. Two \\| parts. At least 1 character. Example: `Dune`. |",
            "| `next` | [Book](schemas/books.md#book) or null | no |",
            "| `200` | [Book](schemas/books.md#book) | The book \\| as it is. |",
            "| `200` | `ETag` | string | Its version. |",
            "| `code` | [PutBookNotFoundBodyCode](schemas/books.md#putbooknotfoundbodycode) | yes | One of `gone`, `lost`. |",
        ],
    );
}

#[test]
fn samples_can_be_pasted() {
    let books = page(BOOKS, "books.md");
    has(
        &books,
        &[
            "curl -X PUT 'https://eu.example.com/v1/books/a-11?tag=new%20%26%20old&tag=it%27s' \\\n  \
             -H \"Authorization: Bearer $TOKEN\" \\\n  -H 'X-Trace: 7' \\\n  -H 'Content-Type: application/json' \\\n  \
             --data-raw '{\n  \"title\": \"Dune\",\n",
            "use books_client::types::{",
            ".put(\"a-11\", 7, &body)",
            ".tag(&[\"new & old\", \"it's\"])",
            "--form-string 'title=@it'\\''s' \\\n  -F 'file=@file.bin'",
            "let body = SendFileForm::new(\"@it's\", FilePart::path(\"file.bin\"));",
        ],
    );
}

#[test]
fn secrets_and_what_is_read_only_stay_out() {
    let books = page(BOOKS, "books.md");
    let schemas = page(BOOKS, "schemas/books.md");
    assert!(!books.contains("hunter2") && !schemas.contains("hunter2"));
    let request = books
        .split("--data-raw")
        .nth(1)
        .and_then(|rest| rest.split("```").next())
        .expect("a body");
    assert!(!request.contains("\"id\""), "{request}");
}

#[test]
fn schemas_say_how_variants_are_told_apart() {
    let schemas = page(BOOKS, "schemas/books.md");
    has(
        &schemas,
        &[
            "## `Media`\n\nThe property `kind` tells which type it is. One of these types:",
            "| [Paper](books.md#paper) | `kind` is `paper` | `Media::Paper` |",
            "| `id` | string | yes | Read only. Example: `a-12`. |",
            "| `pin` | string | no | Write only. |",
            "Used by [`put_book`](../books.md#put_book)",
        ],
    );
}

#[test]
fn values_of_enums_have_their_meanings() {
    let document = BOOKS.replace(
        "title: { type: string, desc",
        "color: { $ref: \"#/components/schemas/Color\" }\n        title: { type: string, desc",
    );
    let schemas = page(&document, "schemas/books.md");
    has(&schemas, &["| `dark-blue` | Like night. `Color::DarkBlue` |"]);
}

#[test]
fn webhooks_have_a_page() {
    let webhooks = page(BOOKS, "webhooks.md");
    has(&webhooks, &["## `sold`\n\n`POST`\n", "[Book](schemas/books.md#book)"]);
}

#[test]
fn callbacks_have_a_page_and_are_named_at_their_operation() {
    let stored = "responses: { \"204\": { description: It is stored. } }";
    let with = format!(
        "{stored}\n      callbacks: {{ seen: {{ \"https://a.example/{{$statusCode}}\": {{ post: {{ requestBody: {{ content: \
         {{ application/json: {{ schema: {{ $ref: \"#/components/schemas/Book\" }} }} }} }} }} }} }} }}"
    );
    let document = BOOKS.replace(stored, &with);
    let callbacks = page(&document, "callbacks.md");
    has(
        &callbacks,
        &[
            "# Callbacks\n",
            "## `seen`\n\n`POST https://a.example/{$statusCode}`\n",
            "**Sent because of:** [`send_file`](books.md#send_file)",
            "[Book](schemas/books.md#book)",
        ],
    );
    let books = page(&document, "books.md");
    has(
        &books,
        &["**Callbacks:** [`seen`](callbacks.md#seen) to `https://a.example/{$statusCode}`"],
    );
    has(
        &page(&document, "index.md"),
        &["see [Webhooks](webhooks.md) and [Callbacks](callbacks.md)."],
    );
    has(&page(&document, "SUMMARY.md"), &["- [Callbacks](callbacks.md)"]);
}
