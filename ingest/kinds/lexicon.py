"""The commonest names of people, streets and cities, and headers, in many languages.

The first let contents speak without a header. One word or name a line in `words/`, headers by their kind.
"""

from importlib.resources import files
from typing import Final


def _lines(name: str) -> list[str]:
    return files("ingest.kinds").joinpath("words", f"{name}.txt").read_text(encoding="utf-8").splitlines()


def _words(name: str) -> frozenset[str]:
    return frozenset(_lines(name))


HEADERS: Final = tuple(_lines("headers"))
"""Kind and headers that mean it, `KIND: header, header`, in languages that no pattern knows."""


GIVEN: Final = _words("given")
FAMILY: Final = _words("family")
GIVEN_ONLY: Final = GIVEN - FAMILY
STREET_WORDS: Final = _words("streets")
CITIES: Final = _words("cities")
