//! Changes of the base document, there and back, and what they mean to whom.

/// A change, there and back.
pub(super) struct Case {
    /// What is changed, in words.
    pub(super) what: &'static str,
    /// Texts of the document, each there once, and what stands there instead.
    pub(super) edits: &'static [(&'static str, &'static str)],
    pub(super) there: Expected,
    pub(super) back: Expected,
}

/// What a change means.
pub(super) struct Expected {
    /// The kinds of all changes that are found, the one that the case is about first.
    pub(super) kinds: &'static str,
    /// What it means to clients, to servers, and the version that the generated client needs.
    pub(super) verdict: &'static str,
}

const fn is(kinds: &'static str, verdict: &'static str) -> Expected {
    Expected { kinds, verdict }
}

const fn case(
    what: &'static str,
    edits: &'static [(&'static str, &'static str)],
    there: Expected,
    back: Expected,
) -> Case {
    Case {
        what,
        edits,
        there,
        back,
    }
}

const LIMIT: &str = "- { name: limit, in: query, schema: { type: integer, maximum: 50, default: 20 } }";
const AUTHOR: &str = "- { name: author, in: query, schema: { type: array, items: { type: string } } }";
const GET_BOOK: &str = "operationId: getBook\n";
const NEW_TITLE: &str = "title: { type: string, maxLength: 100 }\n        pages: { type: integer, format: int32 }";
const TITLE: &str =
    "title: { type: string, description: What it is called. }\n        pages: { type: integer, format: int32 }";
const LIST_404: &str = "\"404\": { description: None., content: { application/json: { schema: { $ref: \"#/components/schemas/Problem\" } } } }";
const DELETED: &str = "responses: { \"204\": { description: Gone. } }";
const PAGE: &str = "application/json: { schema: { $ref: \"#/components/schemas/Page\" } }";
const NEW_BOOK: &str = "application/json: { schema: { $ref: \"#/components/schemas/NewBook\" } }";
const SOURCE: &str =
    "source: { oneOf: [{ $ref: \"#/components/schemas/Print\" }, { $ref: \"#/components/schemas/Scan\" }] }";
const ORIGIN: &str =
    "origin: { oneOf: [{ $ref: \"#/components/schemas/Print\" }, { $ref: \"#/components/schemas/Scan\" }] }";
const DELETE: &str = "    delete:\n      tags: [books]\n      operationId: deleteBook\n      parameters: [{ name: id, in: path, required: true, schema: { type: string } }]\n      responses: { \"204\": { description: Gone. } }\n";
const MORE_WEBHOOKS: &str = "webhooks:\n  other:\n    post:\n      requestBody: { content: { application/json: { schema: { type: object, required: [gone], properties: { gone: { type: string } }, additionalProperties: false } } } }\n      responses: { \"200\": { description: Thanks. } }\n";
const CALLBACK: &str = "      callbacks:\n        printed:\n          \"{$request.body#/printed_url}\":\n            post:\n              requestBody: { content: { application/json: { schema: { $ref: \"#/components/schemas/Print\" } } } }\n              responses: { \"200\": { description: Thanks. } }\n";

