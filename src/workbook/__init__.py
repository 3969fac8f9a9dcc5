"""Who Says So? A workbook in source criticism.

``from workbook import lyushkov as case`` opens the case folder of that name; any folder under
``cases/`` can be imported so, and ``open_case(path)`` opens one from anywhere.
"""

from __future__ import annotations

from .case import Case, CaseError, built_in_cases, open_case

__all__ = ["Case", "CaseError", "open_case"]


def __getattr__(name: str) -> Case:
    if name.startswith("_") or name not in built_in_cases():
        raise AttributeError(
            f"workbook has no “{name}”; its cases are: {', '.join(built_in_cases())}"
        )
    return open_case(name)


def __dir__() -> list[str]:
    return [*__all__, *built_in_cases()]
