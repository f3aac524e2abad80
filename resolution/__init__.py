"""Records become links and clusters, and clusters become entities with stable ids and golden profiles."""

from resolution.contract import (
    FieldModel,
    Judgement,
    Labels,
    LevelModel,
    Links,
    MatchModel,
    Resolution,
    ResolutionReport,
    ResolutionSettings,
    RuleReport,
    ScoredPairs,
)
from resolution.entities import Previous, Unified, UnifyContext, content_entity_ids, redirects, replay, unify
from resolution.pipeline import STAGES, resolve, score_pairs

__all__ = [
    "STAGES",
    "FieldModel",
    "Judgement",
    "Labels",
    "LevelModel",
    "Links",
    "MatchModel",
    "Previous",
    "Resolution",
    "ResolutionReport",
    "ResolutionSettings",
    "RuleReport",
    "ScoredPairs",
    "Unified",
    "UnifyContext",
    "content_entity_ids",
    "redirects",
    "replay",
    "resolve",
    "score_pairs",
    "unify",
]
