"""Values that say something of which cleaning makes nothing: an e-mail address without `@`, a 45th in a column of days.

Their rows are kept without them, and they are told. What stands for no value (n/a, 000-0000, none@…) is not, and
neither is what belongs to too many to be anybody's.
"""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Final

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from ingest.clean.contacts import ADDRESS, PHONE, ROLES
from ingest.clean.run import clean_values, coded, decoded, one_chunk
from ingest.clean.text import SMALL_KNOWN, Recipe, listed
from ingest.people.plan import Plan
from ingest.stage import rejected_rows

NO_SEX: Final = ("u", "n", "a", "0", "9", "-1", "na")
"""How lists of codes say that the sex is not known, or does not apply."""
FILLER: Final = "regexp_replace(t, '[09]+', '', 'g') IN ('', '-', '.')"
"""Whether nothing but 0 and 9 is there, as where a number is not known."""
NO_EMAIL: Final[Recipe] = (
    *SMALL_KNOWN,
    ("c", f"t NOT IN ({listed(ROLES)}) AND regexp_extract(t, '{ADDRESS}', 1) = ''"),
)
NO_PHONE: Final[Recipe] = (
    *PHONE[: [name for name, _ in PHONE].index("d") + 1],
    ("c", "unless_unknown(w) IS NOT NULL AND len(d) NOT BETWEEN 6 AND 15 AND (d = '' OR NOT is_filler(d))"),
)
NO_CODE: Final[Recipe] = (*SMALL_KNOWN, ("c", f"t NOT IN ({listed(NO_SEX)})"))
NO_AMOUNT: Final[Recipe] = (*SMALL_KNOWN, ("c", f"t IS NOT NULL AND NOT {FILLER}"))
"""Each says of a text that cleaning leaves nothing of whether it says something all the same."""
REASONS: Final = {
    "email": "No e-mail address: the record is kept without it.",
    "phone": "No telephone number: the record is kept without it.",
    "sex": "No sex that is known: the record is kept without it.",
    "age": "No age from 0 to 120: the record is kept without it.",
    "birth_day": "No day of a month: the record is kept without it.",
    "birth_month": "No month: the record is kept without it.",
    "birth_year": "No year of birth: the record is kept without it.",
}
UNREADABLE: Final = frozenset(REASONS.values())


def unreadable(
    database: duckdb.DuckDBPyConnection, rows: pa.Table, values: pa.Table, plan: Plan, *, source: str
) -> list[pa.Table]:
    """Tell the values that could not be read.

    Args:
        database: a cleaner.
        rows: as staged.
        values: as `clean_columns` gives them, in the order of the rows.
        plan: what the columns are.
        source: its name.

    Returns:
        The rejects of the rows, which are kept. Cost: O(rows), and a look at each distinct value that was lost.
    """
    told: list[pa.Table] = []
    for role, column, recipe, reason in _looked_at(plan):
        raw = one_chunk(rows.column(column))
        empty = pc.is_null(decoded(values.column(role)))
        lost = rows.filter(pc.and_(empty, pc.fill_null(pc.not_equal(raw, ""), False)))
        if not lost.num_rows:
            continue
        says = decoded(coded(lost.column(column), partial(clean_values, database, recipe=recipe)))
        told.append(rejected_rows(source, lost.filter(pc.fill_null(says, False)), column, reason, kept=True))
    return told


def _looked_at(plan: Plan) -> Iterator[tuple[str, str, Recipe, str]]:
    """For each cleaned role its column, what says whether a text says something, and why it is told."""
    groups: tuple[tuple[str, Sequence[str], Recipe], ...] = (
        ("email", plan.emails, NO_EMAIL),
        ("phone", plan.phones, NO_PHONE),
        ("sex", plan.sex, NO_CODE),
        ("age", plan.age, NO_AMOUNT),
    )
    for kind, columns, recipe in groups:
        for number, column in enumerate(columns):
            yield f"{kind}{number}", column, recipe, REASONS[kind]
    for part, name in zip(("birth_day", "birth_month", "birth_year"), plan.birth_parts, strict=True):
        if name is not None:
            yield part, name, NO_AMOUNT, REASONS[part]
