"""Estimates from a reviewed sample are right on average, their intervals hold the truth as often as they say."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import BadInputError
from resolution.contract import ResolutionSettings
from resolution.evaluation import (
    Estimate,
    Sample,
    Stratum,
    draw_sample,
    estimates,
    read_reviewed,
    weigh_candidates,
    write_sample,
)
from resolution.evaluation.estimate import stratum_share, total
from resolution.evaluation.sample import share_out
from resolution.pipeline import resolve
from tests.resolution.people import febrl_people, table

SIZES = (20_000, 3_000, 500, 300, 2_000, 20_000)


def stratum(pairs: int, *, together: bool = True, reviewed: int = 0, matches: int = 0) -> Stratum:
    """A stratum of so many pairs."""
    return Stratum(name="s", together=together, pairs=pairs, expected=pairs / 2, reviewed=reviewed, matches=matches)


def test_the_interval_of_one_stratum_is_wilsons() -> None:
    """8 of 10 in a practically endless stratum: 0.490 to 0.943, as in the tables."""
    found = stratum_share(stratum(10**12, reviewed=10, matches=8))
    assert (found.low, found.high) == pytest.approx((0.4902, 0.9433), abs=1e-4)


def test_a_stratum_seen_whole_leaves_no_doubt() -> None:
    """All reviewed: the share itself; none reviewed: the model's word, and no bound."""
    assert stratum_share(stratum(4, reviewed=4, matches=3)) == Estimate(value=0.75, low=0.75, high=0.75)
    assert stratum_share(stratum(4)) == Estimate(value=0.5, low=0, high=1)


def test_estimates_are_those_worked_out_by_hand() -> None:
    """90 of 100 pairs together and 30 of 50 apart are one person, all seen: precision 0.9, recall 0.75."""
    strata = (
        stratum(100, reviewed=100, matches=90),
        stratum(50, together=False, reviewed=50, matches=30),
    )
    found = estimates(strata)
    assert (found.precision.value, found.recall.value, found.f1.value) == pytest.approx((0.9, 0.75, 180 / 220))
    assert (found.recall.low, found.recall.high) == pytest.approx((0.75, 0.75))
    assert total(strata).value == 120


@pytest.mark.parametrize(
    ("shares", "reviewed"),
    [
        ((0.999, 0.95, 0.7, 0.5, 0.2, 0.01), (20,) * 6),
        ((0.99, 0.8, 0.4, 0.2, 0.05, 0.002), (60, 40, 20, 20, 40, 60)),
        ((0.97, 0.9, 0.5, 0.4, 0.3, 0.05), (10,) * 6),
        ((0.999, 0.95, 0.7, 0.5, 0.2, 0.01), (200,) * 6),
    ],
)
def test_intervals_hold_the_truth_as_often_as_they_say(shares: tuple[float, ...], reviewed: tuple[int, ...]) -> None:
    """Of a thousand samples of a known table, at least 900 intervals hold each figure, and the means are right."""
    random = np.random.default_rng(1)
    true = [round(size * part) for size, part in zip(SIZES, shares, strict=True)]
    right, missed, put = sum(true[:3]), sum(true[3:]), sum(SIZES[:3])
    truth = {"precision": right / put, "recall": right / (right + missed), "f1": 2 * right / (put + right + missed)}
    found = [
        estimates(
            [
                stratum(
                    size,
                    together=place < 3,
                    reviewed=seen,
                    matches=int(random.hypergeometric(m, size - m, seen)),
                )
                for place, (size, m, seen) in enumerate(zip(SIZES, true, reviewed, strict=True))
            ]
        )
        for _ in range(1000)
    ]
    for name, value in truth.items():
        parts: list[Estimate] = [getattr(each, name) for each in found]
        assert sum(part.low <= value <= part.high for part in parts) >= 900, name
        assert np.mean([part.value for part in parts]) == pytest.approx(value, abs=0.006), name


