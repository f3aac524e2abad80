"""What resolution takes and hands on: settings, judgements, the match model, links, clusters, and the account of a run.

The columns of records and links are declared in `lake.tables`; here are the in-process types around them.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal, Protocol

import msgspec
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from core.errors import BadInputError
from core.settings import Settings

MODEL_FORMAT: Final = 1
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Role = Literal["person", "shared"]


class ResolutionSettings(Settings, frozen=True, kw_only=True):
    """The `[resolution]` section of c360.toml. Every default serves every table.

    Attributes:
        threshold: least probability of a link, in (0, 1). Unset: chosen from the data and written to the model.
        pair_budget: candidate pairs a record that blocking may propose, on average.
        largest_block: most records of a block that are all compared with each other, at least 20; larger blocks are
            left to finer rules, or cut into windows of like records.
        blocking: own blocking rules, each a list of fields that records must share.
        automatic_blocking: whether the automatic rules block as well.
        link_only: no links inside one source.
        unique_identifiers: systems whose identifier a person has only one of; two values never meet in one entity.
        one_per_source: sources that hold each person at most once.
        seed: start of every random draw.
    """

    threshold: float | None = None
    pair_budget: int = 20
    largest_block: int = 100
    blocking: tuple[tuple[str, ...], ...] = ()
    automatic_blocking: bool = True
    link_only: bool = False
    unique_identifiers: tuple[str, ...] = ()
    one_per_source: tuple[str, ...] = ()
    seed: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What a steward said of two records. The newest one of a pair that is not withdrawn holds.

    Attributes:
        left: record id.
        right: another record id; the order does not matter.
        verdict: "same" joins them, "different" keeps their clusters apart.
        who: the steward.
        at: when it was said.
        withdrawn: it was taken back.
    """

    left: str
    right: str
    verdict: Literal["same", "different"]
    who: str
    at: datetime
    withdrawn: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """Pairs of records that people judged, to learn from.

    Attributes:
        left: shape (pairs,). Record ids, null where the record is not known.
        right: shape (pairs,), likewise.
        match: shape (pairs,). Whether both are one person.
    """

    left: pa.Array
    right: pa.Array
    match: NDArray[np.bool_]


class LevelModel(msgspec.Struct, frozen=True, kw_only=True):
    """One level of agreement of one field.

    Attributes:
        name: what it says, such as "same month and year".
        m: P(level | one person, both known).
        u: P(level | two people, both known).
        relative: P(level | two people of one household, both known).
        bits: log2(m / u), before the value's own frequency is taken into account.
        frequency: how much of the agreeing value's rarity counts: 1 all, 0.5 half, 0 nothing.
        frequency_bits: mean log2 frequency of the agreeing values among strangers, where frequency counts half.
        given_bits: correction when the given names agree: strangers of one name agree more often (at most 0).
        family_bits: the same when the family names agree.
    """

    name: str
    m: float
    u: float
    relative: float
    bits: float
    frequency: float = 0.0
    frequency_bits: float = 0.0
    given_bits: float = 0.0
    family_bits: float = 0.0


class FieldModel(msgspec.Struct, frozen=True, kw_only=True):
    """How one field is compared and weighed.

    Attributes:
        name: given_name, family_name, birth_date, place, phone, identifier:ssn, category:occupation …
        role: "person" distinguishes relatives, "shared" is often the same in a household.
        common: chance that relatives have a person's own value in common (twins, namesakes, borrowed numbers); there
            `relative` is (1 - common) u + common m, but m where a given name stands in another slot.
        levels: from strongest disagreement to exact; "missing" weighs nothing and is not listed.
    """

    name: str
    role: Role
    levels: tuple[LevelModel, ...]
    common: float = 0.0


