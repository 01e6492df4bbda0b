"""The local server of the built book."""

import threading
import urllib.request

from pooling import cli
from pooling.running import folder, read, steps


def test_a_port_in_use_is_named_with_the_way_out(root, monkeypatch, capsys):
    index = root / "index.html"
    index.write_text("the book")
    with read.open_server(root, 0) as other:
        port = other.server_address[1]
        monkeypatch.setattr(steps, "BOOK_INDEX", "index.html")
        monkeypatch.setattr(folder, "find_root", lambda: root)
        assert cli.main(["read", "--no-browser", "--port", str(port)]) == 1
    message = capsys.readouterr().err.strip()
    assert message == (
        f"port {port} is in use by another program (perhaps another `make read`). "
        f"Take another one: `make read PORT={port + 1}`."
    )


def test_without_a_book_read_says_how_to_build_it(root, monkeypatch, capsys):
    monkeypatch.setattr(folder, "find_root", lambda: root)
    assert cli.main(["read", "--no-browser"]) == 1
    assert capsys.readouterr().err.strip() == "there is no book yet. Build it by `make book`."


def test_the_server_hands_out_the_book_to_this_machine_only(root):
    (root / "index.html").write_text("the book")
    with read.open_server(root, 0) as server:
        assert server.server_address[0] == "127.0.0.1"
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        address = f"http://127.0.0.1:{server.server_address[1]}/"
        with urllib.request.urlopen(address, timeout=10) as page:
            assert page.read() == b"the book"
        server.shutdown()
