"""Our packages lie at the top of the name space, so they must be ours alone."""

from importlib.metadata import packages_distributions

import pytest

PACKAGES = ("core", "lake", "ingest", "resolution", "graph", "gremlin_libs", "insight", "api")


@pytest.mark.parametrize("package", PACKAGES)
def test_no_other_distribution_owns_our_names(package: str) -> None:
    """No other installed distribution brings a package of one of our names."""
    assert set(packages_distributions().get(package, [])) <= {"customer360-engine"}
