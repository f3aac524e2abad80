"""The kind of every column of a table. Contents first, header second, and the user's own word above both."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Final

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from core.errors import BadInputError, choices
from ingest.clean import cleaner
from ingest.clean.run import encode, side_by_side
from ingest.contract import ColumnKind
from ingest.kinds.decide import decide_kind
from ingest.kinds.facts import column_facts
from ingest.kinds.fathers import with_fathers_names
from ingest.kinds.header import prefix_of, read_header, system_of
from ingest.kinds.houses import with_house_numbers
from ingest.kinds.lists import with_lists
from ingest.kinds.owners import by_owners
from ingest.kinds.roles import without_others, without_payers
from ingest.kinds.settle import NAMES, Candidate, settle
from ingest.kinds.shapes import column_shapes
from ingest.kinds.told import without_told
from ingest.kinds.whose import by_rows

KINDS: Final = (
    "full_name",
    "given_name",
    "middle_name",
    "family_name",
    "suffix",
    "birth_date",
    "birth_day",
    "birth_month",
    "birth_year",
    "age",
    "date",
    "sex",
    "phone",
    "email",
    "address",
    "house_number",
    "street",
    "unit",
    "city",
    "region",
    "postcode",
    "country",
    "national_id",
    "identifier",
    "device",
    "category",
    "list",
    "text",
    "number",
    "ignore",
)
ISSUED: Final = frozenset({"national_id", "identifier"})
SHOWN: Final = 3
COMPLEMENT: Final = 0.8


def detect_kinds(table: pa.Table, *, overrides: Mapping[str, str] | None = None) -> tuple[ColumnKind, ...]:
    """Decide the kind of every column.

    Args:
        table: columns of text.
        overrides: column to KIND as `parse_kind` reads it; these are not questioned.

    Raises:
        BadInputError: an override names no column, or no kind.

    Cost: one aggregation a column, and a sample of at most 1,500 values.
    """
    told = {column: parse_kind(kind) for column, kind in (overrides or {}).items()}
    _check_columns(told, table)
    with cleaner() as database:
        names = [name for name in table.column_names if name not in told]
        prefix = prefix_of(table.column_names)
        asked = [partial(_candidate, table=table, name=name, prefix=prefix) for name in names]
        sizes = [table.column(name).nbytes for name in names]
        beside = partial(apart, table)
        candidates = without_payers(tuple(side_by_side(database, asked, sizes)), beside)
        candidates = settle(without_others(candidates, beside), beside)
        candidates = with_fathers_names(table, candidates, beside)
        if not any(kind in NAMES for kind, _ in told.values()):
            candidates = by_owners(database, table, candidates, beside)
        candidates = without_told(table, _organisations(table, by_rows(database, table, candidates)))
        candidates = with_lists(table, with_house_numbers(table, candidates))
        found = {candidate.column: _column_kind(candidate) for candidate in candidates}
        shown = {name: column_facts(database, table.column(name)).values[:SHOWN] for name in told}
    for name, (kind, system) in told.items():
        issued = system or (system_of(name, kind) if kind in ISSUED else None)
        found[name] = ColumnKind(column=name, kind=kind, system=issued, confidence=1.0, samples=shown[name])
    return tuple(found[name] for name in table.column_names)


def parse_kind(text: str) -> tuple[str, str | None]:
    """Read `KIND`, `identifier:SYSTEM`, or `birth_date:SCHEME` of national numbers that hold births.

    Raises:
        BadInputError: there is no such kind.
    """
    kind, _, system = text.partition(":")
    if kind not in KINDS or (system and kind not in {*ISSUED, "birth_date"}):
        raise BadInputError(f"'{text}' is no kind of column.", remedy=choices(kind, KINDS, "Kinds"), kind=text)
    return kind, system.strip().lower() or None


def _check_columns(told: Mapping[str, object], table: pa.Table) -> None:
    for name in told:
        if name not in table.column_names:
            raise BadInputError(
                f"There is no column '{name}'.", remedy=choices(name, table.column_names, "Columns"), column=name
            )


def _candidate(database: duckdb.DuckDBPyConnection, table: pa.Table, name: str, prefix: str) -> Candidate:
    facts = column_facts(database, table.column(name))
    shapes = column_shapes(facts)
    header = read_header(name, prefix)
    kind, confidence = decide_kind(header, facts, shapes)
    return Candidate(column=name, kind=kind, confidence=confidence, header=header, facts=facts, shapes=shapes)


def _column_kind(candidate: Candidate) -> ColumnKind:
    return ColumnKind(
        column=candidate.column,
        kind=candidate.kind,
        system=system_of(candidate.column, candidate.kind) if candidate.kind in ISSUED else None,
        confidence=candidate.confidence,
        samples=candidate.facts.values[:SHOWN],
    )


def _organisations(table: pa.Table, candidates: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
    """A name of an organisation that stands where no person's name does names the row itself."""
    names = [one.column for one in candidates if one.kind in {"given_name", "family_name", "full_name"}]
    if not names:
        return candidates
    empty = pc.invert(filled_rows(table, names[0]))
    for name in names[1:]:
        empty = pc.and_(empty, pc.invert(filled_rows(table, name)))
    return tuple(
        replace(one, kind="full_name", confidence=0.7)
        if one.kind in {"category", "text"}
        and "name" in one.header.words
        and not one.header.of_kin()
        and not one.header.of_official()
        and _mostly(filled_rows(table, one.column), empty)
        else one
        for one in candidates
    )


def apart(table: pa.Table, one: str, other: str) -> bool:
    """Whether two columns are never filled in the same row."""
    return exclusive(filled_rows(table, one), filled_rows(table, other))


def exclusive(one: pa.Array, other: pa.Array) -> bool:
    """Whether no row is true in both."""
    return not pc.any(pc.and_(one, other)).as_py()


def filled_rows(table: pa.Table, name: str) -> pa.Array:
    """Which rows of a column hold more than spaces."""
    encoded = encode(table.column(name))
    said = pc.not_equal(pc.utf8_trim_whitespace(encoded.dictionary.cast(pa.string())), "")
    filled: pa.Array = pc.fill_null(said.take(encoded.indices), False)
    return filled


def _mostly(filled: pa.Array, empty: pa.Array) -> bool:
    rows = pc.sum(filled).as_py() or 0
    return rows > 0 and (pc.sum(pc.and_(filled, empty)).as_py() or 0) >= COMPLEMENT * rows
