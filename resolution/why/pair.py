"""A pair's explanation as rows and as a sentence."""

from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from core.errors import MissingError
from resolution.contract import ScoredPairs
from resolution.why.contract import Contribution, PairWhy
from resolution.why.values import NO_FIELD, value_words

LEAST_SAID: Final = 0.05
"""Bits that a sentence mentions; less is noise."""
MOST_NAMED: Final = 4
"""Fields that a sentence names for one person, and against; the others it tells together."""
ELSE: Final = "next to nothing"
LINKED: Final = " They are linked all the same: beside all other pairs of these records this one was good enough."
"""Of a pair that stands among the links although it is below even odds by itself."""


def from_links(links: pa.Table, *, first: str = "", second: str = "") -> tuple[PairWhy, ...]:
    """Read explanations out of rows of the links table.

    Args:
        links: rows in the schema of LINKS, as many as a person can look at.
        first: a record id; with `second`, only that pair is given.
        second: another record id.

    Raises:
        MissingError: the pair that was asked for is not among the links.
    """
    if first:
        left, right = sorted((first, second))
        links = links.filter(pc.and_(pc.equal(links["left"], left), pc.equal(links["right"], right)))
        if not links.num_rows:
            raise MissingError("These two records have no link.", remedy="Score the pair with the model instead.")
    return tuple(
        PairWhy(
            left=row["left"],
            right=row["right"],
            probability=row["probability"],
            weight_bits=row["weight_bits"],
            contributions=tuple(Contribution(**each) for each in row["contributions"]),
            rule=row["blocking_rule"],
            origin=row["origin"],
        )
        for row in links.to_pylist()
    )


def from_score(left: str, right: str, scored: ScoredPairs, place: int = 0) -> PairWhy:
    """Read one explanation out of pairs that were scored on request."""
    return PairWhy(
        left=left,
        right=right,
        probability=float(scored.probability[place]),
        weight_bits=float(scored.bits[place]),
        contributions=tuple(Contribution(**each) for each in scored.contributions[place].as_py()),
    )


def as_rows(why: PairWhy) -> tuple[tuple[str, str, float, float], ...]:
    """Rows of a waterfall: field, level, bits, sum so far. The prior comes first; the total is not among them."""
    rows: list[tuple[str, str, float, float]] = []
    total = 0.0
    for each in sorted(why.contributions, key=lambda each: each.field != "prior"):
        total += each.bits
        rows.append((each.field, each.level, each.bits, total))
    return tuple(rows)


def as_sentence(why: PairWhy) -> str:
    """Say it in one or two sentences, the strongest evidence for the verdict first; its bits add up to the verdict."""
    pro, contra = (_listed(why, sign) for sign in (1, -1))
    said = f"{why.left} and {why.right} are {_likelihood(why.probability)} one person"
    said += f" ({why.probability:.1%}, {signed(why.weight_bits)} bits)"
    if why.probability >= 0.5:
        return f"{said} because of {pro or ELSE}" + (f"; against it: {contra}." if contra else ".")
    too_little = f"; for it: {pro}, which is too little by itself." if pro else "."
    return f"{said} because of {contra or ELSE}{too_little}{LINKED if why.rule else ''}"


def _likelihood(probability: float) -> str:
    if probability >= 0.99:
        return "almost certainly"
    if probability >= 0.8:
        return "probably"
    return "perhaps" if probability >= 0.2 else "probably not"


def _listed(why: PairWhy, sign: int) -> str:
    """What speaks for one person, or against with a sign of -1: the strongest fields, the others together, the rest."""
    said = [each for each in why.contributions if sign * each.bits >= LEAST_SAID]
    fields = sorted((each for each in said if each.field not in NO_FIELD), key=lambda each: -abs(each.bits))
    words = [f"{plain(each.field)} ({_said(each, why.records)}, {signed(each.bits)})" for each in fields[:MOST_NAMED]]
    others = fields[MOST_NAMED:]
    if others:
        count = "1 other field" if len(others) == 1 else f"{len(others)} other fields"
        words.append(f"{count} ({signed(sum(each.bits for each in others))})")
    words += [f"{_beside(each)} ({signed(each.bits)})" for each in said if each.field in NO_FIELD]
    return ", ".join(words)


def _beside(contribution: Contribution) -> str:
    """What is no field, in words that stand after "because of"."""
    if contribution.field == "household":
        return "what relatives of one household would share too"
    return f"how {'few' if contribution.bits < 0 else 'many'} pairs of records are one person"


def _said(contribution: Contribution, records: int) -> str:
    """The level, with the values and how usual they are where they were asked for."""
    values, held = value_words(contribution, records)
    return contribution.level + (f": {values}" if values else "") + (f", in {held} records" if held else "")


def signed(bits: float) -> str:
    """Bits with their sign to one digit; what rounds to nothing has no sign."""
    return f"{bits:+.1f}" if abs(bits) >= 0.05 else "0.0"


def plain(field: str) -> str:
    """A field's name for people: birth_date → birth date, identifier:ssn → ssn."""
    return field.rpartition(":")[2].replace("_", " ")
