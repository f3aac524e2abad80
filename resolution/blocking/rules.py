"""The blocking rules: pairs of atoms of a record that two records of one person may share.

No rule is chosen or tuned for a table. All are pooled, and one cap on block size keeps the budget; a rule whose atoms a
table lacks makes no blocks.
"""

from dataclasses import dataclass
from typing import Final, Literal

Atom = Literal[
    "one",
    "token",
    "sound",
    "family_sound",
    "start",
    "initial",
    "date",
    "loose_date",
    "year",
    "month_day",
    "year_month",
    "postcode",
    "district",
    "city",
    "address",
    "street",
    "number",
    "value",
    "half",
    "user",
    "category",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Records block together when they share both atoms; the same atom twice means two different values of it."""

    left: Atom
    right: Atom

    @property
    def name(self) -> str:
        """Such as "token + year"; one atom alone has just its name."""
        return self.left if self.right == "one" else f"{self.left} + {self.right}"


def _rules(left: Atom, *rights: Atom) -> tuple[Rule, ...]:
    return tuple(Rule(left=left, right=right) for right in rights)


RULES: Final[tuple[Rule, ...]] = (
    *_rules("value", "one", "token", "initial"),
    *_rules(
        "token",
        "loose_date",
        "token",
        "one",
        "year",
        "month_day",
        "postcode",
        "city",
        "district",
        "address",
        "street",
        "category",
    ),
    *_rules("sound", "sound", "year", "month_day", "postcode", "city", "district", "address", "number"),
    *_rules("start", "year_month", "postcode", "city", "address", "half"),
    *_rules("initial", "family_sound", "date", "address"),
    *_rules("date", "one"),
    *_rules("postcode", "one", "year", "month_day", "number"),
    *_rules("city", "year", "month_day"),
    *_rules("address", "one", "year"),
    *_rules("half", "year"),
    *_rules("user", "one"),
    *_rules("category", "year"),
)
