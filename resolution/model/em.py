"""Expectation maximisation over pattern counts, with three kinds of pairs: one person, relatives, strangers.

Strangers' level probabilities (u) are known beforehand and stay. Without relatives as a kind of their own, the largest
group of agreeing pairs wins, which in data about families is "same household". Relatives have shared fields in common
as often as they like, but a person's own fields only as often as twins, namesakes in one family and borrowed numbers
may: a bounded chance per field. So the two kinds cannot change places.

Source: Winkler (1988), Using the EM algorithm for weight computation in the Fellegi-Sunter model of record linkage.
"""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from resolution.comparing.levels import FAMILY_FIELD, GIVEN_FIELD, PLACE_FIELD, VALUE_FIELDS
from resolution.model.order import Chains, in_order
from resolution.model.patterns import Patterns, cell_counts, cell_sums
from resolution.model.weights import MOVED, relatives_own, with_moved

ROUNDS: Final = 30
HELD_ROUNDS: Final = 6
PRIOR_ROUNDS: Final = 8
SETTLED: Final = 1e-4
RELATIVES_AT_FIRST: Final = 1e-6
START_MATCH_SHARE: Final = 0.7
PSEUDO: Final = 200.0
"""Pairs of one person, and of relatives, that the usual shares of levels count for."""
PSEUDO_RELATIVES: Final = 2.0
"""Pairs of relatives that every table is thought to hold."""
UNLEARNED: Final = 1 / 16
"""Share of pairs of one person, times the records, where it is not learned: what shares nothing is apart."""
NO_RELATIVES: Final = 2.0**-60
"""Share of relatives where nothing tells them."""
PSEUDO_COMMON: Final = 50.0
LOST: Final = 0.1
"""Share of an earlier fit's relatives, below which they are lost."""
LEAST: Final = 1e-9
AS_OFTEN: Final = 0.5
"""How often one person's addresses are as alike as a household's are, at least, to each time that these are."""
AT_BOUND: Final = 0.99
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """How many pairs of records there are, inside sources and between them, and how many records."""

    within: float
    across: float
    records: int

    @property
    def all(self) -> float:
        """All pairs."""
        return self.within + self.across


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What training knows beforehand.

    Attributes:
        start: shape (fields, levels). m to start from; rows sum to 1 over the levels that are there, others are 1.
        there: shape (fields, levels). Levels that a field has, the unknown left out.
        u: shape (fields, levels).
        correction: shape (4, fields, levels). Bits added where names agree, as `weights.Weights.bits`.
        shared: shape (fields,).
        common: shape (fields,). Chance that relatives have a person's own field in common, to start from.
        most_common: shape (fields,). Bound on it; 0 for shared fields.
        ordered: chains of levels of each field in which m / u never falls.
        unlike: shape (fields, levels). Levels of disagreement.
        most_unlike: shape (fields,). Bound on their share among pairs of one person.
        bounded: shape (fields,). Whether m may not be learned where it runs into the bound: it is not a tight one.
        table: numbers of pairs.
        fixed: shape (fields,). Fields whose m stays where it starts. With any, so does the share of matches, and nobody
            is a relative: nothing tells them.
    """

    start: Floats
    there: NDArray[np.bool_]
    u: Floats
    correction: Floats
    shared: NDArray[np.bool_]
    common: Floats
    most_common: Floats
    ordered: tuple[Chains, ...]
    unlike: NDArray[np.bool_]
    most_unlike: Floats
    bounded: NDArray[np.bool_]
    table: Table
    fixed: NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """What training found.

    Attributes:
        m: shape (fields, levels).
        relative: shape (fields, levels). Relatives' level shares of shared fields; u elsewhere.
        common: shape (fields,). Chance that relatives have a person's own field in common.
        matches: share of pairs that are of one person.
        relatives: share of pairs that are relatives.
    """

    m: Floats
    relative: Floats
    common: Floats
    matches: float
    relatives: float


def fit(patterns: Patterns, given: Given, before: Fit | None = None) -> Fit:
    """Estimate m, relatives' levels and both shares.

    Args:
        patterns: candidate pairs; all others are taken for strangers.
        given: u, starts and the table's size.
        before: an earlier fit. Where its relatives are lost, for the way from few led to where households are people,
            the fit starts again from its numbers of matches and relatives.

    Returns:
        The fit after at most ROUNDS rounds. Where it runs into a bound on disagreement, the pairs hold too few people
        to learn m from, and m stays where it started, but for values that say less than was thought.
        Cost: O(rounds x patterns x fields).
    """
    start = at_first(given)
    found = _fitted(patterns, given, start)
    if before is None or found.relatives >= LOST * before.relatives:
        return found
    return _fitted(patterns, given, replace(start, matches=before.matches, relatives=before.relatives))


def _fitted(patterns: Patterns, given: Given, start: Fit) -> Fit:
    found = _climb(patterns, given, start, held=HELD_ROUNDS)
    return _climb(patterns, given, start, held=ROUNDS) if _at_bound(found, given) else found


def at_first(given: Given) -> Fit:
    """Where every fit starts."""
    return Fit(
        m=in_order(given.start, given.u, given.ordered),
        relative=_relatives_at_first(given),
        common=given.common,
        matches=_first_share(given.table),
        relatives=_relatives(0, given) if given.fixed.any() else max(RELATIVES_AT_FIRST, _relatives(0, given)),
    )


def _climb(patterns: Patterns, given: Given, start: Fit, *, held: int) -> Fit:
    """Improve the fit round by round; m moves only after the held rounds, when relatives have found their place."""
    found = start
    for turn in range(ROUNDS):
        match, relative = posteriors(patterns, given, found, prior_bits(given, found))
        improved = _maximised(patterns, given, found, match * patterns.count, relative * patterns.count)
        if turn < HELD_ROUNDS:
            improved = replace(improved, m=found.m)
        elif turn < held:
            improved = replace(improved, m=_at_home(_less_telling(improved.m, given), improved.relative, given))
        settled = abs(improved.matches - found.matches) < SETTLED * found.matches
        found = improved
        if settled and turn >= min(held, HELD_ROUNDS):
            break
    return found


def _less_telling(m: Floats, given: Given) -> Floats:
    """The starts, but for values that one person's records share less often than is usual: of orders, not of people."""
    start = in_order(given.start, given.u, given.ordered)
    rarer = (m * given.unlike).sum(axis=1) > (start * given.unlike).sum(axis=1)
    rarer[:VALUE_FIELDS] = False
    return np.asarray(np.where(rarer[:, None], m, start), np.float64)


