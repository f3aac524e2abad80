"""Clusters by pooled evidence under hard constraints."""

from resolution.clustering.agglomerate import Clusters, cluster
from resolution.clustering.constraints import Constraints, constraints

__all__ = ["Clusters", "Constraints", "cluster", "constraints"]
