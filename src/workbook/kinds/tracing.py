"""Where accounts come from, and how many separate lines they make: pure functions.

``depends`` is a record account → the accounts and sources that it rests on, directly.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

__all__ = ["Depends", "above", "circles", "lines"]

Depends = Mapping[str, Sequence[str]]


def above(name: str, depends: Depends) -> set[str]:
    """All that an account rests on, directly or through others."""
    found: set[str] = set()
    left = list(depends.get(name, ()))
    while left:
        one = left.pop()
        if one not in found:
            found.add(one)
            left += depends.get(one, ())
    return found


def circles(depends: Depends) -> list[str]:
    """The accounts that rest on themselves in the end, which nothing can."""
    return [name for name in depends if name in above(name, depends)]


def lines(depends: Depends) -> int:
    """How many separate lines the accounts make: two that share anything are one line."""
    groups: list[set[str]] = []
    for name in depends:
        whole = {name} | above(name, depends)
        apart = [group for group in groups if not group & whole]
        for group in groups:
            if group & whole:
                whole |= group
        groups = [*apart, whole]
    return len(groups)
