"""Every candidate pair that matters becomes an edge, though most are never looked into."""

import numpy as np
import pytest

from core.progress import Silent
from resolution import ResolutionSettings
from resolution.blocking import Blocks, blocking_rules, build_blocks
from resolution.blocking.walk import collect_pairs
from resolution.budget import spend
from resolution.comparing.pairs import compare_pairs
from resolution.encode import Encoded, encode
from resolution.links import weigh
from resolution.model import Weights, model_weights, train
from resolution.scoring import score_candidates
from resolution.weighing import LEAST_BIN
from tests.resolution.people import febrl_people

LEAST_BITS = -5.0
Candidates = tuple[Encoded, Blocks, Weights]


@pytest.fixture(scope="module")
def candidates() -> Candidates:
    """Febrl people in blocks of one name, one birth year or one postcode: dozens of candidates a record."""
    encoded = encode(febrl_people(1500))
    rules = blocking_rules((("given_name",), ("birth_year",), ("postcode",)), automatic=False)
    blocks = build_blocks(encoded, 10_000, rules=rules, largest=10_000)
    model = train(encoded, build_blocks(encoded, 20), ResolutionSettings())
    weights = model_weights(model, encoded)
    return encoded, spend(encoded, blocks, weights, 10_000), weights


def test_no_edge_is_lost_and_none_is_weighed_otherwise(candidates: Candidates) -> None:
    """The edges are the candidate pairs that reach the least bits when each is compared in full."""
    encoded, blocks, weights = candidates
    left, right, _ = collect_pairs(blocks.walk, np.arange(len(encoded.record_ids)))
    _, bits = weigh(encoded.codes, weights, left, right)
    total = bits.sum(axis=1)
    edges, tally = score_candidates(encoded.codes, blocks, weights, least_bits=LEAST_BITS, progress=Silent())
    sought = {(int(a), int(b)): bits for a, b, bits in zip(left, right, total, strict=True) if bits >= LEAST_BITS}
    found = {(int(a), int(b)): bits for a, b, bits in zip(edges.left, edges.right, edges.bits, strict=True)}
    assert found == pytest.approx(sought, abs=1e-6)
    assert tally.pairs.sum() == len(left) > 20 * len(encoded.record_ids)


def test_what_is_not_looked_into_is_counted_by_a_sample(candidates: Candidates) -> None:
    """The histogram and the expected matches are close to those of all candidate pairs compared in full."""
    encoded, blocks, weights = candidates
    left, right, _ = collect_pairs(blocks.walk, np.arange(len(encoded.record_ids)))
    total = weigh(encoded.codes, weights, left, right)[1].sum(axis=1)
    _, tally = score_candidates(encoded.codes, blocks, weights, least_bits=LEAST_BITS, progress=Silent())
    assert tally.histogram.sum() == len(left)
    assert tally.histogram[: -LEAST_BIN - 20].sum() == pytest.approx((total < -20).sum(), rel=0.05)
    assert tally.matches.sum() == pytest.approx((1 / (1 + np.exp2(-total))).sum(), rel=0.01)


def test_names_alone_tell_levels_as_all_fields_do(candidates: Candidates) -> None:
    """A pair gets the same levels alone and in a batch with others."""
    encoded, blocks, _ = candidates
    left, right, _ = collect_pairs(blocks.walk, np.arange(40))
    level, rarity = compare_pairs(encoded.codes, left, right)
    for pair in range(0, len(left), 7):
        alone, share = compare_pairs(encoded.codes, left[pair : pair + 1], right[pair : pair + 1])
        assert np.array_equal(alone[0], level[pair])
        assert np.array_equal(share[0], rarity[pair])
