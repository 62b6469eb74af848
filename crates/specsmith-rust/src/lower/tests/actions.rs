//! Names of calls from methods and paths.

use specsmith_ir as ir;

use super::build::{ApiBuilder, template};
use crate::lower::actions::{Said, name, said};
use crate::naming::words;

fn operation(method: &str, text: &str) -> ir::Operation {
    let mut api = ApiBuilder::default();
    api.operation(None, method, "/", &[]);
    let mut operation = api.api.operations.remove(0);
    operation.path = template(text);
    operation
}

fn named(method: &str, path: &str, group: &str) -> String {
    let name = name(&operation(method, path), &words(group));
    name.map_or_else(|| "-".to_owned(), |words| words.join(" "))
}

#[test]
fn methods_and_paths_give_names() {
    for (method, path, expected) in [
        ("GET", "/v1/charges", "list"),
        ("POST", "/v1/charges", "create"),
        ("GET", "/v1/charges/{id}", "get"),
        ("POST", "/v1/charges/{id}", "update"),
        ("PATCH", "/v1/charges/{id}", "update"),
        ("PUT", "/v1/charges/{id}", "replace"),
        ("DELETE", "/v1/charges/{id}", "delete"),
        ("DELETE", "/v1/charges", "delete all"),
        ("PATCH", "/v1/charges", "update all"),
        ("PUT", "/v1/charges", "replace all"),
        ("HEAD", "/v1/charges/{id}", "head"),
        ("GET", "/v1/charges/search", "search"),
        ("POST", "/v1/charges/{id}/capture", "capture"),
        ("POST", "/v1/charges/{id}/refund", "refund"),
        ("GET", "/v1/charges/{id}/refund", "get refund"),
        ("GET", "/v1/charges/{id}/refunds", "list refunds"),
        ("POST", "/v1/charges/{id}/refunds", "create refund"),
        ("GET", "/v1/charges/{id}/refunds/{refund}", "get refund"),
        ("POST", "/v1/charges/{id}/refunds/{refund}/cancel", "cancel refund"),
        ("DELETE", "/v1/charges/{id}/refunds/{refund}/note", "delete refund note"),
        ("POST", "/v1/charges/send_receipt", "send receipt"),
        ("GET", "/v1/charges/upcoming/lines", "list upcoming lines"),
        (
            "POST",
            "/v1/charges/{id}/process_payment_intent",
            "process payment intent",
        ),
        ("POST", "/v1/charges/{id}/refund_policies", "create refund policy"),
        ("PUT", "/v1/charges/{id}/labels", "replace labels"),
        ("DELETE", "/v1/charges/{id}/labels", "delete labels"),
        ("POST", "/rpc/charges/by_date", "by date"),
        ("GET", "/users/{id}/charges", "list"),
        ("GET", "/users/{id}/photos", "list user photos"),
        ("GET", "/charge", "get"),
        ("GET", "/charges?beta=true", "-"),
        ("GET", "/{id}", "-"),
        ("GET", "/", "-"),
    ] {
        assert_eq!(named(method, path, "Charges"), expected, "{method} {path}");
    }
    assert_eq!(named("POST", "/sendMessage", "api"), "send message");
    assert_eq!(named("GET", "/health", "api"), "get health");
    assert_eq!(named("GET", "/ping", "api"), "ping");
}

#[test]
fn a_name_that_says_method_and_path_is_no_name() {
    let said = |name: &str, method: &str, path: &str| said(&words(name), &operation(method, path));
    for (name, method, path) in [
        ("GetCustomers", "GET", "/v1/customers"),
        ("GetCustomersCustomer", "GET", "/v1/customers/{customer}"),
        ("PostCustomersCustomerCards", "POST", "/v1/customers/{customer}/cards"),
        ("get_v1_customers_by_id", "GET", "/v1/customers/{id}"),
        ("customersGet", "GET", "/customers"),
    ] {
        assert_eq!(said(name, method, path), Said::Nothing, "{name}");
    }
    for (name, method, path) in [
        ("listCustomers", "GET", "/customers"),
        ("getCustomer", "GET", "/customers/{id}"),
        ("getCustomers", "POST", "/customers"),
    ] {
        assert_eq!(said(name, method, path), Said::All, "{name}");
    }
    assert_eq!(
        said("read_item_items__item_id__get", "GET", "/items/{item_id}"),
        Said::Before(words("read item"))
    );
}
