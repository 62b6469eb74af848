#!/usr/bin/env python3
"""Prints an OpenAPI document with as many operations as are asked for, to see how costs grow.

Groups of 20 operations: for each of four resources a list, a create, a read, an update and a delete. Each operation has
two schemas of its own, which lead to each other and to those that all share.
"""

import json
import sys

# Operations of a resource: what they are called, method, whether the path ends with an identifier.
ACTIONS = [
    ("list", "get", False),
    ("create", "post", False),
    ("read", "get", True),
    ("update", "put", True),
    ("delete", "delete", True),
]
RESOURCES_OF_A_GROUP = 4
WORDS = ["amber", "birch", "cedar", "delta", "ember", "fjord", "grove", "heath", "isle", "juniper"]

SHARED = {
    "Money": {
        "type": "object",
        "required": ["amount", "currency"],
        "properties": {
            "amount": {"type": "integer", "format": "int64", "minimum": 0},
            "currency": {"type": "string", "pattern": "^[A-Z]{3}$"},
        },
    },
    "Status": {"type": "string", "enum": ["active", "paused", "closed"]},
    "Page": {
        "type": "object",
        "properties": {"next": {"type": "string"}, "total": {"type": "integer"}},
    },
    "Problem": {
        "type": "object",
        "required": ["title"],
        "properties": {"title": {"type": "string"}, "detail": {"type": "string"}},
    },
}


def reference(name):
    """A reference to a schema."""
    return {"$ref": f"#/components/schemas/{name}"}


def content(name):
    """A body of JSON."""
    return {"application/json": {"schema": reference(name)}}


def response(text, name):
    """A response with a body of JSON."""
    return {"description": text, "content": content(name)}


def name_of(group, resource):
    """What a resource is called, the same for all sizes of a document."""
    number = group * RESOURCES_OF_A_GROUP + resource
    first, second = WORDS[number % 10], WORDS[number // 10 % 10]
    return f"{first.title()}{second.title()}{number}"


def schemas(name, action, before):
    """The two schemas of an operation; `before` is one of another operation, which the first one leads to."""
    detail, item = f"{name}{action.title()}Detail", f"{name}{action.title()}"
    return {
        item: {
            "type": "object",
            "description": f"What is exchanged to {action} {name}.\n\nIt has **details** and a price.",
            "required": ["id", "detail", "status"],
            "properties": {
                "id": {"type": "string", "format": "uuid", "description": "Tells it from all others."},
                "detail": reference(detail),
                "status": reference("Status"),
                "price": reference("Money"),
                "before": reference(before),
                "labels": {"type": "object", "additionalProperties": {"type": "string"}},
                "created_at": {"type": "string", "format": "date-time"},
            },
        },
        detail: {
            "type": "object",
            "required": ["title"],
            "properties": {
                "title": {"type": "string", "minLength": 1, "maxLength": 200},
                "kind": {"type": "string", "enum": ["small", "large"]},
                "parts": {"type": "array", "items": reference(item)},
                "page": reference("Page"),
                "place": {
                    "type": "object",
                    "properties": {"row": {"type": "integer"}, "column": {"type": "integer"}},
                },
            },
        },
    }


def parameters(action):
    """The parameters of an operation but for those of its path."""
    if action != "list":
        return [{"name": "X-Trace", "in": "header", "schema": {"type": "string"}}]
    return [
        {"name": "limit", "in": "query", "schema": {"type": "integer", "minimum": 1, "maximum": 100, "default": 20}},
        {"name": "status", "in": "query", "schema": reference("Status")},
        {"name": "sort", "in": "query", "schema": {"type": "string", "enum": ["title", "price"]}},
    ]


def operation(group, name, action):
    """An operation of a resource."""
    item = f"{name}{action.title()}"
    status = "201" if action == "create" else "200"
    found = {
        "operationId": f"{action}{name}",
        "tags": [f"group {group}"],
        "summary": f"{action.title()} {name}",
        "description": f"Does what it takes to {action} `{name}`, and tells what became of it.",
        "parameters": parameters(action),
        "responses": {status: response("Done.", item), "404": response("There is none.", "Problem")},
    }
    if action in ("create", "update"):
        found["requestBody"] = {"required": True, "content": content(item)}
    return found


def document(size):
    """A document with this many operations."""
    paths, components, before = {}, dict(SHARED), "Problem"
    for number in range(size):
        place, (action, method, has_id) = number // len(ACTIONS), ACTIONS[number % len(ACTIONS)]
        group, resource = divmod(place, RESOURCES_OF_A_GROUP)
        name = name_of(group, resource)
        path = f"/group-{group}/{name.lower()}" + ("/{id}" if has_id else "")
        item = paths.setdefault(path, {})
        if has_id:
            item["parameters"] = [{"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}]
        item[method] = operation(group, name, action)
        components |= schemas(name, action, before)
        before = f"{name}{action.title()}"
    return {
        "openapi": "3.1.0",
        "info": {"title": "Synthetic", "version": "1.0.0"},
        "servers": [{"url": "https://api.example.com/v1"}],
        "security": [{"token": []}],
        "paths": paths,
        "components": {
            "schemas": components,
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


if __name__ == "__main__":
    json.dump(document(int(sys.argv[1])), sys.stdout, indent=1)
