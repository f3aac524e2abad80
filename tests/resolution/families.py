"""A small seeded table of families whose members share street, family name and telephone, and nothing tells ages."""

import numpy as np
import pyarrow as pa

from tests.resolution.neighbours import FAMILY, GIVEN, STREETS
from tests.resolution.people import table

SLIP = 0.5
Row = dict[str, object]


def families(households: int, seed: int, *, copies: float) -> tuple[pa.Table, list[str]]:
    """Families of one to five, and who is who; within one no given name comes twice.

    Args:
        households: how many.
        seed: of every draw.
        copies: share of people with a second record, each of whose parts is another or missing half of the time.
    """
    draw = np.random.default_rng(seed)
    rows: list[Row] = []
    who: list[str] = []
    for number in range(households):
        home = _home(draw)
        for given in map(str, draw.choice(GIVEN, draw.integers(1, 6), replace=False)):
            person = home | {"given_name": given, "emails": [f"{given}.{home['family_name']}{number}@mail.example"]}
            for copy in range(1 + int(draw.random() < copies)):
                rows.append(_again(person, given, draw) if copy else person)
                who.append(f"{number} {given}")
    return table(*rows), who


def _home(draw: np.random.Generator) -> Row:
    """What a family shares."""
    street = f"{draw.integers(1, 200)} {draw.choice(STREETS)} street"
    return {
        "family_name": str(draw.choice(FAMILY)),
        "addresses": [{"line": street, "postcode": str(draw.integers(10000, 99999))}],
        "phones": [_phone(draw)],
    }


def _again(person: Row, given: str, draw: np.random.Generator) -> Row:
    """A second record: perhaps with a slip in the given name, without e-mail, with another telephone."""
    typed, lost, moved = draw.random(3) < SLIP
    changed: Row = {"given_name": f"{given[:2]}x{given[3:]}"} if typed else {}
    changed |= {"emails": None} if lost else {}
    return person | changed | ({"phones": [_phone(draw)]} if moved else {})


def _phone(draw: np.random.Generator) -> str:
    return f"555{draw.integers(10**6, 10**7)}"
