"""What the people of a snapshot have, asked of its lake: the words that definitions are fitted to.

Values of profile fields are cleaned as ingest cleans them, so that "California" and "CA" are one region; parts of
events are compared without regard to case and spaces. What names people (names, contacts, postcodes) is never listed,
and what events are about or through only where `FEWEST` people have it: it may be free text.
"""

from collections.abc import Sequence
from typing import Final

import duckdb

from core.errors import nearest
from ingest.clean import NO_REGION, clean_asked
from insight.contract import FEWEST
from insight.segments.definition import CONSENT_QUESTION, Definition
from insight.segments.fields import FIELDS
from insight.segments.spelling import LISTED, PARTS, Fitted, Part, fit

MOST: Final = 2_000
"""Values among which alike ones are looked for, the most frequent."""
NEAR: Final = 5
PURPOSE: Final = "purpose"
ASKED: Final = "map_extract_value(attributes, 'question')"


def fold(expression: str, part: str) -> str:
    """SQL for what two ways of writing one value have in common; types are in small words joined by underscores."""
    if part == "type":
        return rf"trim(regexp_replace(lower({expression}), '[^\p{{L}}\p{{N}}]+', '_', 'g'), '_')"
    return rf"trim(regexp_replace(lower(nfc_normalize({expression})), '\s+', ' ', 'g'))"


class LakeWords:
    """The vocabulary of one snapshot; what was asked once is remembered."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, region: str = NO_REGION) -> None:
        """Ask a connection to the lake's views; telephone numbers without a country code are of the region."""
        self._connection = connection
        self._region = region
        self._known: dict[tuple[str, str, tuple[str, ...]], tuple[str, ...]] = {}

    def stored(self, field: str, value: str) -> str | None:
        """The value of a profile field as somebody has it: as written, else as cleaning writes it."""
        ways = [value, *clean_asked(field, value, self._region)]
        column = FIELDS[field].sql
        query = f"SELECT DISTINCT {column} FROM entities WHERE list_contains(?, {column})"
        found = {str(one) for (one,) in self._connection.execute(query, [ways]).fetchall()}
        return next((way for way in ways if way in found), None)

    def begins(self, field: str, prefix: str) -> str | None:
        """How somebody's value begins: as written, else in another case."""
        column = FIELDS[field].sql
        query = f"SELECT 1 FROM entities WHERE starts_with({column}, ?) LIMIT 1"
        ways = (prefix, prefix.lower(), prefix.upper())
        return next((way for way in ways if self._connection.execute(query, [way]).fetchall()), None)

    def spellings(self, part: Part, value: str, types: Sequence[str]) -> tuple[str, ...]:
        """Every way that events of these types write the value."""
        return self._ways(part, value, types, part)

    def purposes(self, purpose: str) -> tuple[str, ...]:
        """Every way that a purpose of consent is written in the answers."""
        return self._ways(_purpose(), purpose, ("answer",), PURPOSE)

    def near(self, what: str, value: str, types: Sequence[str]) -> tuple[str, ...]:
        """Values that there are, the most alike first, else the most frequent; nothing that names people."""
        if what in FIELDS and what not in LISTED:
            return ()
        having, given = _had(what, types)
        query = f"SELECT word FROM {having} ORDER BY count(*) DESC, word LIMIT {MOST}"
        words = [str(word) for (word,) in self._connection.execute(query, given).fetchall()]
        return nearest(value, words, NEAR) or tuple(words[:NEAR])

    def _ways(self, column: str, value: str, types: Sequence[str], part: str) -> tuple[str, ...]:
        asked = (column, value, tuple(types))
        if asked not in self._known:
            query = (
                f"WITH ways AS MATERIALIZED (SELECT DISTINCT {column} AS way FROM events WHERE true{_of(types)}) "
                f"SELECT way FROM ways WHERE {fold('way', part)} = {fold('?::VARCHAR', part)} ORDER BY way"
            )
            rows = self._connection.execute(query, [*_listed(types), value]).fetchall()
            self._known[asked] = tuple(str(way) for (way,) in rows)
        return self._known[asked]


def fitted(connection: duckdb.DuckDBPyConnection, definition: Definition, *, region: str = NO_REGION) -> Fitted:
    """A definition in the words of a lake, and what nobody there has.

    Args:
        connection: to the lake's views.
        definition: with other segments' definitions put in.
        region: ISO 3166 code of the country whose telephone numbers come without a country code.
    """
    return fit(definition, LakeWords(connection, region))


def _purpose() -> str:
    return f"CASE WHEN starts_with({ASKED}, '{CONSENT_QUESTION}') THEN {ASKED}[{len(CONSENT_QUESTION) + 1}:] END"


def _had(what: str, types: Sequence[str]) -> tuple[str, list[list[str]]]:
    """What to group for the values that may be listed: of a field, or of events of these types."""
    if what in FIELDS:
        column = FIELDS[what].sql
        return f"(SELECT {column} AS word FROM entities) WHERE word IS NOT NULL GROUP BY word", []
    column, asked = (_purpose(), ("answer",)) if what == PURPOSE else (what, types)
    people, enough = "", ""
    if what in PARTS:
        people, enough = " JOIN members USING (record_id)", f" HAVING count(DISTINCT entity_id) >= {FEWEST}"
    events = f"(SELECT {column} AS word, * FROM events{people} WHERE true{_of(asked)})"
    return f"{events} WHERE word IS NOT NULL GROUP BY word{enough}", _listed(asked)


def _of(types: Sequence[str]) -> str:
    return " AND list_contains(?, type)" if types else ""


def _listed(types: Sequence[str]) -> list[list[str]]:
    return [list(types)] if types else []
