"""How right a clustering is: against truth, against another run, or by a reviewed sample."""

from resolution.evaluation.agreement import Agreement, agreement
from resolution.evaluation.breakdown import Breakdown, GroupFigures, Kind, Pattern, break_down
from resolution.evaluation.candidates import Candidates, weigh_candidates
from resolution.evaluation.compare import Matched, evaluate, match_truth, measure
from resolution.evaluation.contract import Evaluation, TruthOptions
from resolution.evaluation.diff import Change, Changed, RunDiff, compare_runs
from resolution.evaluation.estimate import Estimate, Estimates, Stratum, estimates
from resolution.evaluation.label_files import read_labels
from resolution.evaluation.reviewed_files import read_reviewed, write_sample
from resolution.evaluation.sample import Sample, draw_sample
from resolution.evaluation.sweep import Sweep, sweep
from resolution.evaluation.truth_files import read_truth

__all__ = [
    "Agreement",
    "Breakdown",
    "Candidates",
    "Change",
    "Changed",
    "Estimate",
    "Estimates",
    "Evaluation",
    "GroupFigures",
    "Kind",
    "Matched",
    "Pattern",
    "RunDiff",
    "Sample",
    "Stratum",
    "Sweep",
    "TruthOptions",
    "agreement",
    "break_down",
    "compare_runs",
    "draw_sample",
    "estimates",
    "evaluate",
    "match_truth",
    "measure",
    "read_labels",
    "read_reviewed",
    "read_truth",
    "sweep",
    "weigh_candidates",
    "write_sample",
]
