"""K-means that says when it found nothing: the number of clusters by a criterion, and a bootstrap of the whole choice.

The criterion is prediction strength: halve a sample, cluster both halves, and ask how many pairs that are together in
one half's cluster are also together by the other half's centres; the weakest cluster counts. The number chosen is the
largest whose mean strength over several halvings is enough, whose clusters are all large enough, and none of which is
merely one input column. It is stable when every bootstrap sample chooses the same number and the partitions agree. A
sample holds as many people as there are, but 6,000 at most (`PersonaOptions.sample_size`); agreement is over everybody.

Sources: Tibshirani and Walther (2005), Cluster validation by prediction strength, JCGS 14(3); Hubert and Arabie (1985),
Comparing partitions, J. Classification 2; Hennig (2007), Cluster-wise assessment of cluster stability, CSDA 52.
"""

from collections import Counter
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from sklearn.cluster import KMeans
from sklearn.metrics import adjusted_rand_score
from threadpoolctl import threadpool_limits

from insight.personas.contract import (
    Clustering,
    FeatureTable,
    Labels,
    Matrix,
    NoPersonas,
    PersonaOptions,
)

STARTS: Final = 4
KEPT_VARIATION: Final = 0.9
FINAL_STARTS: Final = 10
FARTHEST: Final = 3.0
NOT_FOUND_AGAIN: Final = NoPersonas(
    reason="No grouping of these people is found again in others: they differ by chance."
)
ONE_COLUMN: Final = NoPersonas(reason="A group is merely one input column: a threshold on it gives the same people.")
BLOCK_WEIGHTS: Final = {"readings": 0.5, "answers": 0.5, "profile": 0.5}
"""What is known of few people or says little of behaviour weighs half; every other block weighs 1."""


def weighed(table: FeatureTable) -> Matrix:
    """Make columns comparable: straighten, standardise, cut at 3 standard deviations, and weigh each block alike.

    Returns:
        Shape (people, features). Unknown values stand at the mean. A column without spread is zero.
    """
    values = np.column_stack(
        [_straight(table.values[:, place], feature.shape) for place, feature in enumerate(table.features)]
    )
    known = ~np.isnan(values)
    count = np.maximum(known.sum(axis=0), 1)
    mean = np.where(known, values, 0.0).sum(axis=0) / count
    centred = np.where(known, values - mean, 0.0)
    spread = np.sqrt((centred**2).sum(axis=0) / len(values))
    scaled = np.clip(centred / np.where(spread > 1e-12, spread, np.inf), -FARTHEST, FARTHEST)
    points: Matrix = scaled * _weights(table)
    return points


def condensed(points: Matrix) -> Matrix:
    """Keep the principal directions that hold 90 % of the variation; the rest is noise that blurs clusters."""
    spread, directions = np.linalg.eigh(points.T @ points / len(points))
    share = np.cumsum(spread[::-1]) / max(float(spread.sum()), 1e-12)
    kept: Matrix = points @ directions[:, ::-1][:, : int(np.searchsorted(share, KEPT_VARIATION)) + 1]
    return kept


def find_clusters(table: FeatureTable, *, seed: int, options: PersonaOptions) -> Clustering | NoPersonas:
    """Cluster people, or say why no clustering can be trusted. Deterministic by seed, on one thread."""
    if len(table.values) < options.least_people:
        return NoPersonas(reason=f"There are fewer than {options.least_people} people with known behaviour.")
    with threadpool_limits(limits=1):
        points = condensed(weighed(table)).astype(np.float32)
        return _Search(points=points, values=table.values, options=options).run(np.random.default_rng(seed))


