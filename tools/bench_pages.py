"""Measure every page of the built book: `python tools/bench_pages.py SITE`.

For each page: what a cold visit loads (gzip), and how long a form takes to answer after the visit
began, in Chromium with its processor slowed four times. Last, how far mounting the forms moved
what stood on the page (cumulative layout shift).
"""

from __future__ import annotations

import gzip
import statistics
import sys
import threading
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any

from pdf import Quiet, browser_path

SLOWER = 4
VISITS = 3
_SHIFTS = """
window.shifted = 0;
new PerformanceObserver(list => {
  for (const one of list.getEntries()) if (!one.hadRecentInput) window.shifted += one.value;
}).observe({type: "layout-shift", buffered: true});
"""
_LIVE = "!document.querySelector('.wb-exercise > .wb-still')"
_ANSWERS = """() => {
  const button = document.querySelector('.wb-exercise .wb-actions button');
  if (!button) return null;
  button.click();
  return document.querySelector('.wb-exercise [role=status]').textContent && performance.now();
}"""


def visit(browser: Any, address: str) -> tuple[float, float | None, float]:
    """The kilobytes, the milliseconds until a form has answered (or none), and the shift."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    weights: list[int] = []

    def weigh(response: Any) -> None:
        if response.ok and response.url.startswith("http"):
            weights.append(len(gzip.compress(response.body(), 6)))

    heard: list[Any] = []
    page.on("response", lambda response: heard.append(response))
    page.add_init_script(_SHIFTS)
    devtools = context.new_cdp_session(page)
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.goto(address)
    page.wait_for_function(_LIVE)
    answered = page.evaluate(_ANSWERS)
    page.wait_for_load_state("networkidle")
    for response in heard:
        weigh(response)
    shifted = page.evaluate("window.shifted")
    context.close()
    return sum(weights) / 1024, answered or None, shifted


def main() -> int:
    """Print a line for each page, and the worst of each column."""
    from playwright.sync_api import sync_playwright

    site = Path(sys.argv[1]).resolve()
    handler = partial(Quiet, directory=str(site))
    rows = []
    with (
        ThreadingHTTPServer(("127.0.0.1", 0), handler) as server,
        sync_playwright() as playwright,
    ):
        threading.Thread(target=server.serve_forever, daemon=True).start()
        base = f"http://127.0.0.1:{server.server_port}/"
        browser = playwright.chromium.launch(
            executable_path=browser_path(), args=["--no-sandbox", "--disable-gpu"]
        )
        for path in sorted(site.glob("book/*.html")):
            visits = [visit(browser, f"{base}book/{path.name}") for _ in range(VISITS)]
            answers = [answered for _, answered, _ in visits if answered]
            row = (
                path.stem,
                visits[0][0],
                statistics.median(answers) if answers else 0.0,
                max(shift for *_, shift in visits),
            )
            rows.append(row)
            print("{:34} {:5.0f} KB  {:6.0f} ms  shift {:.3f}".format(*row), flush=True)
        browser.close()
        server.shutdown()
    worst = [max(row[i] for row in rows) for i in (1, 2, 3)]
    print("most: {:.0f} KB (350), {:.0f} ms (1,000), shift {:.3f} (0.1)".format(*worst))
    return 0


if __name__ == "__main__":
    sys.exit(main())
