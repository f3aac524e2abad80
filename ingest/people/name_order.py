"""Whether whole names without a comma begin with the family name, as a header or a whole column of one source says.

`SMITH JOHN A` cannot be told from `John A Smith` by one value. In a column, an initial at the end, and which word is
among the commonest given names of many countries, say it; where no list knows the names, the given name is the word
that stands among the first names of other rows, or that tells the sex.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ingest.clean.names import PARTICLES, SUFFIX_WORDS
from ingest.clean.titles import NO_NAMES
from ingest.kinds.header import COMPILED, WHOLE, folded, spaced
from ingest.kinds.lexicon import GIVEN, GIVEN_ONLY
from ingest.kinds.sexes import TELLS_MORE, tells_sex
from ingest.kinds.shapes import WORD

LEAST_NAMES: Final = 20
"""Names that say something, below which nothing is decided by them."""
SURE: Final = 0.3
"""How far the votes for the family name first must outweigh the others, of all votes."""
SKIPPED: Final = frozenset({*NO_NAMES, *PARTICLES, *SUFFIX_WORDS})
GIVEN_PART: Final = "given_name"
FAMILY_PART: Final = "family_name"
PARTS: Final = (FAMILY_PART, GIVEN_PART)
OTHER_PART: Final = {FAMILY_PART: GIVEN_PART, GIVEN_PART: FAMILY_PART}
BARE: Final = "name"
LONGEST_PART: Final = 3
"""Words of a header that name one part: `nom de famille`."""


def family_first(names: Sequence[str]) -> bool | None:
    """Whether names begin with the family name; None where too few of them say so or not.

    Args:
        names: distinct whole names.
    """
    votes = [vote for name in names if (vote := _vote(name)) != 0]
    return sum(votes) >= SURE * len(votes) if _are_enough(votes, names) else None


def _are_enough(votes: Sequence[int], names: Sequence[str]) -> bool:
    return len(votes) >= max(LEAST_NAMES, len(names) // 20)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """How often each word stands in the columns of first names, and in those of family names."""

    given: Mapping[str, int]
    family: Mapping[str, int]

    def order(self, names: Sequence[str]) -> bool | None:
        """Whether names begin with the family name, as their words stand elsewhere; None where too few of them say it.

        Args:
            names: distinct whole names.
        """
        every = sum(self.given.values()) + 1, sum(self.family.values()) + 1

        def first(word: str) -> float:
            """How much oftener a word stands among first names than among family names."""
            return (self.given.get(word, 0) + 0.5) / every[0] / ((self.family.get(word, 0) + 0.5) / every[1])

        split = [words for name in names if len(words := words_of(name)) > 1]
        told = [
            (first(words[0]), first(words[-1])) for words in split if self._knows(words[0]) and self._knows(words[-1])
        ]
        votes = [1 if last > begin else -1 for begin, last in told if begin != last]
        sure = _are_enough(votes, names) and abs(sum(votes)) >= SURE * len(votes)
        return sum(votes) > 0 if sure else None

    def _knows(self, word: str) -> bool:
        return word in self.given or word in self.family


def header_order(header: str) -> bool | None:
    """Whether a header names the family name before the given name; None where it does not name both, once each."""
    words = folded(spaced(header)).split()
    found: list[str] = []
    while words:
        part, length = _leading_part(words)
        if part and part not in found[-1:]:
            found.append(part)
        words = words[length:]
    parts = _with_bare_name(found)
    return parts[0] == FAMILY_PART if sorted(parts) == sorted(PARTS) else None


def _leading_part(words: Sequence[str]) -> tuple[str, int]:
    """The part of a name that the first words of a header name, and how many they are; none for one word else."""
    for length in range(min(LONGEST_PART, len(words)), 0, -1):
        if part := _part(" ".join(words[:length])):
            named = words[length : length + 1] == [BARE] and not words[length - 1].endswith(BARE)
            return part, length + named
    return (BARE if words[0] == BARE else ""), 1


def _part(phrase: str) -> str:
    """The part of a name that a phrase is the name of, if it is of one only."""
    kinds = {kind for kind, pattern in COMPILED if kind in PARTS and pattern.fullmatch(phrase)}
    kinds.update(kind for kind in WHOLE.get(phrase, ()) if kind in PARTS)
    return kinds.pop() if len(kinds) == 1 else ""


def _with_bare_name(found: Sequence[str]) -> list[str]:
    """The parts named; beside one of them alone a mere `name` is the other, as in `Name, Vorname`."""
    if len(found) == 2 and BARE in found:
        (part,) = (one for one in found if one != BARE)
        return [OTHER_PART[part] if one == BARE else one for one in found]
    return [one for one in found if one != BARE]


def _vote(name: str) -> int:
    """1 for the family name first, -1 for the given name first, 0 for neither."""
    words = words_of(name)
    if len(words) < 2:
        return 0
    if len(words) > 2 and (len(words[-1]) == 1) != (len(words[0]) == 1):
        return 1 if len(words[-1]) == 1 else -1
    if words[0] in GIVEN_ONLY and words[-1] not in GIVEN:
        return -1
    return 1 if words[0] not in GIVEN and words[1] in GIVEN_ONLY else 0


def words_of(name: str) -> list[str]:
    """The words of a name without comma that are no title, particle or suffix; none where a comma tells the order."""
    return [] if "," in name else [word for word in WORD.findall(name.lower()) if word not in SKIPPED]


def second_tells_sex(names: Sequence[str], codes: NDArray[np.int64], sexes: NDArray[np.int64]) -> bool:
    """Whether the last word of a name tells the sex better than the first.

    Args:
        names: distinct whole names.
        codes: shape (rows,). Name of each row, -1 for none.
        sexes: shape (rows,). Sex of each row, -1 for unknown.
    """
    split = [words_of(name) for name in names]
    first = _numbers([words[0] if len(words) > 1 else "" for words in split])
    last = _numbers([words[-1] if len(words) > 1 else "" for words in split])
    return tells_sex(last[codes], sexes) - tells_sex(first[codes], sexes) >= TELLS_MORE


def _numbers(words: Sequence[str]) -> NDArray[np.int64]:
    """Each word as a number, -1 for the empty one; one more -1 at the end, for rows without a name."""
    known: dict[str, int] = {"": -1}
    return np.array([*(known.setdefault(word, len(known)) for word in words), -1], np.int64)
