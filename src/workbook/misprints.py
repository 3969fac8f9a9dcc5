"""In an open notebook, a slip of typing in an answer cell gets a sentence and no traceback."""

from __future__ import annotations

import sys
from typing import Any

from .feedback import words

__all__ = ["say_kindly"]


def say_kindly() -> None:
    """Have the running IPython, if there is one, explain slips in cells that answer an exercise.

    A name without its quotation marks and a bracket that is not closed are the two that happen.
    Every other error, and every other cell, is shown as always.
    """
    module = sys.modules.get("IPython")
    shell = module.get_ipython() if module else None
    if shell is not None:
        shell.set_custom_exc((NameError, SyntaxError), _explain)


def _explain(shell: Any, kind: Any, error: Any, trace: Any, tb_offset: Any = None) -> None:
    cell = shell.history_manager.input_hist_raw[-1] if shell.history_manager else ""
    if ".answer(" not in cell:
        shell.custom_exceptions, kept = (), shell.custom_exceptions
        try:
            if issubclass(kind, SyntaxError):
                shell.showsyntaxerror()
            else:
                shell.showtraceback((kind, error, trace), tb_offset=tb_offset)
        finally:
            shell.custom_exceptions = kept
        return
    said = words()["ask"]
    if issubclass(kind, SyntaxError):
        print(said["syntax"].replace("{line}", str(error.lineno or 1)))
    else:
        print(said["name"].replace("{name}", str(error.name or "")))
