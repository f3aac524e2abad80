"""Titles written together with the name, as in Thai: beginnings that many names share and whose rest is a name alone.

Only scripts without spaces between words write so. Names that begin alike are told from titles by their rests: of
what follows a title nearly all is somebody's name without it.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from functools import partial
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from ingest.clean.run import coded, encode
from ingest.people.plan import Plan

UNSPACED: Final = re.compile(r"^[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff.]{2,}$")
"""Thai, Lao, Burmese and Khmer. Signs of Chinese and Japanese names stand for themselves too often."""
LONGEST: Final = 12
LEAST_NAMES: Final = 8
"""Names that a title stands before and that stand alone."""
ALONE: Final = 0.7
"""Of the names that begin so, the share whose rest stands alone."""
LEAST_VALUES: Final = 20


def glued_titles(table: pa.Table, plan: Plan) -> Mapping[str, tuple[str, ...]]:
    """By column of given or whole names, the titles glued to them, longest first; columns without one are left out.

    Cost: O(distinct names), once a sign that a title may have.
    """
    names = (*plan.given, *plan.full)
    firsts = {name: _firsts(encode(table.column(name)).dictionary.cast(pa.string()).to_pylist()) for name in names}
    every = frozenset[str]().union(*firsts.values())
    found = {name: titles_of(those, every) for name, those in firsts.items()}
    return {name: titles for name, titles in found.items() if titles}


def _firsts(names: Collection[str | None]) -> frozenset[str]:
    """The first words of names, in a script that glues titles to them."""
    words = (name.split()[0] for name in names if name and name.split())
    return frozenset(word for word in words if UNSPACED.match(word))


def titles_of(names: Collection[str | None], alone_elsewhere: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """The titles that some of these names begin with, longest first.

    Args:
        names: of one column, or their first words.
        alone_elsewhere: first words of the names of other columns, which may be of files that have titles apart.
    """
    left = set(_firsts(names))
    titles: list[str] = []
    for length in range(LONGEST, 1, -1) if len(left) >= LEAST_VALUES else ():
        beginning: dict[str, list[str]] = {}
        for name in left:
            if len(name) > length:
                beginning.setdefault(name[:length], []).append(name)
        for title, those in sorted(beginning.items()):
            alone = sum(name[length:] in left or name[length:] in alone_elsewhere for name in those)
            if alone >= max(LEAST_NAMES, ALONE * len(those)):
                titles.append(title)
                left.difference_update(those)
    return tuple(titles)


def without_titles(column: pa.ChunkedArray | pa.Array, titles: Sequence[str]) -> pa.ChunkedArray | pa.Array:
    """The column without these titles before its names."""
    if not titles:
        return column
    pattern = f"^(?:{'|'.join(re.escape(title) for title in titles)}) *(.)"
    strip = partial(pc.replace_substring_regex, pattern=pattern, replacement=r"\1")
    return coded(column, strip)
