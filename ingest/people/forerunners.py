"""First names that many bear and hardly anybody is called by: Md Faruk, Mohd Faizal, Ma. Teresa.

Where they are written short, brothers and sisters have them in common and differ in the name behind them, which is the
given name then. Short and long forms of one person stand side by side in such tables: both are taken so. In others,
where Mohammed is the name and what follows the father's, nothing is moved.
"""

from dataclasses import replace
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from ingest.clean.run import encode
from ingest.people.plan import Plan

SHORT: Final = ("md", "mohd", "muhd", "mhd", "mst", "mosa")
FORERUNNERS: Final = (
    (
        "|".join(SHORT),
        (
            *SHORT, "muhammad", "mohammad", "mohammed", "mohamad", "mohamed", "muhammed", "muhamad", "mohamud",
            "mosammat", "mosammad", "musammat", "mossammat",
        ),
    ),
    (r"ma\.", ("ma", "maria", "maría")),
)  # fmt: skip
"""How they are written short, and all their forms; Ma without a point is a Chinese family."""
OFTEN: Final = 0.01
"""Share of the different names of a column that begin with a short form, from which it is one."""
SEVERAL: Final = 5
"""Different names behind it: behind a doctor's degree stand others, or none."""


def with_forerunners(plan: Plan, table: pa.Table) -> Plan:
    """The plan with the first names behind which the given name stands.

    Args:
        plan: what the columns are.
        table: columns of text.

    Cost: one pass over the distinct names for each line of FORERUNNERS.
    """
    names = [encode(table.column(name)).dictionary.cast(pa.string()) for name in (*plan.given, *plan.full)]
    found = [forms for short, forms in FORERUNNERS if any(_begin(texts, short) for texts in names)]
    return replace(plan, forerunners=frozenset(word for forms in found for word in forms))


def _begin(names: pa.Array, short: str) -> bool:
    """Whether many names begin with a short form, or go on so behind a comma, before several names."""
    pattern = rf"^(?:[^,]*,)?\s*(?:{short})[. ]+(?P<behind>\pL{{2,}})"
    behind = pc.struct_field(pc.extract_regex(pc.utf8_lower(names), pattern), "behind").drop_null()
    return len(behind) >= OFTEN * len(names) and len(behind.unique()) >= SEVERAL