@given(
    sizes=st.lists(st.integers(0, 500), min_size=1, max_size=8).filter(lambda sizes: sum(sizes) > 0),
    pairs=st.integers(1, 600),
)
def test_the_sample_is_as_large_as_asked_and_fits_its_strata(sizes: list[int], pairs: int) -> None:
    """No stratum gives more than it has, and all together give what was asked for, where there is so much."""
    counts = share_out([stratum(size) for size in sizes], pairs)
    assert (counts <= np.array(sizes)).all()
    assert int(counts.sum()) == min(pairs, sum(sizes))


def test_a_sample_weighs_right_on_real_pairs(tmp_path: Path) -> None:
    """Written, filled in by the truth and read again, the sample's intervals hold the figures of all pairs."""
    records = febrl_people(300)
    found = resolve(records, ResolutionSettings(link_only=False))
    candidates = weigh_candidates(records, ResolutionSettings(), found.model)
    sample = draw_sample(candidates, found.clusters, 120)
    write_sample(tmp_path / "sample.csv", records, sample)
    label = dict(zip(records.column("record_id").to_pylist(), records.column("label").to_pylist(), strict=True))
    lines = (tmp_path / "sample.csv").read_text().splitlines()
    filled = [lines[0], *(_filled(line, label) for line in lines[1:])]
    (tmp_path / "filled.csv").write_text("\n".join(filled) + "\n")
    answer = estimates(read_reviewed(tmp_path / "filled.csv"))
    assert answer.reviewed == len(sample.left)
    assert answer.precision.low > 0.7
    assert sum(each.pairs for each in answer.strata if each.together) == _pairs(found.clusters)


def _filled(line: str, label: dict[str, str]) -> str:
    _, left, right, rest = line.split(",", 3)
    return f"{'' if not left else 'yes' if label[left] == label[right] else 'no'},{left},{right},{rest}"


def _pairs(clusters: np.ndarray) -> int:
    sizes = np.bincount(clusters)
    return int((sizes * (sizes - 1) // 2).sum())


def test_the_sample_file_shows_both_records_and_runs_nothing(tmp_path: Path) -> None:
    """Values stand side by side; one that a spreadsheet would run as a formula is quoted; blank is unreviewed."""
    records = table({"given_name": "=1+1", "emails": ["a@b.example", "c@d.example"]}, {"given_name": "ada"})
    sample = Sample(left=np.array([0]), right=np.array([1]), stratum=np.array([0]), strata=(stratum(7),))
    write_sample(tmp_path / "s.csv", records, sample)
    head, row, *_ = (tmp_path / "s.csv").read_text().splitlines()
    assert head.startswith("same,left,right,given_name_left,given_name_right,emails_left")
    assert row.startswith(",s:0000,s:0001,'=1+1,ada,a@b.example; c@d.example,,")
    assert read_reviewed(tmp_path / "s.csv")[0] == stratum(7)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("a,b\n1,2\n", "no sample"),
        ("same,stratum,together,stratum_pairs,stratum_expected\nmaybe,s,yes,7,1\n", "neither yes nor no"),
        ("same,stratum,together,stratum_pairs,stratum_expected\nyes,s,yes,many,1\n", "damaged"),
    ],
)
def test_a_damaged_sample_is_refused(tmp_path: Path, text: str, says: str) -> None:
    """What cannot be read says what is wrong with it."""
    (tmp_path / "s.csv").write_text(text)
    with pytest.raises(BadInputError, match=says):
        read_reviewed(tmp_path / "s.csv")


def test_candidates_weighed_again_are_those_of_the_run() -> None:
    """Every link is among them, with the same bits."""
    records = febrl_people(60)
    found = resolve(records, ResolutionSettings())
    again = weigh_candidates(records, ResolutionSettings(), found.model)
    ids = records.column("record_id").to_pylist()
    weights = {
        tuple(sorted((ids[left], ids[right]))): bits
        for left, right, bits in zip(again.left.tolist(), again.right.tolist(), again.bits.tolist(), strict=True)
    }
    for link in found.links.table().to_pylist():
        assert weights[link["left"], link["right"]] == pytest.approx(link["weight_bits"], abs=1e-3)
