"""What tests share: one Chromium, one built book, and no request to another host."""

from __future__ import annotations

import importlib.util
import os
import shutil
import sys
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import urlsplit

import pytest
from hypothesis import settings

# No example is too slow for a machine that is busy. What CI tries is the same each time, so that it
# speaks of the change before it and not of chance; elsewhere each run tries something new.
settings.register_profile("patient", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") == "true" else "patient")

ROOT = Path(__file__).resolve().parent.parent
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]


@pytest.fixture
def figure(record_property: Callable[[str, object], None]) -> Callable[[str], None]:
    """Give a measured figure to print at the end of the run, also from a worker of its own."""
    return lambda said: record_property("figure", said)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Print the measured figures."""
    reports = [*terminalreporter.getreports("passed"), *terminalreporter.getreports("failed")]
    said = [value for one in reports for name, value in one.user_properties if name == "figure"]
    if said:
        terminalreporter.section("figures")
        for line in said:
            terminalreporter.line(line)


def _chromium() -> str | None:
    names = ("chromium", "chromium-browser", "google-chrome", "chrome")
    return next(filter(None, map(shutil.which, names)), None)


LONGEST_FIRST = (
    "test_book",
    "test_items",  # while the first worker builds the book, this one waits for nothing
    "test_notebooks",
    "test_book_read_by_axe",
    "test_release",
    "test_nbgrader",
    "test_lab",
    "test_whose_browser",
    "test_pdf",
    "test_back_matter",
    "test_rating_browser",
    "test_workers",
)
"""Files that take minutes begin first: begun last, one of them would keep all workers waiting."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the longest files first.

    Without a browser, say of each browser test why it was skipped; under CI it fails.
    """
    place = {name: at for at, name in enumerate(LONGEST_FIRST)}
    items.sort(key=lambda item: place.get(item.path.stem, len(place)))
    if _chromium() or os.environ.get("CI") == "true":
        return
    skip = pytest.mark.skip(reason="no Chromium on this machine: install one to run browser tests")
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(skip)


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """The browser's path; under CI a missing browser fails the test."""
    found = _chromium()
    if found is None:
        pytest.fail("no Chromium here; with CI=true the browser tests may not be skipped")
    return found


@pytest.fixture(scope="session")
def _chromium_profile(
    chromium_path: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def chromium_context(_chromium_profile: Any) -> Iterator[Any]:
    """A fresh browser context; a request to any other host is stopped, and fails the test."""
    context = _chromium_profile.new_context(accept_downloads=True)
    tried: list[str] = []

    def guard(route: Any) -> None:
        address = urlsplit(route.request.url)
        if address.scheme in ("file", "data", "blob") or address.hostname == "127.0.0.1":
            route.continue_()
        else:
            tried.append(route.request.url)
            route.abort()

    context.route("**/*", guard)
    context.set_default_timeout(15_000)
    yield context
    context.close()
    assert tried == [], f"the page asked other hosts: {tried}"


def load_tool(name: str) -> ModuleType:
    """A script of tools/ as a module; it finds those beside it."""
    sys.path.insert(0, str(ROOT / "tools"))
    spec = importlib.util.spec_from_file_location(name, ROOT / "tools" / f"{name}.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def built_book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The book, built once a test run with every warning an error: the folder of its pages."""
    from filelock import FileLock

    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent  # the one folder that all workers of this run have in common
    folder = shared / "book"
    site = folder / "_build" / "html"
    with FileLock(shared / "book.lock", timeout=900):
        if not (folder / "built").exists():
            folder.mkdir(exist_ok=True)
            site = load_tool("build").build(folder)
            (folder / "built").touch()
    return site


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="session")
def served_book(built_book: Path) -> Iterator[str]:
    """The address under which the built book is served on this machine alone."""
    handler = partial(_Quiet, directory=str(built_book))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
