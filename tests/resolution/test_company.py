"""What being alone says: nothing where most are, a few bits where hardly anyone is."""

import numpy as np

from resolution.clustering.company import alone_bits
from resolution.scoring import Edges


def linked(records: int, weak: int) -> Edges:
    """Two sources of so many records, each linked to its like; the last few only weakly."""
    left = np.arange(records, dtype=np.int32)
    bits = np.where(left < records - weak, 15.0, -1.0)
    return Edges(left=left, right=left + np.int32(records), bits=bits, rule=np.zeros(records, np.uint8))


def test_where_nearly_everybody_has_a_partner_being_alone_is_evidence() -> None:
    """A weak link between two sources of the same people gains, up to the bound."""
    found = alone_bits(linked(1000, 20), np.repeat([0, 1], 1000).astype(np.int32), most=3.0)
    assert (found > 2).all()
    assert (found <= 3).all()


def test_where_most_are_alone_being_alone_says_nothing() -> None:
    """Hardly any record has a partner: weak links stay weak."""
    edges = linked(1000, 20)
    few = Edges(left=edges.left[:50], right=edges.right[:50], bits=edges.bits[:50], rule=edges.rule[:50])
    assert alone_bits(few, np.repeat([0, 1], 1000).astype(np.int32), most=3.0).max() < 0.2


def test_a_small_table_learns_nothing_from_being_alone() -> None:
    """Seven records cannot tell how many people have partners."""
    assert alone_bits(linked(3, 1), np.repeat([0, 1], 3).astype(np.int32), most=3.0).max() < 0.5
