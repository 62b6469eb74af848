"""The page of the document in headless Chromium: it shows the operations, and asks no other server for anything."""
import shutil
import subprocess
import sys
import tempfile
import urllib.request

from bookstore import Bookstore

browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
if browser is None:
    print("skipped: there is no Chromium (`apt-get install chromium`)")
    sys.exit()
with Bookstore() as shop, tempfile.TemporaryDirectory() as profile:
    for name in ["openapi.json", "openapi.yaml"]:
        with urllib.request.urlopen(f"{shop.url}/{name}") as response:
            etag, size = response.headers["etag"], len(response.read())
        request = urllib.request.Request(f"{shop.url}/{name}", headers={"if-none-match": etag})
        try:
            urllib.request.urlopen(request)
            raise AssertionError("not 304")
        except urllib.error.HTTPError as error:
            assert error.code == 304
        print(f"/{name}: {size} bytes, then 304")
    # No name but that of the server leads anywhere.
    command = [browser, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={profile}",
               "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", "--virtual-time-budget=15000", "--dump-dom",
               "--enable-logging=stderr", f"{shop.url}/docs"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    page = done.stdout
    for text in ["Bookstore", "/books/{isbn}", "operations-books-createBook", "operations-orders-createOrder"]:
        assert text in page, f"no {text!r} in the page:\n{page[:2000]}"
    refused = [line for line in done.stderr.splitlines() if "CONSOLE" in line and ("Refused" in line or "rror" in line)]
    assert not refused, refused
    count = page.count('opblock-summary-path"')
    print(f"/docs: {count} operations are shown")
    assert count >= 14
