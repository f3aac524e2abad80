"""Who takes part in what, when: handles people are known by, how often they act, and at which hour of which day.

Pure draws. Times are whole seconds since 1970, UTC.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from api.demo.contract import DAY_S, DEMO_NOW, Behaviour, Population, Registrations, Source
from api.demo.draws import Columns, Flags, Numbers, Reals, Text, Vector, choose

NOW_S: Final = int(DEMO_NOW.timestamp())
YEARS_S: Final = 3 * 365 * DAY_S
LAPSED_S: Final = 420 * DAY_S
HOURS: Final = (1, 1, 1, 1, 1, 2, 5, 8, 10, 11, 11, 11, 12, 11, 10, 10, 11, 12, 13, 14, 13, 10, 6, 3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """The people a stream can be about, and what the stream knows each by.

    Attributes:
        person: shape (cast,). Places in the population, ascending, each once.
        handle: shape (cast,). A source's key, a card number, an e-mail, a device.
    """

    person: Numbers
    handle: Text

    def place_of(self, people: int) -> Numbers:
        """Shape (people,): where each person stands in the cast, -1 for those outside."""
        place = np.full(people, -1, dtype=np.int64)
        place[self.person] = np.arange(len(self.person))
        return place


def cast_of(registrations: Registrations, column: str, sources: Sequence[Source]) -> Cast:
    """Everybody of whom one of these sources holds this column, by the value in their first such record."""
    values = registrations.table.column(column).combine_chunks()
    usable = np.isin(registrations.source, [int(source) for source in sources]) & _written(values)
    rows = np.flatnonzero(usable)
    person, first = np.unique(registrations.person[rows], return_index=True)
    return Cast(person=person.astype(np.int64), handle=values.take(pa.array(rows[first])))


def _written(values: Text) -> Flags:
    written = pc.and_(pc.not_equal(values, ""), pc.not_equal(values, "noemail@example.com"))
    return np.asarray(written.to_numpy(zero_copy_only=False), dtype=np.bool_)


def repeats(rng: np.random.Generator, rates: Reals) -> Numbers:
    """How often each acts: Poisson about their rate, itself unequal among people. Gives each row's place, repeated."""
    count = rng.poisson(rates * rng.gamma(4.0, 0.25, len(rates)))
    return np.asarray(np.repeat(np.arange(len(rates)), np.minimum(count, 400)), dtype=np.int64)


def moments(rng: np.random.Generator, population: Population, person: Numbers, *, all_along: bool = False) -> Numbers:
    """When each acts: in the last three years, by day at ordinary hours.

    The lapsed stopped more than a year ago, except in what goes on all along without them, such as messages to them.
    """
    lapsed = (population.behaviour[person] == Behaviour.LAPSED) & (not all_along)
    reach = YEARS_S - np.where(lapsed, LAPSED_S, DAY_S)
    day = (NOW_S - YEARS_S + rng.random(len(person)) * reach) // DAY_S * DAY_S
    at: Numbers = day.astype(np.int64) + choose(rng, HOURS, len(person)) * 3600 + rng.integers(0, 3600, len(person))
    return at


def later(rng: np.random.Generator, at: Vector, mean_s: float) -> Numbers:
    """Some time afterwards, never beyond the present."""
    after = at + 20 + rng.exponential(mean_s, len(at)).astype(np.int64)
    return np.asarray(np.minimum(after, NOW_S - 1), dtype=np.int64)


def instants(at_s: Vector, pattern: str = "%Y-%m-%dT%H:%M:%SZ") -> Text:
    """Write instants by a strftime pattern."""
    written: Text = pc.strftime(pa.array(at_s, pa.int64()).cast(pa.timestamp("s")), format=pattern)
    return written


def in_time_order(columns: Columns, at_s: Vector) -> pa.Table:
    """A stream as its system exports it: oldest first."""
    order = pa.array(np.argsort(at_s, kind="stable"))
    return pa.table(
        {name: pa.array(column) if isinstance(column, np.ndarray) else column for name, column in columns.items()}
    ).take(order)
