"""What is refused before a handler runs, in release; each row must be answered as it says, and tell no value and no Rust type."""
import http.client
import json

from bookstore import Bookstore

JSON = {"content-type": "application/json", "x-staff-key": "staff-of-the-bookstore"}
BOOK = {
    "isbn": "978-1-59327-828-1",
    "title": "secret-title",
    "genre": "fiction",
    "authors": ["6f1c2b0e-3c57-4c3b-9c55-0a1b2c3d4e5f"],
    "price": {"amount": 1250, "currency": "EUR"},
}
LIMIT = 2 * 1024 * 1024


def text(**members):
    return json.dumps({**BOOK, **members}).encode()


def padded(size):
    book = text()
    return book + b" " * (size - len(book))


def post(body, **headers):
    return "POST", "/books", body, {**JSON, **{name.replace("_", "-"): value for name, value in headers.items()}}


def get(path, **headers):
    return "GET", path, None, headers


# The call, the status, the pointers or names that are told, and headers that are there.
ROWS = {
    "right": (post(text()), 201, None, {}),
    "the same again": (post(text()), 409, None, {}),
    "no content type": (("POST", "/books", text(), {"x-staff-key": JSON["x-staff-key"]}), 415, None, {}),
    "wrong content type": (post(text(), content_type="text/csv"), 415, None, {}),
    "no JSON": (post(b"{secret"), 400, None, {}),
    "byte order mark": (post(b"\xef\xbb\xbf" + text()), 400, None, {}),
    "NaN": (post(text().replace(b"1250", b"NaN")), 400, None, {}),
    "no UTF-8": (post(text(title="x").replace(b'"x"', b'"\xff"')), 400, None, {}),
    "140 levels": (post(text().replace(b'{"isbn"', b'{"x": ' + b"[" * 140 + b"]" * 140 + b', "isbn"')), 400, None, {}),
    "duplicate key": (post(text().replace(b'{"isbn"', b'{"isbn": "978-1-59327-828-1", "isbn"')), 422, {"/isbn"}, {}),
    "wrong type": (post(text(title=7)), 422, {"/title"}, {}),
    "missing field": (post(json.dumps({**BOOK, "price": {"amount": 1}}).encode()), 422, {"/price/currency"}, {}),
    "overflow": (post(text(price={"amount": 1 << 70, "currency": "EUR"})), 422, {"/price/amount"}, {}),
    "broken constraint": (post(text(title="")), 422, {"/title"}, {}),
    "all of them": (
        post(text(title="", price={"amount": "secret", "currency": "EUR"}, authors=["secret"], genre=1)),
        422,
        {"/title", "/price/amount", "/authors/0", "/genre"},
        {},
    ),
    "query key twice": (get("/books?limit=1&limit=2"), 400, {"limit"}, {}),
    "bad bytes in a query": (get("/books?cursor=%ff"), 400, {"cursor"}, {}),
    "unknown path": (get("/nowhere"), 404, None, {}),
    "unknown method": (("PUT", "/books", b"", {}), 405, None, {"allow": {"GET", "HEAD", "POST"}}),
    "unknown Accept": (get("/books", accept="image/png"), 406, None, {}),
    "no credentials": (("POST", "/books", text(), {"content-type": "application/json"}), 401, None, {}),
    "body at the limit": (post(padded(LIMIT)), 409, None, {}),
    "one byte more": (post(padded(LIMIT + 1)), 413, None, {}),
}


def told(answer):
    """The places that a problem tells."""
    return {error.get("pointer", "").removeprefix("#") or error.get("parameter") for error in answer.get("errors", [])}


with Bookstore() as shop:
    for name, ((method, path, body, headers), status, places, expected) in ROWS.items():
        connection = http.client.HTTPConnection(*shop.address, timeout=10)
        try:
            connection.request(method, "/v1" + path, body, headers)
        except ConnectionError:
            pass  # It is answered before it is sent to the end.
        response = connection.getresponse()
        content = response.read().decode()
        connection.close()
        print(f"{name:22} {response.status}")
        assert response.status == status, (name, response.status, content)
        for header, values in expected.items():
            found = {value.strip() for value in response.getheader(header, "").split(",")}
            assert values <= found, (name, header, found)
        if status >= 400:
            assert response.getheader("content-type") == "application/problem+json", (name, content)
            for word in ["secret", "i64", "Vec<", "struct", "serde"]:
                assert word not in content, (name, word, content)
            if places is not None:
                assert told(json.loads(content)) == places, (name, content)
