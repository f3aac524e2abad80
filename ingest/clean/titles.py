"""Titles before names: which there are, which say the sex, and which are taken off a name."""

from typing import Final

TITLES_OF_WOMEN: Final = (
    "mrs", "ms", "miss", "mme", "mlle", "sig.ra", "sigra", "sra", "srta", "mevr", "mevrouw", "fru", "frau", "pani",
    "madam", "signora", "señora",
)  # fmt: skip
TITLES_OF_MEN: Final = ("mr", "herr", "sig", "sr", "dhr", "sir", "hr", "pan", "monsieur", "mister", "meneer")
TITLES_OF_ANYBODY: Final = ("mx", "dr", "prof", "rev", "ing", "mag")
TITLES: Final = frozenset({*TITLES_OF_WOMEN, *TITLES_OF_MEN, *TITLES_OF_ANYBODY})
"""Whatever may stand in a column of titles."""
NO_NAMES: Final = (
    "mr", "mrs", "ms", "miss", "mx", "dr", "prof", "rev", "herr", "frau", "mme", "mlle", "sig", "sra", "dhr",
    "mevr", "mevrouw", "meneer",
)  # fmt: skip
"""The titles that are taken off a name: others are names too, as Pan, or stand behind one, as Sr."""
