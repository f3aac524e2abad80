"""The productions, by what they are about; `Maker` draws from all of them."""

from tests.graph.fuzz.maker import Maker
from tests.graph.fuzz.productions import asides, branches, changes, filters, gathered, trails, values, walks

MODULES = (asides, branches, changes, filters, gathered, trails, values, walks)
"""Importing them registers what they hold."""

__all__ = ["MODULES", "Maker"]