def _at_home(m: Floats, relative: Floats, given: Given) -> Floats:
    """The same, but for addresses: what a household's mostly have in common, one person's often have as well.

    Where m stays at its start, and addresses never reach the highest levels, they would speak for relatives. How often
    one person's addresses have nothing in common stays as it is: people move.

    Args:
        m: shape (fields, levels).
        relative: shape (fields, levels), as found.
        given: which levels each field has.
    """
    alike = np.flatnonzero(given.there[PLACE_FIELD] & ~given.unlike[PLACE_FIELD])
    raised = np.maximum(m[PLACE_FIELD, alike], AS_OFTEN * relative[PLACE_FIELD, alike])
    m[PLACE_FIELD, alike] = raised * m[PLACE_FIELD, alike].sum() / raised.sum()
    return m


def _at_bound(found: Fit, given: Given) -> bool:
    """Whether some field disagrees as often within one person as is thought possible of any table."""
    unlike = (found.m * given.unlike).sum(axis=1)
    return bool(((unlike >= AT_BOUND * given.most_unlike) & given.bounded).any())


def _relatives_at_first(given: Given) -> Floats:
    """Relatives start between one person and strangers in shared fields, and are strangers in the others."""
    between = START_MATCH_SHARE * given.start + (1 - START_MATCH_SHARE) * given.u
    return _of_relatives(between, given)


def _of_relatives(shares: Floats, given: Given) -> Floats:
    """Relatives' level shares: as found in shared fields, as of strangers elsewhere.

    Where one of two relatives has the names swapped, the family name they share is the other's given name, and their
    given names stand against each other: the family names never agree across slots.
    """
    relative = np.where(given.shared[:, None], shares, given.u)
    relative[FAMILY_FIELD] = with_moved(relative[FAMILY_FIELD], given.u[FAMILY_FIELD])
    return relative


def _first_share(table: Table) -> float:
    """Start from one match for every two records."""
    records = np.sqrt(2 * max(table.all, 1))
    return float(min(0.1, 0.5 * records / max(table.all, 1)))


def evidence(patterns: Patterns, given: Given, found: Fit) -> tuple[Floats, Floats]:
    """Log2 likelihood ratios against strangers, of one person and of relatives; each of shape (patterns,)."""
    match, kin = level_evidence(given, found)
    of_match, of_kin = cell_sums(patterns.cell, match.ravel(), kin.ravel())
    return of_match + patterns.rare, of_kin + patterns.rare_shared


def level_evidence(given: Given, found: Fit) -> tuple[Floats, Floats]:
    """Evidence of each level without rarity; each of shape (4, fields, levels), by which names agree."""
    known = np.arange(int(given.u.shape[1])) > 0
    match = (np.log2(found.m / given.u) + given.correction) * known
    shared = (np.log2(found.relative / given.u) + given.correction) * known
    common = found.common[:, None]
    mixed = (1 - common) * given.u + common * found.m
    moved = np.log2(relatives_own(found.m, given.u, found.common) / mixed)
    own = np.log2(1 - common + common * np.exp2(match)) + moved
    return match, np.where(given.shared[:, None], shared, own * known)


