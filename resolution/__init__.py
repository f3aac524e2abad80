"""Records become links and clusters, and clusters become entities with stable ids and golden profiles."""

from resolution.contract import (
    FieldModel,
    Judgement,
    LevelModel,
    MatchModel,
    Resolution,
    ResolutionReport,
    ResolutionSettings,
    RuleReport,
    ScoredPairs,
)
from resolution.pipeline import STAGES, resolve, score_pairs

__all__ = [
    "STAGES",
    "FieldModel",
    "Judgement",
    "LevelModel",
    "MatchModel",
    "Resolution",
    "ResolutionReport",
    "ResolutionSettings",
    "RuleReport",
    "ScoredPairs",
    "resolve",
    "score_pairs",
]
