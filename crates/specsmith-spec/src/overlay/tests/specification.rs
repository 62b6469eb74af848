//! The examples of the Overlay Specification, on documents that have what they select.

use super::{applied, outcome, overlay};

const SHOP: &str = "\
openapi: 3.1.0
info:
  title: Shop
  version: '2'
paths:
  /:
    get:
      summary: Root
  /pets:
    get:
      description: Old
      tags:
        - pets
        - dummy
      parameters:
        - name: filter
          in: query
        - name: dummy
          in: query
    post:
      description: Add
      x-safe: true
";

#[test]
fn one_action_mirrors_the_structure() {
    let actions = "
  - target: '$'
    update:
      info:
        x-overlay-applied: structured
      paths:
        /:
          summary: The root
          get:
            summary: Get the root
            x-rate-limit: 100
        /pets:
          get:
            x-rate-limit: 100
      components:
      tags:
";
    let expected = "\
openapi: 3.1.0
info:
  title: Shop
  version: '2'
  x-overlay-applied: structured
paths:
  /:
    get:
      summary: Get the root
      x-rate-limit: 100
    summary: The root
  /pets:
    get:
      description: Old
      tags:
        - pets
        - dummy
      parameters:
        - name: filter
          in: query
        - name: dummy
          in: query
      x-rate-limit: 100
    post:
      description: Add
      x-safe: true
components: null
tags: null
";
    assert_eq!(applied(SHOP, actions), expected);
}

#[test]
fn actions_are_targeted() {
    let actions = "
  - target: $.paths['/pets'].get.description
    update: This is the new description
  - target: $.paths['/pets']
    update:
      post:
        description: Of a child
        x-safe: false
";
    let expected = SHOP
        .replace("Old", "This is the new description")
        .replace("Add", "Of a child")
        .replace("x-safe: true", "x-safe: false");
    assert_eq!(applied(SHOP, actions), expected);
}

#[test]
fn wildcards_and_filters_select_many() {
    let actions = "
  - target: $.paths.*.get
    update:
      x-safe: true
  - target: $.paths.*.get.parameters[?@.name=='filter' && @.in=='query']
    update:
      schema:
        $ref: '#/components/schemas/filterSchema'
";
    let expected = SHOP.replace("Root\n", "Root\n      x-safe: true\n").replace(
        "          in: query\n        - name: dummy\n          in: query\n",
        "          in: query\n          schema:\n            $ref: '#/components/schemas/filterSchema'\n        \
             - name: dummy\n          in: query\n      x-safe: true\n",
    );
    assert_eq!(applied(SHOP, actions), expected);
}

#[test]
fn items_are_added_and_removed() {
    let actions = "
  - target: $.paths.*.get.parameters
    update:
      name: newParam
      in: query
  - target: $.paths.*.get.parameters[?@.name == 'dummy']
    remove: true
  - target: $.paths.*.get.tags[?@ == 'dummy']
    remove: true
";
    let expected = SHOP
        .replace("        - dummy\n", "")
        .replace("name: dummy", "name: newParam");
    assert_eq!(applied(SHOP, actions), expected);
}

#[test]
fn traits_say_where_updates_belong() {
    let document = "\
openapi: 3.1.0
paths:
  /items:
    get:
      x-oai-traits:
        - paged
      responses: {}
  /items/{id}/subitems:
    get:
      x-oai-traits:
        - paged
      parameters:
        - name: id
      responses: {}
  /other:
    get:
      responses: {}
";
    let actions = "
  - target: $.paths[?(@.get['x-oai-traits'][?(@ == 'paged')])].get
    update:
      parameters:
        - name: top
        - name: skip
";
    let expected = "\
openapi: 3.1.0
paths:
  /items:
    get:
      x-oai-traits:
        - paged
      responses: {}
      parameters:
        - name: top
        - name: skip
  /items/{id}/subitems:
    get:
      x-oai-traits:
        - paged
      parameters:
        - name: id
        - name: top
        - name: skip
      responses: {}
  /other:
    get:
      responses: {}
";
    assert_eq!(applied(document, actions), expected);
}

const ITEMS: &str = "\
openapi: 3.1.0
paths:
  /items:
    get:
      responses:
        '200':
          description: OK
  /some-items:
    delete:
      responses:
        '200':
          description: OK
";

const GET: &str = "    get:\n      responses:\n        '200':\n          description: OK\n";

#[test]
fn values_are_copied() {
    let actions = "
  - target: '$.paths[\"/some-items\"]'
    copy: '$.paths[\"/items\"]'
";
    assert_eq!(applied(ITEMS, actions), format!("{ITEMS}{GET}"));
}

#[test]
fn values_are_copied_to_what_an_action_before_made() {
    let actions = "
  - target: '$.paths'
    update: { \"/other-items\": {} }
  - target: '$.paths[\"/other-items\"]'
    copy: '$.paths[\"/items\"]'
";
    assert_eq!(applied(ITEMS, actions), format!("{ITEMS}  /other-items:\n{GET}"));
}

#[test]
fn values_are_moved() {
    let actions = "
  - target: '$.paths'
    update: { \"/new-items\": {} }
  - target: '$.paths[\"/new-items\"]'
    copy: '$.paths[\"/items\"]'
  - target: '$.paths[\"/items\"]'
    remove: true
";
    let expected = ITEMS.replace(&format!("  /items:\n{GET}"), "") + &format!("  /new-items:\n{GET}");
    assert_eq!(applied(ITEMS, actions), expected);
}

#[test]
fn servers_are_replaced_by_removing_and_adding() {
    let document = "openapi: 3.0.0\nservers:\n  - url: https://a.test\n  - url: https://b.test\n";
    let actions = "
  - target: $.servers
    remove: true
  - target: $
    update:
      servers:
        - url: http://localhost
";
    assert_eq!(
        applied(document, actions),
        "openapi: 3.0.0\nservers:\n  - url: http://localhost\n"
    );
}

/// A query of version 1.0 of the specification that RFC 9535 does not know.
#[test]
fn queries_of_drafts_are_told() {
    let actions = "  - target: $.paths.*.get[?@.x-oai-traits.paged]\n    update: {}\n";
    let outcome = outcome(SHOP, &[&overlay("1.0.0", actions)]);
    assert_eq!(
        outcome.findings(),
        [
            "Error invalid-jsonpath overlay.yaml:4:31 `-` `$.paths.*.get[?@.x-oai-traits.paged]` is not a JSONPath query \
          (names with other characters than letters, digits and `_` stand in brackets and quotes: `['x-internal']`)"
        ]
    );
}

#[test]
fn reusable_actions_are_referred_to() {
    let text = "\
overlay: 1.2.0
$self: https://example.com/changes.yaml
info: {title: Changes, version: '1', description: Errors}
actions:
  - $ref: '#/components/actions/add~1error'
    target: $.paths.*.get
  - $ref: '#/components/actions/add~1error'
    target: $.paths['/pets'].post
    update: {x-own: 1}
components:
  actions:
    add/error:
      description: Adds the error
      fields:
        update: {x-error: true}
";
    let outcome = outcome(SHOP, &[text]);
    assert_eq!(outcome.findings(), [""; 0]);
    let yaml = outcome.yaml();
    assert_eq!(yaml.matches("x-error: true").count(), 2, "{yaml}");
    assert_eq!(yaml.matches("x-own: 1").count(), 1, "{yaml}");
}
