"""The commonest names of people, streets and cities in several languages: what lets contents speak without a header.

One word or name a line in `words/`.
"""

from importlib.resources import files
from typing import Final


def _words(name: str) -> frozenset[str]:
    text = files("ingest.kinds").joinpath("words", f"{name}.txt").read_text(encoding="utf-8")
    return frozenset(text.splitlines())


GIVEN: Final = _words("given")
FAMILY: Final = _words("family")
TITLES: Final = _words("titles")
STREET_WORDS: Final = _words("streets")
CITIES: Final = _words("cities")
