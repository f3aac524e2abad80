"""The match model: how much each level of agreement says, learned without labels."""

from resolution.model.em import NO_RELATIVES
from resolution.model.labels import label_counts, taught
from resolution.model.training import train, with_threshold
from resolution.model.weights import Weights, model_weights

__all__ = ["NO_RELATIVES", "Weights", "label_counts", "model_weights", "taught", "train", "with_threshold"]
