"""How far raters agree, and how items behave.

Nothing that a learner's page or the check of an answer needs is here, so numpy may be; whoever
wants these figures imports this room late.
"""

from __future__ import annotations

from .coefficients import (
    Estimate,
    Level,
    Measure,
    Weights,
    gwet_ac1,
    gwet_ac2,
    interval,
    krippendorff_alpha,
    percent_agreement,
)
from .headline import FEWEST_RATERS, FEWEST_UNITS, Headline, headline
from .items import FEWEST_ANSWERS, Distractor, ItemStatistics, distractors, item_statistics
from .table import AgreementError, Undefined

__all__ = [
    "FEWEST_ANSWERS",
    "FEWEST_RATERS",
    "FEWEST_UNITS",
    "AgreementError",
    "Distractor",
    "Estimate",
    "Headline",
    "ItemStatistics",
    "Level",
    "Measure",
    "Undefined",
    "Weights",
    "distractors",
    "gwet_ac1",
    "gwet_ac2",
    "headline",
    "interval",
    "item_statistics",
    "krippendorff_alpha",
    "percent_agreement",
]
