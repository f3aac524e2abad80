"""People who stand in a table many times, in rows that differ, count as one and are found whole."""

from collections.abc import Iterator, Mapping

import numpy as np
import pyarrow as pa
import pytest
from numpy.typing import NDArray

from resolution import ResolutionSettings, resolve
from resolution.copies import encode_once
from resolution.crowds import LEAST, counted_by_people, row_weights
from resolution.encode import encode
from resolution.encode.codes import Encoded
from resolution.model.strangers import RANDOM_PAIRS, random_pairs
from tests.resolution.people import pairwise_f1, table

SYLLABLES = ("ba", "cor", "del", "fen", "gar", "hol", "jan", "kes", "lor", "mon", "nev", "pol", "ras", "tem", "vik")
Row = Mapping[str, object]


def word(draw: np.random.Generator) -> str:
    """A made-up name."""
    return "".join(draw.choice(SYLLABLES, 3))


def customer(draw: np.random.Generator) -> Row:
    """Somebody with a name, a town, a telephone and a birthday."""
    return {
        "given_name": word(draw),
        "family_name": word(draw),
        "addresses": [{"city": f"{word(draw)} {draw.integers(40)}"}],
        "phones": [f"555{draw.integers(10**7):07}"],
        "birth_date": f"{draw.integers(1940, 2005)}-{draw.integers(1, 13):02}-{draw.integers(1, 28):02}",
    }


def orders(people: int, rows: int, seed: int) -> Iterator[tuple[str, Row]]:
    """Orders of customers, some of whom have hundreds, each of some goods, often without town, phone or birthday."""
    draw = np.random.default_rng(seed)
    known = [customer(draw) for _ in range(people)]
    often = 1 / (np.arange(people) + 3)
    for who in draw.choice(people, rows, p=often / often.sum()):
        row: dict[str, object] = {**known[who], "categories": [("goods", str(draw.integers(6)))]}
        for name, share in (("addresses", 0.15), ("phones", 0.35), ("birth_date", 0.2)):
            if draw.random() < share:
                row[name] = None
        yield str(who), row


def weights_of(*rows: Row) -> NDArray[np.float64]:
    """What each row of a table counts for, in the order of its rows."""
    encoded = encode(table(*rows))
    weight = np.empty(len(rows))
    weight[encoded.order] = row_weights(encoded)
    return weight


def coded(records: pa.Table) -> Encoded:
    """A coded table as resolution sees it."""
    return encode_once(records, np.zeros(records.num_rows, np.bool_))[0]


def strangers(count: int, seed: int = 1) -> list[Row]:
    """As many rows of as many people."""
    draw = np.random.default_rng(seed)
    return [customer(draw) for _ in range(count)]


@pytest.mark.parametrize("shared", ["birth_date", "phones", "addresses"])
def test_rows_of_one_name_that_share_something_telling_count_as_one(shared: str) -> None:
    """Thirty rows of one name and one birthday, telephone or town weigh as much as one; the others one each."""
    one, *others = strangers(60)
    own = {name: one[name] for name in ("given_name", "family_name", shared)}
    weight = weights_of(*others, *[{**own, "categories": [("goods", str(number))]} for number in range(30)])
    assert weight[: len(others)].tolist() == [1.0] * len(others)
    assert weight[len(others) :].sum() == pytest.approx(1)


def test_a_common_name_in_the_town_of_all_is_no_crowd() -> None:
    """Where nearly everybody lives in one town, forty rows of its commonest name are not taken for one person."""
    town = [{"city": "Springfield"}]
    others: list[Row] = [{**one, "addresses": town} for one in strangers(300)]
    commons: list[Row] = [{"given_name": "mary", "family_name": "smith", "addresses": town}] * 40
    assert weights_of(*others, *commons).tolist() == [1.0] * 340


def test_namesakes_of_one_village_are_no_crowd() -> None:
    """Where names and towns go together, fourteen of one name are told from one person by their years of birth."""
    draw = np.random.default_rng(7)
    rows: list[Row] = [*strangers(400)]
    for name in range(12):
        own = {
            "given_name": f"mary{name}",
            "family_name": f"smith{name}",
            "addresses": [{"city": f"village {name % 3}"}],
        }
        rows += [{**own, "birth_date": str(draw.integers(1940, 2005))} for _ in range(14)]
    assert set(weights_of(*rows).tolist()) == {1.0}


def test_weighed_pairs_take_bounded_room() -> None:
    """Ten people in a hundred thousand rows are drawn like any others: as many pairs, and each row as it weighs."""
    weight = np.full(100_000, 1e-4)
    left, right = random_pairs(len(weight), np.random.default_rng(1), weight)
    assert RANDOM_PAIRS * 0.99 < len(left) == len(right) <= RANDOM_PAIRS
    assert (left != right).all()
    heavy = np.append(np.full(1000, 1e-3), 1.0)
    _, right = random_pairs(len(heavy), np.random.default_rng(1), heavy)
    assert (right == 1000).mean() == pytest.approx(1 / 3, abs=0.05)


def test_fewer_rows_are_no_crowd() -> None:
    """One row less than it takes, and all count."""
    one, *others = strangers(60)
    assert set(weights_of(*others, *[one] * (LEAST - 1)).tolist()) == {1.0}


def test_nothing_changes_where_nobody_stands_often() -> None:
    """Without crowds there are no weights, and rarity is what it was."""
    encoded = encode(table(*strangers(80)))
    assert encoded.weight is None
    assert counted_by_people(encoded) is encoded


def test_hardly_any_rows_in_crowds_change_nothing() -> None:
    """One customer with ten orders among two thousand people makes no value look common."""
    one, *others = strangers(2000)
    again = [{**one, "categories": [("goods", str(row))]} for row in range(LEAST)]
    assert coded(table(*others, *again)).weight is None


def test_a_name_is_as_rare_as_the_people_who_have_it() -> None:
    """Somebody with five hundred orders makes his name, town, telephone and birthday hardly commoner than with one."""
    one, *others = strangers(300)
    many = coded(table(*others, *[{**one, "categories": [("goods", str(row))]} for row in range(500)]))
    once = coded(table(*others, one))
    for encoded in (many, once):
        assert (encoded.weight is None) == (encoded is once)
    own, alone = many.codes, once.codes
    for column in (0, 1):
        assert own.rarity[own.token[-1, column]] == pytest.approx(alone.rarity[alone.token[-1, column]], abs=2.5)
    assert own.date_rarity[-1] == pytest.approx(alone.date_rarity[-1], abs=1.5)


def test_people_with_hundreds_of_orders_are_found_whole() -> None:
    """Sixty customers with three thousand orders between them are about sixty entities, the largest nearly whole."""
    label, rows = zip(*orders(60, 3000, 4), strict=True)
    found = resolve(table(*rows), ResolutionSettings())
    assert pairwise_f1(found.clusters, label) > 0.98
    assert len(set(found.clusters.tolist())) < 2 * len(set(label))


def test_crowds_do_not_depend_on_the_order_of_rows() -> None:
    """Shuffled orders give the same model and the same partition."""
    _, rows = zip(*orders(20, 600, 5), strict=True)
    records = table(*rows)
    order = np.random.default_rng(6).permutation(records.num_rows)
    found, again = resolve(records, ResolutionSettings()), resolve(records.take(pa.array(order)), ResolutionSettings())
    assert again.model == found.model
    assert (again.clusters == found.clusters[order]).all()