pub(super) const CASES: &[Case] = &[
    // The API as a whole.
    case(
        "the version of the API",
        &[("version: \"1\"", "version: \"2\"")],
        is("api-version-changed", "docs docs patch"),
        is("api-version-changed", "docs docs patch"),
    ),
    case(
        "another server",
        &[("https://a.example", "https://b.example")],
        is("api-servers-changed", "breaking breaking patch"),
        is("api-servers-changed", "breaking breaking patch"),
    ),
    case(
        "one more server",
        &[(
            "[{ url: \"https://a.example\" }]",
            "[{ url: \"https://a.example\" }, { url: \"https://b.example\" }]",
        )],
        is("api-servers-widened", "compatible compatible minor"),
        is("api-servers-narrowed", "breaking breaking major"),
    ),
    case(
        "the description of a tag",
        &[("All of them.", "Every one.")],
        is("tag-description-changed", "docs docs patch"),
        is("tag-description-changed", "docs docs patch"),
    ),
    case(
        "how a key is sent",
        &[("name: X-Key", "name: X-Api-Key")],
        is("security-scheme-type-changed", "breaking breaking patch"),
        is("security-scheme-type-changed", "breaking breaking patch"),
    ),
    case(
        "a scheme that nothing asks for",
        &[("    token: { type: http, scheme: bearer }\n", "")],
        is("security-scheme-removed", "compatible compatible major"),
        is("security-scheme-added", "compatible compatible minor"),
    ),
    // Operations.
    case(
        "an operation",
        &[(DELETE, "")],
        is("operation-removed", "breaking compatible major"),
        is("operation-added", "compatible breaking minor"),
    ),
    case(
        "a path with the same operationIds",
        &[("  /books/{id}:", "  /volumes/{id}:")],
        is(
            "operation-path-changed operation-path-changed",
            "breaking breaking patch",
        ),
        is(
            "operation-path-changed operation-path-changed",
            "breaking breaking patch",
        ),
    ),
    case(
        "an operationId",
        &[(GET_BOOK, "operationId: readBook\n")],
        is("operation-operation-id-changed", "compatible compatible major"),
        is("operation-operation-id-changed", "compatible compatible major"),
    ),
    case(
        "the tag of an operation",
        &[(
            "      tags: [books]\n      operationId: getBook",
            "      tags: [shelf]\n      operationId: getBook",
        )],
        is("operation-tags-changed", "docs docs major"),
        is("operation-tags-changed", "docs docs major"),
    ),
    case(
        "the description of an operation",
        &[("Lists books.", "Lists all books.")],
        is("operation-description-changed", "docs docs patch"),
        is("operation-description-changed", "docs docs patch"),
    ),
    case(
        "an operation that should no longer be called",
        &[(GET_BOOK, "operationId: getBook\n      deprecated: true\n")],
        is("operation-deprecation-added", "compatible compatible minor"),
        is("operation-deprecation-removed", "compatible compatible patch"),
    ),
    case(
        "another scheme that is asked for",
        &[(GET_BOOK, "operationId: getBook\n      security: [{ token: [] }]\n")],
        is("operation-authorization-changed", "breaking breaking patch"),
        is("operation-authorization-changed", "breaking breaking patch"),
    ),
    case(
        "one more way to be let in",
        &[(
            GET_BOOK,
            "operationId: getBook\n      security: [{ key: [] }, { token: [] }]\n",
        )],
        is("operation-authorization-widened", "compatible breaking patch"),
        is("operation-authorization-narrowed", "breaking breaking patch"),
    ),
    case(
        "no authorization",
        &[(GET_BOOK, "operationId: getBook\n      security: []\n")],
        is("operation-authorization-widened", "compatible breaking patch"),
        is("operation-authorization-narrowed", "breaking breaking patch"),
    ),
    // Parameters.
    case(
        "a required parameter",
        &[(
            AUTHOR,
            "- { name: author, in: query, schema: { type: array, items: { type: string } } }\n        - { name: shelf, in: query, required: true, schema: { type: string } }",
        )],
        is("parameter-added-required", "breaking breaking major"),
        is("parameter-removed", "breaking compatible major"),
    ),
    case(
        "an optional parameter",
        &[(
            AUTHOR,
            "- { name: author, in: query, schema: { type: array, items: { type: string } } }\n        - { name: shelf, in: query, schema: { type: string } }",
        )],
        is("parameter-added", "compatible breaking minor"),
        is("parameter-removed", "breaking compatible major"),
    ),
    case(
        "a parameter that becomes required",
        &[("name: author, in: query,", "name: author, in: query, required: true,")],
        is("parameter-required", "breaking compatible major"),
        is("parameter-optional", "compatible breaking major"),
    ),
    case(
        "the default of a parameter",
        &[("default: 20", "default: 10")],
        is("parameter-default-changed", "breaking breaking patch"),
        is("parameter-default-changed", "breaking breaking patch"),
    ),
    case(
        "a parameter without its default",
        &[(", default: 20", "")],
        is("parameter-default-removed", "breaking breaking patch"),
        is("parameter-default-added", "compatible breaking patch"),
    ),
    case(
        "the limit of a parameter",
        &[("maximum: 50", "maximum: 20")],
        is("parameter-limits-narrowed", "breaking compatible patch"),
        is("parameter-limits-widened", "compatible breaking patch"),
    ),
    case(
        "the type of a parameter",
        &[(LIMIT, "- { name: limit, in: query, schema: { type: string } }")],
        is(
            "parameter-type-changed parameter-default-removed parameter-limits-changed",
            "breaking breaking major",
        ),
        is(
            "parameter-type-changed parameter-default-added parameter-limits-changed",
            "breaking breaking major",
        ),
    ),
    case(
        "the style of a parameter",
        &[(
            "name: author, in: query,",
            "name: author, in: query, style: pipeDelimited, explode: false,",
        )],
        is("parameter-encoding-changed", "breaking breaking patch"),
        is("parameter-encoding-changed", "breaking breaking patch"),
    ),
    case(
        "the name of a path parameter",
        &[
            (
                "  /books/{id}:\n    get:\n      tags: [books]\n      operationId: getBook\n      parameters: [{ name: id",
                "  /books/{isbn}:\n    get:\n      tags: [books]\n      operationId: getBook\n      parameters: [{ name: isbn",
            ),
            (
                "operationId: deleteBook\n      parameters: [{ name: id",
                "operationId: deleteBook\n      parameters: [{ name: isbn",
            ),
        ],
        is(
            "operation-path-changed operation-path-changed",
            "compatible compatible patch",
        ),
        is(
            "operation-path-changed operation-path-changed",
            "compatible compatible patch",
        ),
    ),
    case(
        "a value of a parameter",
        &[("enum: [crime, poetry]", "enum: [crime, poetry, travel]")],
        is("value-added", "compatible breaking minor"),
        is("value-removed", "breaking compatible major"),
    ),
    case(
        "what the items of a parameter are",
        &[(
            "type: array, items: { type: string } } }\n      responses",
            "type: array, items: { type: integer } } }\n      responses",
        )],
        is("items-type-changed", "breaking breaking major"),
        is("items-type-changed", "breaking breaking major"),
    ),
    // Bodies of requests.
    case(
        "a required body",
        &[(
            DELETED,
            "requestBody: { required: true, content: { text/plain: {} } }\n      responses: { \"204\": { description: Gone. } }",
        )],
        is("body-added-required", "breaking breaking major"),
        is("body-removed", "breaking compatible major"),
    ),
    case(
        "an optional body",
        &[(
            DELETED,
            "requestBody: { content: { text/plain: {} } }\n      responses: { \"204\": { description: Gone. } }",
        )],
        is("body-added", "compatible breaking minor"),
        is("body-removed", "breaking compatible major"),
    ),
    case(
        "a body that need not be sent",
        &[("        required: true\n", "")],
        is("body-optional", "compatible breaking major"),
        is("body-required", "breaking compatible major"),
    ),
    case(
        "a media type of a request",
        &[(
            NEW_BOOK,
            "application/json: { schema: { $ref: \"#/components/schemas/NewBook\" } }\n          text/plain: {}",
        )],
        is("media-type-added", "compatible breaking minor"),
        is("media-type-removed", "breaking compatible major"),
    ),
    case(
        "an optional field of a request",
        &[(
            NEW_TITLE,
            "weight: { type: integer }\n        title: { type: string, maxLength: 100 }\n        pages: { type: integer, format: int32 }",
        )],
        is("field-added", "compatible breaking minor"),
        is("field-removed", "breaking compatible major"),
    ),
    case(
        "an optional floating-point number",
        &[(
            NEW_TITLE,
            "weight: { type: number }\n        title: { type: string, maxLength: 100 }\n        pages: { type: integer, format: int32 }",
        )],
        is("field-added", "compatible breaking minor"),
        is("field-removed", "breaking compatible major"),
    ),
    case(
        "a required field of a request",
        &[
            ("required: [title]", "required: [title, weight]"),
            (
                NEW_TITLE,
                "weight: { type: number }\n        title: { type: string, maxLength: 100 }\n        pages: { type: integer, format: int32 }",
            ),
        ],
        is("field-added-required", "breaking breaking major"),
        is("field-removed", "breaking compatible major"),
    ),
    case(
        "a field of a request that becomes required",
        &[("required: [title]", "required: [title, pages]")],
        is("field-required", "breaking compatible major"),
        is("field-optional", "compatible breaking major"),
    ),
    case(
        "a longer number in a request",
        &[(
            NEW_TITLE,
            "title: { type: string, maxLength: 100 }\n        pages: { type: integer, format: int64 }",
        )],
        is("field-type-widened", "compatible breaking major"),
        is("field-type-narrowed", "breaking compatible major"),
    ),
    case(
        "null in a request",
        &[(
            "title: { type: string, maxLength: 100 }",
            "title: { type: [string, \"null\"], maxLength: 100 }",
        )],
        is("field-type-widened", "compatible breaking major"),
        is("field-type-narrowed", "breaking compatible major"),
    ),
    case(
        "the longest text of a request",
        &[("maxLength: 100", "maxLength: 200")],
        is("field-limits-widened", "compatible breaking patch"),
        is("field-limits-narrowed", "breaking compatible patch"),
    ),
    case(
        "a pattern of a request",
        &[("maxLength: 100", "maxLength: 100, pattern: \"^[A-Z]\"")],
        is("field-limits-narrowed", "breaking compatible patch"),
        is("field-limits-widened", "compatible breaking patch"),
    ),
    case(
        "a condition of a request",
        &[(
            "    NewBook:\n      type: object\n",
            "    NewBook:\n      type: object\n      not: { required: [pages, binding] }\n",
        )],
        is("schema-conditions-narrowed", "breaking compatible patch"),
        is("schema-conditions-widened", "compatible breaking patch"),
    ),
    case(
        "no other members in a request",
        &[(
            "    NewBook:\n      type: object\n",
            "    NewBook:\n      type: object\n      additionalProperties: false\n",
        )],
        is("schema-other-members-narrowed", "breaking compatible patch"),
        is("schema-other-members-widened", "compatible breaking patch"),
    ),
    case(
        "a value of a request",
        &[("enum: [hard, soft]", "enum: [hard, soft, spiral]")],
        is("value-added", "compatible breaking minor"),
        is("value-removed", "breaking compatible major"),
    ),
    case(
        "a variant of a request",
        &[(
            SOURCE,
            "source: { oneOf: [{ $ref: \"#/components/schemas/Print\" }, { $ref: \"#/components/schemas/Scan\" }, { $ref: \"#/components/schemas/Added\" }] }",
        )],
        is("variant-added", "compatible breaking minor"),
        is("variant-removed", "breaking compatible major"),
    ),
    // Responses.
    case(
        "a response of success",
        &[(
            "        default: { description: Not made.",
            "        \"202\": { description: Later. }\n        default: { description: Not made.",
        )],
        is("response-added", "breaking compatible major"),
        is("response-removed", "breaking breaking major"),
    ),
    case(
        "a response of failure",
        &[(
            LIST_404,
            "\"404\": { description: None., content: { application/json: { schema: { $ref: \"#/components/schemas/Problem\" } } } }\n        \"409\": { description: Not now. }",
        )],
        is("response-added", "compatible compatible minor"),
        is("response-removed", "compatible breaking major"),
    ),
    case(
        "a media type of a response",
        &[(
            PAGE,
            "application/json: { schema: { $ref: \"#/components/schemas/Page\" } }\n            text/csv: {}",
        )],
        is("media-type-added", "compatible compatible major"),
        is("media-type-removed", "breaking breaking major"),
    ),
    case(
        "a header that may be there",
        &[("            X-Rate: { schema: { type: integer } }\n", "")],
        is("header-removed", "compatible compatible major"),
        is("header-added", "compatible compatible minor"),
    ),
    case(
        "a header that is always there",
        &[(
            "            X-Total: { required: true, schema: { type: integer } }\n",
            "",
        )],
        is("header-removed", "breaking compatible major"),
        is("header-added-required", "compatible breaking minor"),
    ),
    case(
        "a header that need not be there",
        &[("X-Total: { required: true, schema", "X-Total: { schema")],
        is("header-optional", "breaking compatible patch"),
        is("header-required", "compatible breaking patch"),
    ),
    case(
        "a link",
        &[(
            "description: One.,",
            "description: One., links: { gone: { operationId: deleteBook, parameters: { id: \"$response.body#/id\" } } },",
        )],
        is("link-added", "compatible compatible minor"),
        is("link-removed", "compatible compatible major"),
    ),
    case(
        "an optional field of a response",
        &[("        note: { type: string }\n", "")],
        is("field-removed", "compatible compatible major"),
        is("field-added", "compatible compatible minor"),
    ),
    case(
        "a required field of a response",
        &[
            ("required: [id, title]", "required: [id, title, weight]"),
            (
                TITLE,
                "weight: { type: number }\n        title: { type: string, description: What it is called. }\n        pages: { type: integer, format: int32 }",
            ),
        ],
        is("field-added-required", "compatible breaking major"),
        is("field-removed", "breaking compatible major"),
    ),
    case(
        "a field of a response that is always there",
        &[("required: [id, title]", "required: [id, title, note]")],
        is("field-required", "compatible breaking major"),
        is("field-optional", "breaking compatible major"),
    ),
    case(
        "a longer number in a response",
        &[(
            TITLE,
            "title: { type: string, description: What it is called. }\n        pages: { type: integer, format: int64 }",
        )],
        is("field-type-widened", "breaking compatible major"),
        is("field-type-narrowed", "compatible breaking major"),
    ),
    case(
        "the format of a field of a response",
        &[("note: { type: string }", "note: { type: string, format: date }")],
        is("field-type-narrowed", "compatible breaking major"),
        is("field-type-widened", "breaking compatible major"),
    ),
    case(
        "no other members in a response",
        &[(
            "    Book:\n      type: object\n",
            "    Book:\n      type: object\n      additionalProperties: false\n",
        )],
        is("schema-other-members-narrowed", "compatible breaking patch"),
        is("schema-other-members-widened", "compatible compatible patch"),
    ),
    case(
        "a value of a response",
        &[("enum: [new, used]", "enum: [new, used, lost]")],
        is("value-added", "breaking compatible minor"),
        is("value-removed", "compatible breaking major"),
    ),
    case(
        "a variant of a response",
        &[(
            ORIGIN,
            "origin: { oneOf: [{ $ref: \"#/components/schemas/Print\" }, { $ref: \"#/components/schemas/Scan\" }, { $ref: \"#/components/schemas/Problem\" }] }",
        )],
        is("variant-added", "breaking compatible minor"),
        is("variant-removed", "compatible breaking major"),
    ),
    case(
        "a field that should no longer be used",
        &[("note: { type: string }", "note: { type: string, deprecated: true }")],
        is("field-deprecation-added", "compatible compatible minor"),
        is("field-deprecation-removed", "compatible compatible patch"),
    ),
    case(
        "the description of a field",
        &[("What it is called.", "Its name.")],
        is("field-description-changed", "docs docs patch"),
        is("field-description-changed", "docs docs patch"),
    ),
    case(
        "an example",
        &[("note: { type: string }", "note: { type: string, examples: [Torn.] }")],
        is("field-examples-changed", "docs docs patch"),
        is("field-examples-changed", "docs docs patch"),
    ),
    // What is sent in both directions, by the API itself, or by nobody.
    case(
        "a field that only responses have",
        &[("press: { type: string }", "press: { type: string, readOnly: true }")],
        is("field-direction-changed", "breaking compatible major"),
        is("field-direction-changed", "compatible breaking major"),
    ),
    case(
        "a schema that nothing uses",
        &[(
            "    Problem: { type: object",
            "    Unused: { type: object, properties: { a: { type: string } } }\n    Problem: { type: object",
        )],
        is("schema-added", "compatible compatible minor"),
        is("schema-removed", "compatible compatible major"),
    ),
    case(
        "a webhook",
        &[("webhooks:\n", MORE_WEBHOOKS)],
        is("webhook-added", "compatible breaking minor"),
        is("webhook-removed", "breaking compatible major"),
    ),
    case(
        "a required field of what a webhook sends",
        &[(
            "Added: { type: object, required: [id], properties: {",
            "Added: { type: object, required: [id, at], properties: { at: { type: string },",
        )],
        is("field-added-required", "compatible breaking major"),
        is("field-removed", "breaking compatible major"),
    ),
    case(
        "a callback",
        &[(CALLBACK, "")],
        is("callback-removed", "breaking compatible major"),
        is("callback-added", "compatible breaking minor"),
    ),
];
