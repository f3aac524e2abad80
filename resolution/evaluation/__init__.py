"""How right the clusters are, against truth from elsewhere."""

from resolution.evaluation.agreement import Agreement, agreement
from resolution.evaluation.compare import evaluate
from resolution.evaluation.contract import Evaluation, TruthOptions
from resolution.evaluation.truth_files import read_truth

__all__ = ["Agreement", "Evaluation", "TruthOptions", "agreement", "evaluate", "read_truth"]