class MatchModel(msgspec.Struct, frozen=True, kw_only=True):
    """A trained match model: readable, and usable on other records.

    Attributes:
        version: content id of everything else; `""` while it is being made.
        fields: one for each compared field.
        records: how many records it was trained on.
        pairs: about how many pairs of one person it was learned from; few leave most weights as they are built in. Of
            ten equal records or more it learned from one; a run's report counts them all.
        within_bits: prior log-odds that two random records of one source are one person, in bits.
        across_bits: the same for records of different sources.
        household_bits: log2 of the share of pairs that are of one household but two people.
        threshold: least probability of a link.
        join_bits: least log-odds of an edge that clustering looks at, in bits.
        clip_bits: one pair's largest say when clusters are weighed, in bits.
        profile_share: weight of profile evidence beside pooled pair evidence, 0 to 1.
        alone_bits: most that a link may lack when a record would stay alone without it and hardly any record is alone.
    """

    version: str
    fields: tuple[FieldModel, ...]
    records: int
    within_bits: float
    across_bits: float
    household_bits: float
    pairs: float
    threshold: float = 0.5
    join_bits: float = 0.0
    clip_bits: float = 5.0
    profile_share: float = 0.5
    alone_bits: float = 3.0
    format: int = MODEL_FORMAT

    def to_json(self) -> str:
        """Write the model as indented JSON."""
        return msgspec.json.format(msgspec.json.encode(self), indent=1).decode() + "\n"

    @classmethod
    def from_json(cls, text: str | bytes) -> "MatchModel":
        """Read a model back.

        Raises:
            BadInputError: the text is no model, or of a format this version does not know.
        """
        remedy = "Use the model.json of a run of this version."
        try:
            model = msgspec.json.decode(text, type=cls)
        except msgspec.DecodeError as error:
            raise BadInputError(f"This is no match model: {error}.", remedy=remedy) from error
        if model.format != MODEL_FORMAT:
            raise BadInputError(f"Match models of format {model.format} are unknown here.", remedy=remedy)
        return model


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleReport:
    """One blocking rule: what it proposed first, before any rule with larger blocks.

    Attributes:
        name: such as "name + postcode".
        blocks: blocks of two or more records within the cap.
        pairs: pairs that this rule proposed first.
        matches: sum of those pairs' probabilities.
        larger: blocks above the cap, which were left to finer rules, or cut up by the rules of this name with
            ", sliding" and ", chained".
        cap: records of the largest block used.
        only: share of all matches found that no other rule proposes, 0 to 1: what would be lost without it.
        only_low: lower end of its 95 % interval.
        only_high: upper end.
    """

    name: str
    blocks: int
    pairs: int
    matches: float
    larger: int = 0
    cap: int = 0
    only: float = 0.0
    only_low: float = 0.0
    only_high: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolutionReport:
    """The account of one run; counts only, no personal data.

    Attributes:
        records: records compared.
        pairs: distinct candidate pairs compared.
        block_cap: largest block used.
        rules: one for each blocking rule that proposed pairs, in the order of `pairs`, largest first.
        lost_share: estimated share of matching pairs that no rule proposed, 0 to 1, as `blocking.loss` finds it.
        lost_low: lower end of its interval.
        lost_high: upper end; it allows for people who stay in pieces.
        histogram: (lower edge in bits, pairs) for every whole bit that holds a candidate pair, ascending.
        histogram_high: for each of these the probability of its pairs if people of one household were never namesakes
            by chance, as `resolution.expected` finds it; empty where that is not known.
        estimated_matches: pairs of one person: those inside clusters by their members' confidence, and candidate pairs
            between clusters by their probability.
        links: rows of the links table.
        clusters: clusters, singletons included.
        cluster_sizes: (size, clusters of that size), ascending.
        refused: merges that a single link asked for and the pooled evidence declined.
        refused_pairs: shape (k, 2), rows of the input; the strongest links that were declined, strongest first.
        blocked_by_constraint: merges that a hard constraint forbade.
        unlinkable_share: estimated share of records that could not reach the threshold even against themselves.
        notes: alarms and remarks in plain words.
    """

    records: int
    pairs: int
    block_cap: int
    rules: tuple[RuleReport, ...]
    lost_share: float
    lost_low: float
    lost_high: float
    histogram: tuple[tuple[int, int], ...]
    estimated_matches: float
    links: int
    clusters: int
    cluster_sizes: tuple[tuple[int, int], ...]
    refused: int
    refused_pairs: Ints
    blocked_by_constraint: int
    unlinkable_share: float = 0.0
    histogram_high: tuple[float, ...] = ()
    notes: tuple[str, ...] = ()


class Links(Protocol):
    """Links in the schema of `lake.tables.LINKS`, sorted by left and right, each explained when it is asked for.

    The bits of a link's contributions, the prior and the household correction among them, add up to its weight_bits.
    """

    @property
    def num_rows(self) -> int:
        """How many there are."""
        ...

    def reader(self) -> pa.RecordBatchReader:
        """All links, in parts of bounded size."""
        ...

    def table(self) -> pa.Table:
        """All links at once: some hundred bytes each."""
        ...

    def from_weakest(self, count: int) -> pa.Table:
        """So many links evenly spread from the weakest to the strongest, weakest first; ties by left and right."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """Who is who among the records.

    Attributes:
        links: the pairs that hold clusters together.
        clusters: shape (records,). Label of each input row's cluster; labels are 0, 1, … by smallest record id.
        membership: shape (records,), in [0, 1]. That the record belongs to its cluster.
        model: the model used, trained or given.
        report: the account of the run.
    """

    links: Links
    clusters: Ints
    membership: Floats
    model: MatchModel
    report: ResolutionReport


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoredPairs:
    """Pairs weighed one by one.

    Attributes:
        bits: shape (pairs,). Log-odds that both are one person, prior included.
        probability: shape (pairs,), the same as a probability.
        contributions: shape (pairs,), type list<struct<field, level, bits>> as in LINKS; sums to `bits`.
    """

    bits: Floats
    probability: Floats
    contributions: pa.Array
