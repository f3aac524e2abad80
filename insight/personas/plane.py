"""A flat map of people: their two principal components, so that a picture can show how far personas lie apart."""

import numpy as np

from insight.personas.clustering import weighed
from insight.personas.contract import FeatureTable, Matrix


def on_a_plane(table: FeatureTable) -> tuple[Matrix, tuple[float, float]]:
    """Project people on the two directions in which they differ most.

    Returns:
        Shape (people, 2), and the share of all variation that each direction shows. The sign of a direction is such
        that its largest loading is positive, so the same people always give the same picture.
    """
    points = weighed(table)
    spread, directions = np.linalg.eigh(points.T @ points / max(len(points), 1))
    top = directions[:, ::-1][:, :2]
    signs = np.sign(top[np.argmax(np.abs(top), axis=0), np.arange(2)])
    total = max(float(spread.sum()), 1e-12)
    return points @ (top * signs), (float(spread[-1]) / total, float(spread[-2]) / total)
