"""Hungarian wives are called by their husbands' names, and are somebody else."""

import pyarrow as pa

from resolution.encode import encode
from resolution.encode.wives import LEAST_WIVES, apart_from_husbands
from tests.resolution.people import table

HUSBANDS = (
    "andras",
    "bela",
    "geza",
    "imre",
    "istvan",
    "janos",
    "jozsef",
    "karoly",
    "lajos",
    "laszlo",
    "matyas",
    "zoltan",
)
TOKENS = pa.array([*HUSBANDS, *(f"{name}ne" for name in HUSBANDS), "irene", "anne", "kovacs", "kovacsne"])
FIRST = pa.array(HUSBANDS)
FRENCH = ("lucien", "lucienne", "yvon", "yvonne", "jean", "jeanne", "fabien", "fabienne", "adrien", "adrienne", "marie")
WIVES = pa.array([f"{name}né" for name in HUSBANDS])


def test_a_wife_is_unlike_her_husband_and_like_other_spellings_of_herself() -> None:
    """Her name is written so that no slip of the pen leads to his; a name by itself and a family's stay as they are."""
    found = dict(zip(TOKENS.to_pylist(), apart_from_husbands(TOKENS, WIVES, FIRST).to_pylist(), strict=True))
    assert found["laszlo"] == "laszlo"
    assert found["laszlone"] == "olzsalne"
    assert found["irene"] == "irene"
    assert found["kovacsne"] == "kovacsne"
    assert found["anne"] == "anne"
    assert len(set(found.values())) == len(found)


def test_without_such_names_nothing_changes() -> None:
    """Lucien and Lucienne, Yvon and Yvonne stay as they are where no name is written with the ending."""
    tokens = pa.array([*FRENCH, "daphne"])
    assert apart_from_husbands(tokens, pa.array([f"daphné {name}" for name in FRENCH]), tokens).equals(tokens)
    assert apart_from_husbands(TOKENS, WIVES.slice(0, LEAST_WIVES - 1), FIRST).equals(TOKENS)


def test_wives_and_husbands_hold_other_tokens() -> None:
    """What is coded of them differs, though a family has his name, and of two records of one wife it is the same."""
    rows = [{"given_name": f"{name}né", "family_name": "kis"} for name in HUSBANDS]
    rows += [{"given_name": name, "family_name": "nagy"} for name in (*HUSBANDS, "László")]
    rows.append({"given_name": "anna", "family_name": "lászló"})
    found = encode(
        table(*rows, {"given_name": "lászlóné", "family_name": "kis"}, {"given_name": "László", "family_name": "kis"})
    )
    (wife, again, husband) = (found.codes.token[place, 0] for place in (9, len(rows), len(rows) + 1))
    assert wife == again
    assert wife != husband
