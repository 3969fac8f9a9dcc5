"""How far the work is, for whoever sits before the terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

__all__ = ["progress"]


@contextmanager
def progress(what: str) -> Iterator[Callable[[int], object]]:
    """Counts on the error stream's last line; nothing where nobody watches, or without tqdm."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    try:
        from tqdm import tqdm
    except ImportError:
        yield lambda _: None
        return
    with tqdm(unit=f" {what}", file=sys.stderr, leave=False) as bar:
        yield bar.update
