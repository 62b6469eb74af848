"""What clients should not do, done to a server; each row must end as it says."""
import concurrent.futures
import signal
import socket
import threading
import time

from bookstore import Bookstore

BOOK = "GET /v1/books HTTP/1.1\r\nhost: x\r\n{}\r\n"
POST = "POST /v1/books HTTP/1.1\r\nhost: x\r\nx-staff-key: staff-of-the-bookstore\r\ncontent-type: application/json\r\n{}\r\n"


def connect(address):
    return socket.create_connection(address, timeout=120)


def read(stream):
    """Everything until the end, and after how many seconds it came."""
    start, seen = time.monotonic(), b""
    while True:
        try:
            piece = stream.recv(65536)
        except ConnectionError:
            piece = b""
        if not piece:
            return seen.decode("latin1"), time.monotonic() - start
        seen += piece


def send(address, text, drip=None):
    with connect(address) as stream:
        over = threading.Event()

        def dripping():
            while not over.wait(1):
                try:
                    stream.sendall(drip)
                except OSError:
                    return

        try:
            stream.sendall(text.encode())
        except ConnectionError:
            pass
        if drip:
            threading.Thread(target=dripping, daemon=True).start()
        answer = read(stream)
        over.set()
        return answer


def get(address):
    start = time.monotonic()
    with connect(address) as stream:
        stream.sendall(BOOK.format("connection: close\r\n").encode())
        answer, _ = read(stream)
    return answer.split(" ")[1:2] == ["200"], time.monotonic() - start


def rows(address):
    many = "".join(f"x-{index}: 1\r\n" for index in range(101))
    return {
        "slow header": ("", 11, lambda: send(address, "GET / HTTP/1.1\r\nx: ", b"a")),
        "nothing at all": ("", 11, lambda: send(address, "")),
        "idle": ("200", 61, lambda: send(address, BOOK.format(""))),
        "slow body": ("408", 31, lambda: send(address, POST.format("content-length: 9999\r\n"), b" ")),
        "10 GB announced": ("413", 5, lambda: send(address, POST.format("content-length: 10000000000\r\nconnection: close\r\n"))),
        "header of 100 kB": ("431", 5, lambda: send(address, BOOK.format(f"connection: close\r\nx: {'a' * 100_000}\r\n"))),
        "101 headers": ("431", 5, lambda: send(address, BOOK.format(many))),
        "path of 70 kB": ("414", 5, lambda: send(address, f"GET /{'a' * 70_000} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")),
        "two lengths": ("400", 5, lambda: send(address, POST.format("content-length: 1\r\ncontent-length: 2\r\n") + "{}")),
        "bad chunk": ("400", 5, lambda: send(address, POST.format("transfer-encoding: chunked\r\nconnection: close\r\n") + "zz\r\n")),
        "folded header": ("400", 5, lambda: send(address, BOOK.format("x: a\r\n b\r\n"))),
        "no host": ("400", 5, lambda: send(address, "GET / HTTP/1.1\r\nconnection: close\r\n\r\n")),
    }


def misuse():
    with Bookstore() as shop, concurrent.futures.ThreadPoolExecutor(20) as pool:
        running = {name: (status, limit, pool.submit(call)) for name, (status, limit, call) in rows(shop.address).items()}
        for name, (status, limit, call) in running.items():
            answer, seconds = call.result()
            found = answer.split(" ")[1] if " " in answer else ""
            print(f"{name:18} {found or 'closed':7} {seconds:5.1f} s")
            assert found == status and seconds <= limit, (name, status, limit, answer[:200])
        assert get(shop.address)[0]


def crowd():
    with Bookstore() as shop:
        slow = [connect(shop.address) for _ in range(300)]
        for stream in slow:
            stream.sendall(b"POST /v1/books HTTP/1.1\r\nhost: x\r\ncontent-len")
        calls = [get(shop.address) for _ in range(200)]
        slowest = max(seconds for _, seconds in calls)
        print(f"300 slow connections: 200 of 200 calls answered, the slowest in {slowest * 1000:.1f} ms")
        assert all(fine for fine, _ in calls) and slowest < 1


def end():
    with Bookstore() as shop:
        begun, lock, told = [], threading.Lock(), threading.Event()

        def load():
            """Calls until no connection is made; what was begun must be answered whole."""
            while True:
                try:
                    stream = connect(shop.address)
                except OSError:
                    return
                with stream:
                    stream.sendall(POST.format("connection: close\r\ncontent-length: 2\r\n").encode())
                    time.sleep(0.05)
                    was_told = told.is_set()
                    try:
                        stream.sendall(b"{}")
                        answer, _ = read(stream)
                    except OSError:
                        answer = ""
                    with lock:
                        begun.append((was_told, answer.startswith("HTTP/1.1 422")))

        threads = [threading.Thread(target=load) for _ in range(50)]
        for thread in threads:
            thread.start()
        time.sleep(2)
        told.set()
        shop.process.send_signal(signal.SIGTERM)
        start = time.monotonic()
        code = shop.process.wait(timeout=40)
        seconds = time.monotonic() - start
        for thread in threads:
            thread.join()
        whole = sum(fine for _, fine in begun)
        # A connection that waits to be accepted when the server stops is refused, though the client may not see it yet.
        lost = [was_told for was_told, fine in begun if not fine]
        print(f"SIGTERM under load: {whole} of {len(begun)} calls answered, exit {code} after {seconds:.1f} s")
        assert code == 0 and all(lost) and len(lost) <= 50


misuse()
crowd()
end()
