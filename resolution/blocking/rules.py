"""The blocking rules: pairs of atoms of a record that two records of one person may share.

No rule is chosen or tuned for a table. All are pooled, and one cap on block size keeps the budget; a rule whose atoms a
table lacks makes no blocks. A user's own rules join them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from core.errors import BadInputError

Atom = Literal[
    "one",
    "token",
    "sound",
    "family_sound",
    "start",
    "end",
    "initial",
    "date",
    "loose_date",
    "known_date",
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
    "given",
    "family",
    "email",
    "phone",
    "identifier",
]
Cut = Literal["", "sliding", "chained"]
KIND: Final[Mapping[Atom, str]] = {
    "token": "name",
    "sound": "name",
    "family_sound": "name",
    "start": "name",
    "end": "name",
    "initial": "name",
    "given": "name",
    "family": "name",
    "date": "date",
    "loose_date": "date",
    "known_date": "date",
    "year": "date",
    "month_day": "date",
    "year_month": "date",
    "postcode": "place",
    "district": "place",
    "city": "place",
    "address": "place",
    "street": "place",
    "number": "place",
    "value": "value",
    "half": "value",
    "user": "value",
    "category": "value",
    "email": "value",
    "phone": "value",
    "identifier": "value",
}
"""What an atom reads; "one" reads nothing."""
OWN: Final[Mapping[str, Atom]] = {
    "given_name": "given",
    "first_name": "given",
    "family_name": "family",
    "last_name": "family",
    "name": "token",
    "name_sound": "sound",
    "name_start": "start",
    "birth_date": "known_date",
    "birth_year": "year",
    "postcode": "postcode",
    "city": "city",
    "street": "street",
    "address": "address",
    "email": "email",
    "phone": "phone",
    "identifier": "identifier",
}
"""What a user's own rules may name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Records block together when they share all atoms; the same atom twice means two different values of it.

    Attributes:
        left: an atom.
        right: another, or "one" for no other.
        more: further atoms of a user's rule.
        own: how the user wrote the rule; empty for the automatic ones.
        cut: how blocks too large to be compared whole are cut: into windows of like records ("sliding"), or into a
            chain in which each record meets the next two ("chained"); without it they are left to finer rules.
    """

    left: Atom
    right: Atom
    more: tuple[Atom, ...] = ()
    own: str = ""
    cut: Cut = ""

    @property
    def name(self) -> str:
        """Such as "token + year"; one atom alone has just its name."""
        keys = self.own or (self.left if self.right == "one" else f"{self.left} + {self.right}")
        return f"{keys}, {self.cut}" if self.cut else keys


def _rules(left: Atom, *rights: Atom) -> tuple[Rule, ...]:
    return tuple(Rule(left=left, right=right) for right in rights)


RULES: Final[tuple[Rule, ...]] = (
    *_rules("value", "one", "token", "initial"),
    *_rules(
        "token",
        "loose_date",
        "token",
        "start",
        "end",
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

TELLING: Final = (("value", "one"), ("token", "loose_date"), ("token", "token"), ("token", "address"))
"""Rules so telling that an over-full block may be one person's: copies of one record a hundredfold."""


def family(rule: Rule) -> str:
    """The kinds of evidence that a rule reads, such as "date name"."""
    return " ".join(sorted({KIND[atom] for atom in (rule.left, rule.right, *rule.more) if atom in KIND}))


def with_cut(rules: Sequence[Rule]) -> tuple[Rule, ...]:
    """All rules, and after them those whose large blocks are cut, into windows and into chains."""
    telling = [rule for rule in rules if rule.own or (rule.left, rule.right) in TELLING]
    cuts: tuple[Cut, ...] = ("sliding", "chained")
    return (*rules, *(replace(rule, cut=cut) for rule in telling for cut in cuts))


def blocking_rules(own: Sequence[Sequence[str]], *, automatic: bool = True) -> tuple[Rule, ...]:
    """The rules to block by.

    Args:
        own: a user's rules: for each, the fields that records must share.
        automatic: whether the automatic rules come first.

    Raises:
        BadInputError: a rule is empty or names what cannot be blocked on, or there is no rule at all.
    """
    if not (automatic or own):
        raise BadInputError(
            "There is no blocking rule: no two records would be compared.",
            remedy="Name rules of your own, or leave the automatic ones on.",
            key="resolution.automatic_blocking",
        )
    for fields in own:
        unknown = next((field for field in fields if field not in OWN), None)
        if unknown is not None or not fields:
            raise BadInputError(
                f"A blocking rule names '{unknown}'." if unknown is not None else "A blocking rule names no field.",
                remedy=f"Rules may name: {', '.join(OWN)}.",
                key="resolution.blocking",
            )
    return (*(RULES if automatic else ()), *(_own(tuple(dict.fromkeys(fields))) for fields in own))


def _own(fields: tuple[str, ...]) -> Rule:
    atoms: tuple[Atom, ...] = tuple([OWN[field] for field in fields])
    return Rule(left=atoms[0], right=atoms[1] if len(atoms) > 1 else "one", more=atoms[2:], own=" + ".join(fields))
