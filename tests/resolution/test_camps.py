"""Two clusters, each of a given name that the other has nowhere, are not taken for one person."""

import numpy as np
import pyarrow as pa
import pytest

from resolution import MatchModel, ResolutionSettings
from resolution.blocking import build_blocks
from resolution.clustering import camps as kernels
from resolution.clustering import pooling
from resolution.clustering.pooling import CAMP_BITS, MOST_CAMP, Known, Pooling, Table, room
from resolution.encode import encode
from resolution.model import model_weights, train
from tests.resolution.parts import whole
from tests.resolution.people import febrl_people

MOST = MOST_CAMP + 3
camps, evidence = whole(kernels.camps), whole(pooling.evidence)


def named(*names: str) -> pa.Table:
    """A record of each whole name, the first word of which is given."""
    given, family = ([name.split()[side] for name in names] for side in (0, 1))
    ids = [f"a:{number:03}" for number in range(len(names))]
    source = ["a"] * len(names)
    return pa.table({"record_id": ids, "source": source, "given_name": given, "family_name": family})


@pytest.mark.parametrize(
    ("few", "many", "size"),
    [
        (["rafiq sarkar"] * 3, ["rahim sarkar"] * 4, 3),
        (["rafiq sarkar"] * 3, ["rahim sarkar"] * 3 + ["rafiq sarkar"], 0),
        (["rafiq sarkar"] * 3, ["sarkar rafiq"] * 4, 0),
        (["rafiq sarkar", "nasir sarkar"] * 2, ["rahim sarkar"] * 4, 0),
        (["r sarkar"] * 3, ["rahim sarkar"] * 4, 0),
        (["rafiq sarkar"], ["rahim sarkar"] * 4, 1),
    ],
)
def test_camps_have_a_name_each(few: list[str], many: list[str], size: int) -> None:
    """The smaller camp counts; a name that the other has in any place, several names and initials make none."""
    codes = encode(named(*few, *many)).codes
    rows = np.arange(len(few) + len(many), dtype=np.int32)
    assert camps(codes, rows[: len(few)], rows[len(few) :]) == size


@pytest.fixture(scope="module")
def model() -> MatchModel:
    """What Febrl people teach."""
    encoded = encode(febrl_people(300))
    return train(encoded, build_blocks(encoded, 20), ResolutionSettings())


def bits(model: MatchModel, each: int, *births: str) -> float:
    """The evidence between so many records of each of two brothers, in a table where their births are rare."""
    records = named(*["rafiq sarkar"] * MOST, *["imran sarkar"] * MOST)
    born = [birth for birth in births for _ in range(MOST)]
    records = records.append_column("birth_date", pa.array(born))
    encoded = encode(pa.concat_tables([records, febrl_people(300)], promote_options="default"))
    table = Table(encoded.codes, model_weights(model, encoded), Pooling(20.0, 0.5), Pooling(60.0, 0.5))
    few, many = (np.arange(first, first + each, dtype=np.int32) for first in (0, MOST))
    return evidence(table, few, many, Known(few, False), room(table.weights.says.shape[1]))


def test_the_more_often_each_name_comes_the_less_they_are_one(model: MatchModel) -> None:
    """Each record of the smaller camp speaks against it, up to MOST_CAMP of them; of one birth none does."""
    two, of_one_day = bits(model, 2, "1962", "1964"), bits(model, 2, "1962-03-04", "1962-03-04")
    for each in (3, MOST_CAMP, MOST):
        against = CAMP_BITS * (min(each, MOST_CAMP) - 2)
        assert bits(model, each, "1962", "1964") == pytest.approx(two - against, abs=0.01)
        assert bits(model, each, "1962-03-04", "1962-03-04") == pytest.approx(of_one_day, abs=0.01)