def posteriors(patterns: Patterns, given: Given, found: Fit, prior: Floats | float) -> tuple[Floats, Floats]:
    """Probabilities of one person and of relatives; each of shape (patterns,). The prior is in bits."""
    return _posteriors(evidence(patterns, given, found), found, prior)


def _posteriors(says: tuple[Floats, Floats], found: Fit, prior: Floats | float) -> tuple[Floats, Floats]:
    """The same from evidence that is known."""
    match = says[0] + prior
    kin = says[1] + np.log2(found.relatives)
    top = np.maximum(np.maximum(match, kin), 0.0)
    odds_match, odds_kin, odds_rest = np.exp2(match - top), np.exp2(kin - top), np.exp2(-top)
    whole = odds_match + odds_kin + odds_rest
    return odds_match / whole, odds_kin / whole


def prior_bits(given: Given, found: Fit) -> float:
    """Log-odds, in bits, that a pair is of one person before anything is known of it."""
    return float(np.log2(UNLEARNED / max(given.table.records, 2) if given.fixed.any() else found.matches))


def _maximised(patterns: Patterns, given: Given, before: Fit, match: Floats, kin: Floats) -> Fit:
    relative_start = _relatives_at_first(given)
    of_one, of_kin = cell_counts(patterns, match, kin)
    shares = _bounded(_level_shares(of_one, given.start, given.there), given)
    shares = np.where(given.fixed[:, None], given.start, shares)
    return Fit(
        m=in_order(shares, given.u, given.ordered),
        relative=_of_relatives(_level_shares(of_kin, relative_start, given.there), given),
        common=_common(of_kin, given, before),
        matches=_share(match.sum(), given.table.all),
        relatives=_relatives(kin.sum(), given),
    )


def _common(kin: Floats, given: Given, before: Fit) -> Floats:
    """How often relatives have each of a person's own fields in common, leaning on the start by PSEUDO_COMMON pairs.

    Args:
        kin: shape (4, fields, levels). Pairs of relatives in each cell.
        given: the start, and the bound.
        before: the fit so far.
    """
    match, _ = level_evidence(given, before)
    common = before.common[:, None]
    kin = kin.copy()
    kin[:, GIVEN_FIELD, MOVED] = 0
    odds = common * np.exp2(match)
    held = (kin * odds / (1 - common + odds)).sum(axis=(0, 2)) + PSEUDO_COMMON * given.common
    return np.asarray(np.minimum(held / (kin.sum(axis=(0, 2)) + PSEUDO_COMMON), given.most_common), np.float64)


def _relatives(pairs: float, given: Given) -> float:
    return NO_RELATIVES if given.fixed.any() else _share(pairs + PSEUDO_RELATIVES, given.table.all)


def _share(pairs: float, of: float) -> float:
    return float(min(max(pairs, 0.5) / max(of, 1), 0.5))


def _level_shares(cells: Floats, start: Floats, there: NDArray[np.bool_]) -> Floats:
    """Distribution of the pairs in each cell over each field's known levels, with PSEUDO pairs of the start."""
    counts = (cells.sum(axis=0) + PSEUDO * start) * there
    return np.where(there, np.maximum(counts / counts.sum(axis=1, keepdims=True), LEAST), 1.0)


def _bounded(shares: Floats, given: Given) -> Floats:
    """Hold each field's disagreement at its bound, and raise the other levels in proportion."""
    unlike = (shares * given.unlike).sum(axis=1)
    down = np.minimum(1.0, given.most_unlike / np.maximum(unlike, LEAST))
    up = (1 - unlike * down) / np.maximum(1 - unlike, LEAST)
    bounded = np.maximum(np.asarray(shares * np.where(given.unlike, down[:, None], up[:, None]), np.float64), LEAST)
    return np.where(given.there, bounded, 1.0)


def source_priors(patterns: Patterns, given: Given, found: Fit) -> tuple[float, float]:
    """Prior log-odds in bits of pairs inside one source and between sources, the weights held still."""
    if given.fixed.any():
        return prior_bits(given, found), prior_bits(given, found)
    shares = np.array([found.matches, found.matches])
    sizes = np.array([given.table.within, given.table.across])
    which = np.where(patterns.within, 0, 1)
    says = evidence(patterns, given, found)
    for _ in range(PRIOR_ROUNDS):
        match, _ = _posteriors(says, found, np.log2(shares)[which])
        sums = np.bincount(which, weights=match * patterns.count, minlength=2)
        shares = np.array([_share(sums[side], sizes[side]) if sizes[side] else found.matches for side in range(2)])
    return float(np.log2(shares[0])), float(np.log2(shares[1]))
