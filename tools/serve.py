"""Build the book and serve it on this computer: `python tools/serve.py [PORT]`."""

from __future__ import annotations

import errno
import sys
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from build import ROOT, main

PORT = 8000
TRIED = 50


class Quiet(SimpleHTTPRequestHandler):
    """Serves files without a line for each; what is asked for again is checked for change."""

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()

    def log_message(self, *_: object) -> None:
        pass


def server(site: Path, first: int = PORT) -> ThreadingHTTPServer:
    """A server of the site on 127.0.0.1, at the first free port from ``first`` on."""
    handler = partial(Quiet, directory=str(site))
    for port in range(first, first + TRIED):
        try:
            return ThreadingHTTPServer(("127.0.0.1", port), handler)
        except OSError as error:
            if error.errno not in (errno.EADDRINUSE, errno.EACCES):
                raise
            print(f"Port {port} is taken; trying the next.", flush=True)
    raise SystemExit(f"None of the ports from {first} to {first + TRIED - 1} is free.")


if __name__ == "__main__":
    port = sys.argv.pop(1) if len(sys.argv) > 1 else str(PORT)
    if not port.isdigit() or not 0 < int(port) < 65536 - TRIED:
        sys.exit(f"The port should be a number such as {PORT}; what came was “{port}”.")
    if main():
        sys.exit(1)
    with server(ROOT / "_build" / "html", int(port)) as serving:
        address = f"http://127.0.0.1:{serving.server_port}/"
        print(f"The book is at {address} (Ctrl+C ends it)", flush=True)
        try:
            serving.serve_forever()
        except KeyboardInterrupt:
            print("\nGoodbye.")
