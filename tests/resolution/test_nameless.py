"""Tables without names and births: whoever shares a number, a telephone or an e-mail is one person."""

from collections.abc import Mapping

import numpy as np
import pytest

from resolution import Resolution, ResolutionSettings, resolve
from tests.resolution.people import identifier, pairwise_f1, table

Row = Mapping[str, object]


def found(rows: list[Row], who: list[int]) -> tuple[Resolution, float]:
    """What resolution makes of rows, and its F1."""
    made = resolve(table(*rows), ResolutionSettings())
    return made, pairwise_f1(made.clusters, [str(one) for one in who])


def comers(people: int, again: float, seed: int = 1) -> list[int]:
    """Somebody of each row: all once, and a share of them once more."""
    draw = np.random.default_rng(seed)
    return [*range(people), *draw.permutation(people)[: int(again * people)].tolist()]


def email(one: int) -> list[str]:
    """Somebody's own address."""
    return [f"user{one * 7919 % 1_000_003}@mail{one % 5}.example"]


@pytest.mark.parametrize("people", [300, 30_000])
@pytest.mark.parametrize("again", [0.02, 0.6])
def test_an_email_alone_says_who_somebody_is(people: int, again: float) -> None:
    """However many rows there are, and however few come again; and the report says that it rests on that alone."""
    who = comers(people, again)
    made, f1 = found([{"emails": email(one)} for one in who], who)
    assert f1 > 0.99
    assert made.report.estimated_matches == pytest.approx(len(who) - people, rel=0.1, abs=5)
    assert any("No names and no births" in note for note in made.report.notes)


def test_orders_of_a_customer_are_found_by_his_number() -> None:
    """Whether he has one or fifty of them; sex and town beside it are no evidence of their own."""
    draw = np.random.default_rng(2)
    who = [one for one in range(4000) for _ in range(1 if one % 100 else 50)]
    rows: list[Row] = [
        {"identifiers": identifier("customer", f"C{one * 7919 % 1_000_003}"), "sex": "MF"[int(draw.integers(2))]}
        for one in who
    ]
    assert found(rows, who)[1] > 0.99


def test_what_thousands_share_makes_nobody_one_person() -> None:
    """A number that half the rows hold is a shop's, or stands for none."""
    rows: list[Row] = [
        {"identifiers": identifier("card", "100" if one % 2 else f"C{one * 7919 % 1_000_003}")} for one in range(8000)
    ]
    assert np.bincount(resolve(table(*rows), ResolutionSettings()).clusters).max() < 100


def test_names_of_some_rows_tell_what_an_email_says_of_the_others() -> None:
    """Where half of the rows have no name, they are found by the e-mail; people of one mailbox stay two."""
    draw = np.random.default_rng(3)
    people, names = 20_000, [f"{a}{b}{c}" for a in "BDFGKLMN" for b in "aeiou" for c in ("ra", "lo", "mi", "ne", "tus")]
    own = [names[int(at)] for at in draw.integers(0, len(names), people)]
    who = comers(people, 0.5)
    rows: list[Row] = [{"emails": email(one), "given_name": own[one] if draw.random() < 0.5 else None} for one in who]
    made, f1 = found(rows, who)
    assert f1 > 0.97
    couples: list[Row] = [
        {"emails": email(-one), "given_name": name} for one in range(1, 200) for name in ("Adam", "Berta")
    ]
    made, _ = found([*rows, *couples], [*who, *range(people, people + len(couples))])
    theirs = made.clusters[len(rows) :].reshape(-1, 2)
    assert (theirs[:, 0] != theirs[:, 1]).mean() > 0.95


@pytest.mark.parametrize("household", [2, 3, 30])
def test_who_has_another_email_is_another_person(household: int) -> None:
    """However many share a telephone; somebody with one e-mail may have several telephones."""
    rows: list[Row] = [{"emails": email(one), "phones": [f"555{one // household:07}"]} for one in range(3000)]
    again: list[Row] = [{"emails": email(one), "phones": [f"556{one:07}"]} for one in range(500)]
    made, f1 = found([*rows, *again], [*range(3000), *range(500)])
    assert f1 > 0.99
    assert len(np.unique(made.clusters)) == 3000


def test_few_rows_beside_many_are_linked_by_what_two_rows_have() -> None:
    """Where only links between files count, the number of rows is still that of both."""
    many: list[Row] = [{"source": "b", "emails": email(one)} for one in range(8000)]
    few: list[Row] = [{"source": "a", "emails": email(one)} for one in range(12)]
    made = resolve(table(*few, *many), ResolutionSettings(link_only=True))
    assert made.clusters[:12].tolist() == made.clusters[12:24].tolist()
