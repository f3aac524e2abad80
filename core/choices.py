"""What a mistyped word may have meant: every choice named, the nearest first asked for."""

from collections.abc import Collection
from typing import Final

NEAR: Final = 0.8
"""Jaro-Winkler similarity from which a choice may be what was meant."""


def choices(word: str, known: Collection[str], what: str) -> str:
    """Say what could have been written instead, for a remedy.

    Args:
        word: what was written; never a person's data.
        known: what may be written.
        what: what the choices are, such as "Columns".

    Returns:
        `Did you mean 'given_name'? Columns: …`, without the question where nothing is near. The nearest is by
        Jaro-Winkler similarity without regard to case; of several equally near, the first.
    """
    from rapidfuzz import process
    from rapidfuzz.distance import JaroWinkler

    listed = f"{what}: {', '.join(known)}."
    nearest = process.extractOne(
        word, list(known), scorer=JaroWinkler.similarity, processor=str.casefold, score_cutoff=NEAR
    )
    return listed if nearest is None else f"Did you mean '{nearest[0]}'? {listed}"
