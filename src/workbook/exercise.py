"""A question, its answers, its likely mistakes, and the reply to each.

Exercises are declared in TOML, one file a chapter, and compiled with their case into a *face* (what
a learner may see) and a *key* (what only self-study pages and teachers hold), both plain records.
Each kind of exercise stands in ``kinds/``.
"""

from __future__ import annotations

from .kinds import AnyExercise, Exercise, ReleasedExercise, compile_face, compile_key, released

__all__ = ["AnyExercise", "Exercise", "ReleasedExercise", "compile_face", "compile_key", "released"]
