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

__all__ = [
    "FieldModel",
    "Judgement",
    "LevelModel",
    "MatchModel",
    "Resolution",
    "ResolutionReport",
    "ResolutionSettings",
    "RuleReport",
    "ScoredPairs",
]
