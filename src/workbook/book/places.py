"""Where in the book things are: the page of each exercise, and the pages made from the case."""

from __future__ import annotations

from sphinx.application import Sphinx

__all__ = ["case_pages", "exercise_homes", "page_address", "parent_of"]


def exercise_homes(app: Sphinx) -> dict[str, str]:
    """The page on which each exercise is mounted, in the order in which they were met."""
    homes: dict[str, str] = app.env.__dict__.setdefault("workbook_homes", {})
    return homes


def case_pages(app: Sphinx) -> dict[str, str]:
    """The page of each kind that ``{case} …`` has set, and of the thread."""
    known: dict[str, str] = app.env.__dict__.setdefault("workbook_pages", {})
    return known


def page_address(app: Sphinx, page: str, kind: str) -> str | None:
    """The address, seen from ``page``, of the case's page of a kind; None if there is none."""
    target = case_pages(app).get(kind)
    if target is None or target not in app.env.all_docs:
        return None
    return str(app.builder.get_relative_uri(page, target))


def parent_of(app: Sphinx, page: str) -> str | None:
    """The page that lists ``page`` below it in the table of contents; None at the top."""
    root = str(app.config.root_doc)
    for parent, inner in app.env.toctree_includes.items():
        if page in inner and parent != root:
            return parent
    return None
