"""What evaluating takes and gives."""

from dataclasses import dataclass

from resolution.evaluation.agreement import Agreement


@dataclass(frozen=True, slots=True, kw_only=True)
class TruthOptions:
    """Which columns of the truth files say what.

    Attributes:
        label: the column that names the person.
        id_columns: each file uses the first of these that it has; without any, the row number from 0.
        source_column: the column that names the source; without it, the file's stem.
        label_pattern: a regular expression whose group 1 is the label; unset, the whole value is.
    """

    label: str
    id_columns: tuple[str, ...] = ()
    source_column: str | None = None
    label_pattern: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """How well clusters agree with truth, and over what.

    Attributes:
        agreement: pairwise and B-cubed figures over the labelled records.
        records: records in the clusters.
        labelled: of these, records with a label.
        unlabelled: of these, records without one; they are left out of every figure.
        absent: labelled records that the clusters lack; each counts as a cluster of its own.
        entities: clusters, all records counted.
        joined_on: the columns the two tables were joined on.
    """

    agreement: Agreement
    records: int
    labelled: int
    unlabelled: int
    absent: int
    entities: int
    joined_on: tuple[str, ...]
