"""Reads of the lake: runs queries on a request's own connection and gives typed rows."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from typing import Any

from api.graphql import people_sql
from api.graphql.context import Request
from api.graphql.contract import ConditionRow, PersonRow, Query, ReadingRow
from api.graphql.saved_segments import Known, in_words, known_segments
from insight.contract import Facts, Reason
from insight.segments import Definition, explain, facts_of


def fetch(request: Request, query: Query) -> list[tuple[Any, ...]]:
    """Run a query and give its rows."""
    return request.connection().execute(query.text, list(query.parameters)).fetchall()


def fetch_people(request: Request, query: Query) -> tuple[PersonRow, ...]:
    """Run a query of people, whose columns are those of `PersonRow`."""
    found = request.connection().execute(query.text, list(query.parameters))
    names = [column[0] for column in found.description or ()]
    return tuple(PersonRow(**dict(zip(names, row, strict=True))) for row in found.fetchall())


class Around:
    """What the lake knows around a page of people; each kind is fetched once for all of them, when first asked for."""

    def __init__(self, request: Request, ids: Sequence[str]) -> None:
        self.request = request
        self._ids = ids
        self._meant: dict[str, Definition] = {}

    @cached_property
    def conditions(self) -> Mapping[str, list[ConditionRow]]:
        """By person, oldest first."""
        return self._grouped(people_sql.conditions_of, lambda row: ConditionRow(name=row[1], since=row[2]))

    @cached_property
    def readings(self) -> Mapping[str, list[ReadingRow]]:
        """By person, the newest of each measure."""
        return self._grouped(
            people_sql.readings_of,
            lambda row: ReadingRow(measure=row[1], value=row[2], unit=row[3] or None, at=row[4]),
        )

    @cached_property
    def care_gaps(self) -> Mapping[str, list[ConditionRow]]:
        """By person, longest open first."""
        return self._grouped(people_sql.care_gaps_of, lambda row: ConditionRow(name=row[1], since=row[2]))

    @cached_property
    def last_contact(self) -> Mapping[str, list[datetime]]:
        """By person, at most one."""
        return self._grouped(people_sql.last_contact_of, _second)

    @cached_property
    def segments(self) -> Mapping[str, list[tuple[str, str, int]]]:
        """By person: id and name of each segment, and the version of its definition that the run knew."""
        return self._grouped(people_sql.segments_of, lambda row: (row[1], row[2], row[3]))

    @cached_property
    def known_segments(self) -> Mapping[str, Known]:
        """The segments the caller may know of, by id."""
        return known_segments(self.request)

    def reasons(self, segment_id: str, person: str) -> tuple[Reason, ...]:
        """Every condition of a segment the caller may know of, held against one person of the page."""
        if segment_id not in self._meant:
            self._meant[segment_id] = in_words(self.request, self.known_segments[segment_id].whole)
        facts = self._facts.get(person)
        return explain(self._meant[segment_id], facts, self.request.snapshot().at).reasons if facts else ()

    @cached_property
    def _facts(self) -> Mapping[str, Facts]:
        return facts_of(self.request.connection(), self._ids)

    @cached_property
    def persona(self) -> Mapping[str, list[str]]:
        """By person, at most one name."""
        return self._grouped(people_sql.personas_of, _second)

    def _grouped(
        self, plan: Callable[[Sequence[str]], Query], read: Callable[[tuple[Any, ...]], Any]
    ) -> dict[str, Any]:
        grouped: defaultdict[str, list[Any]] = defaultdict(list)
        for row in fetch(self.request, plan(self._ids)):
            grouped[row[0]].append(read(row))
        return dict(grouped)


def _second(row: tuple[Any, ...]) -> Any:
    return row[1]
