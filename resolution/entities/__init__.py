"""Clusters become people: stable ids, golden profiles with the source of every value, and the history of who is who."""

from resolution.entities.contract import Previous, Unified, UnifyContext
from resolution.entities.history import redirects, replay
from resolution.entities.stable_ids import content_entity_ids
from resolution.entities.unify import unify

__all__ = ["Previous", "Unified", "UnifyContext", "content_entity_ids", "redirects", "replay", "unify"]