def likeness(one: Labels, other: Labels) -> float:
    """Adjusted Rand index of two groupings of the same people: 1 where they are the same but for names, 0 by chance."""
    return float(adjusted_rand_score(one, other))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Search:
    """The points to cluster, the measured values behind them, and the rules."""

    points: NDArray[np.float32]
    values: Matrix
    options: PersonaOptions

    def run(self, rng: np.random.Generator) -> Clustering | NoPersonas:
        people = len(self.points)
        size = min(people, self.options.sample_size)
        chosen = self._choose(np.sort(rng.choice(people, size, replace=False)), rng)
        if isinstance(chosen, NoPersonas):
            return chosen
        final = KMeans(chosen, n_init=FINAL_STARTS, random_state=_seed(rng)).fit(self.points)
        labels = final.labels_.astype(np.int64)
        objection = self._objection(labels, np.arange(people), chosen)
        if objection is not None:
            return objection
        numbers, agreements = zip(*(self._again(labels, size, rng) for _ in range(self.options.samples)), strict=True)
        if set(numbers) != {chosen}:
            return NoPersonas(reason=_wavering(numbers))
        agreement = float(np.mean(agreements))
        if agreement < self.options.least_agreement:
            return NoPersonas(reason=_differing(agreement, self.options.least_agreement))
        centres = final.cluster_centers_.astype(np.float64)
        distances = np.linalg.norm(self.points - centres[labels], axis=1)
        return Clustering(labels=labels, centres=centres, distances=distances, agreement=agreement)

    def _again(self, labels: Labels, size: int, rng: np.random.Generator) -> tuple[int, float]:
        """Repeat the whole choice on a bootstrap sample; the number chosen (0: none), and agreement over everybody."""
        people = len(self.points)
        sample = np.sort(rng.choice(people, size, replace=True))
        number = self._choose(sample, rng)
        if isinstance(number, NoPersonas):
            return 0, 0.0
        model = KMeans(number, n_init=STARTS, random_state=_seed(rng)).fit(self.points[sample])
        return number, likeness(labels, model.predict(self.points).astype(np.int64))

    def _choose(self, sample: Labels, rng: np.random.Generator) -> int | NoPersonas:
        """The number of clusters by the criterion, on a sample; where none is admissible, what the largest lacks."""
        people = np.unique(sample)  # nobody stands in both halves, or they would predict each other too well
        halves = [rng.permutation(people) for _ in range(self.options.halvings)]
        seed = _seed(rng)
        objections: list[NoPersonas] = []
        for number in range(self.options.most, self.options.fewest - 1, -1):
            if not self._predicts(halves, number, seed):
                continue
            labels = KMeans(number, n_init=STARTS, random_state=seed).fit_predict(self.points[sample]).astype(np.int64)
            objection = self._objection(labels, sample, number)
            if objection is None:
                return number
            objections.append(objection)
        return objections[0] if objections else NOT_FOUND_AGAIN

    def _predicts(self, halves: list[Labels], number: int, seed: int) -> bool:
        """Whether the mean prediction strength is enough; gives up as soon as it cannot be any more."""
        missing = 0.0
        for order in halves:
            first, second = np.array_split(order, 2)
            missing += 1.0 - _strength(self.points[first], self.points[second], number, seed)
            if missing > (1.0 - self.options.least_strength) * len(halves):
                return False
        return True

    def _objection(self, labels: Labels, sample: Labels, number: int) -> NoPersonas | None:
        """What keeps these groups from being personas."""
        smallest = float(np.bincount(labels, minlength=number).min()) / len(labels)
        if smallest < self.options.least_share:
            least = self.options.least_share
            return NoPersonas(reason=f"The smallest group has {smallest:.1%} of people; the least is {least:.0%}.")
        if float(column_scores(self.values[sample], labels, number).max()) >= self.options.one_column:
            return ONE_COLUMN
        return None


def _strength(first: NDArray[np.float32], second: NDArray[np.float32], number: int, seed: int) -> float:
    """How well the first half's clusters predict which pairs of the second half are together; its weakest cluster."""
    known = KMeans(number, n_init=STARTS, random_state=seed).fit(first)
    own = KMeans(number, n_init=STARTS, random_state=seed).fit_predict(second)
    together = np.zeros((number, number))
    np.add.at(together, (own, known.predict(second)), 1.0)
    sizes = together.sum(axis=1)
    return float(((together * (together - 1)).sum(axis=1) / np.maximum(sizes * (sizes - 1), 1.0)).min())


def column_scores(values: Matrix, labels: Labels, number: int) -> Matrix:
    """How well a threshold on one column gives each cluster: the best F1 over all thresholds, both ways.

    Args:
        values: shape (people, features); NaN counts as below everything.
        labels: shape (people,).
        number: of clusters.

    Returns:
        Shape (features, number), 0 to 1. Cost: one sort a column.
    """
    inside = np.eye(number)[labels]
    total = inside.sum(axis=0)
    scores = np.zeros((values.shape[1], number))
    for place in range(values.shape[1]):
        column = np.nan_to_num(values[:, place], nan=-np.inf)
        order = np.argsort(column, kind="stable")
        sorted_column = column[order]
        ends = np.append(np.flatnonzero(sorted_column[1:] > sorted_column[:-1]), len(order) - 1)
        below = np.cumsum(inside[order], axis=0)[ends]
        count = (ends + 1)[:, None]
        upward = 2 * below / (count + total)
        downward = 2 * (total - below) / (len(order) - count + total)
        scores[place] = np.maximum(upward, downward).max(axis=0)
    return scores


def _straight(column: Matrix, shape: str) -> Matrix:
    if shape == "log":
        return np.log1p(np.maximum(column, 0.0))
    return np.sqrt(np.maximum(column, 0.0)) if shape == "root" else column


def _weights(table: FeatureTable) -> Matrix:
    sizes = Counter(feature.block for feature in table.features)
    return np.array([BLOCK_WEIGHTS.get(f.block, 1.0) / np.sqrt(sizes[f.block]) for f in table.features])


def _seed(rng: np.random.Generator) -> int:
    return int(rng.integers(2**31))


def _differing(agreement: float, least: float) -> str:
    return (
        "Who is grouped with whom changes from sample to sample: the mean adjusted Rand index is "
        f"{agreement:.2f}; the least is {least}."
    )


def _wavering(numbers: tuple[int, ...]) -> str:
    counts = sorted(Counter(numbers).items(), key=lambda pair: (-pair[1], pair[0]))
    said = ", ".join(f"{number or 'none'} in {count}" for number, count in counts)
    return f"The number of groups changes from sample to sample: of {len(numbers)} samples, {said}."
