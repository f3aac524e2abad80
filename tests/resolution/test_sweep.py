"""Sweeps and calibration are what one counts by hand, and the commands write them."""

import json
from pathlib import Path

import numpy as np
import pytest

from resolution.contract import ResolutionSettings
from resolution.evaluation import sweep, weigh_candidates
from resolution.evaluation.figures import sweep_figure, write_figure
from resolution.evaluation.sweep import calibration, pair_points
from resolution.pipeline import resolve
from tests.resolution.people import febrl_people
from tests.resolution.test_cli_resolution import done, invoke, out, people

__all__ = ["out", "people"]


def test_points_of_the_sweep_are_those_worked_out_by_hand() -> None:
    """Of pairs at 10, 3 and 0 bits the first and last are right; there are four right pairs in all."""
    points = {point.bits: point for point in pair_points(np.array([10.0, 3, 0]), np.array([True, False, True]), 4)}
    assert (points[-5].precision, points[-5].recall) == pytest.approx((2 / 3, 1 / 2))
    assert (points[1].precision, points[1].recall, points[1].pairs) == (0.5, 0.25, 2)
    assert (points[20].precision, points[20].recall, points[20].pairs) == (1, 0, 0)


def test_calibration_sets_what_was_said_beside_what_is_true() -> None:
    """Three pairs of one bit, two of them right."""
    (found,) = calibration(np.array([1.1, 1.5, 1.9]), np.array([0.6, 0.7, 0.8]), np.array([True, False, True]))
    assert (found.bits, found.pairs) == (1, 3)
    assert (found.predicted, found.observed) == pytest.approx((0.7, 2 / 3))


def test_a_sweep_covers_pairs_and_clusters(tmp_path: Path) -> None:
    """Recall falls and precision does not as the threshold rises; the drawing is the same every time."""
    records = febrl_people(200)
    model = resolve(records, ResolutionSettings()).model
    person = np.unique(records.column("label").to_pylist(), return_inverse=True)[1]
    found = sweep(weigh_candidates(records, ResolutionSettings(), model), person)
    recalls = [point.recall for point in found.pairs]
    assert recalls == sorted(recalls, reverse=True)
    assert found.clusters[0].agreement.recall >= found.clusters[-1].agreement.recall
    assert 0 <= found.brier < 0.2
    for name in ("one.svg", "two.svg", "one.png"):
        write_figure(tmp_path / name, sweep_figure(found, 0.5))
    assert (tmp_path / "one.svg").read_text().startswith("<svg")
    assert (tmp_path / "one.png").read_bytes().startswith(b"\x89PNG")


def test_evaluate_says_where_it_errs_and_draws(people: Path, out: Path, tmp_path: Path) -> None:
    """Breakdown and sweep come with the figures, as JSON and as tables."""
    arguments = ("evaluate", out, "--truth", people, "--label", "who", "--id", "no", "--errors", "--sweep")
    figures = json.loads(done(*arguments, tmp_path / "s.png", "--json").stdout)
    assert {each["by"] for each in figures["breakdown"]["groups"]} == {"sex", "born", "script", "source"}
    assert len(figures["sweep"]["clusters"]) == 8
    assert (tmp_path / "s.png").read_bytes().startswith(b"\x89PNG")
    assert "Strangers merged" in done(*arguments, tmp_path / "s.svg").stdout


def test_a_sweep_finds_candidates_as_the_run_did(people: Path, tmp_path: Path) -> None:
    """With own rules only, no threshold of the sweep reaches a pair that those rules do not make."""
    run = ("resolve", people, "--id", "no", "--ignore", "who", "--out", tmp_path / "run")
    done(*run, "--rule", "phone", "--only-own-rules")
    truth = ("--truth", people, "--label", "who", "--id", "no")
    figures = json.loads(done("evaluate", tmp_path / "run", *truth, "--sweep", tmp_path / "s.svg", "--json").stdout)
    assert {point["agreement"]["recall"] for point in figures["sweep"]["clusters"]} == {0}


def test_evaluate_without_truth_writes_a_sample_reads_it_and_compares(out: Path) -> None:
    """A sample is written once, read back, and a run is unchanged against itself."""
    (out / "sample.csv").unlink(missing_ok=True)
    done("evaluate", out, "--sample", "20", "--json")
    assert invoke("evaluate", out, "--sample", "20").exit_code == 1
    found = json.loads(done("evaluate", out, "--reviewed", out / "sample.csv", "--against", out, "--json").stdout)
    (out / "sample.csv").unlink()
    assert found["estimates"]["reviewed"] == 0
    assert (found["changes"]["agreement"]["f1"], found["changes"]["moved"]["entities"]) == (1, 0)


@pytest.mark.parametrize("more", [(), ("--errors",), ("--truth", "t.csv"), ("--sweep", "x.gif")])
def test_evaluate_wants_something_to_measure_by(out: Path, more: tuple[str, ...]) -> None:
    """No truth, sample or other run, or truth without a label, is wrong usage."""
    assert invoke("evaluate", out, *more).exit_code == 2
