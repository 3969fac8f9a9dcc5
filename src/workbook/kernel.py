"""Where we run: in a Jupyter kernel or not, and who sits before it: somebody, or nbgrader."""

from __future__ import annotations

import os
import sys

__all__ = ["autograding", "in_kernel", "somebody_sits_before_it"]


def in_kernel() -> bool:
    """Whether we run in a Jupyter kernel, without importing IPython to find out."""
    shell = sys.modules.get("IPython")
    found = shell.get_ipython() if shell else None
    return getattr(found, "kernel", None) is not None


def somebody_sits_before_it() -> bool:
    """Whether a form would be seen and clicked: in a session of Jupyter's server, or JupyterLite.

    A kernel that nbconvert, nbval or a book starts has neither; there, and in VS Code, the face in
    HTML or Markdown is the one to show.
    """
    return in_kernel() and ("JPY_SESSION_NAME" in os.environ or sys.platform == "emscripten")


def autograding() -> bool:
    """Whether ``nbgrader autograde`` runs the notebook, for the teacher; it says so itself."""
    return os.environ.get("NBGRADER_EXECUTION") == "autograde"
