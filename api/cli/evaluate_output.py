"""What `c360 evaluate` prints: tables for people, one JSON document for programs."""

from dataclasses import asdict, dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from resolution.evaluation import Breakdown, Change, Estimates, Evaluation, Kind, RunDiff, Sweep


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluated:
    """Everything that was asked for; None where it was not.

    Attributes:
        evaluation: against truth.
        breakdown: where it errs.
        sweep: at every threshold.
        estimates: from a reviewed sample.
        changes: against another run.
        sample: where a sample was written.
    """

    evaluation: Evaluation | None
    breakdown: Breakdown | None
    sweep: Sweep | None
    estimates: Estimates | None
    changes: RunDiff | None
    sample: Path | None

    def as_json(self) -> dict[str, object]:
        """One document: the figures against truth at the top, the rest under their names."""
        top = asdict(self.evaluation) if self.evaluation else {}
        rest = {name: getattr(self, name) for name in ("breakdown", "sweep", "estimates", "changes", "sample")}
        return top | {name: part for name, part in rest.items() if part is not None}


def show(answer: Evaluated) -> None:
    """Print what there is."""
    console = Console(highlight=False)
    if answer.evaluation:
        _show_evaluation(console, answer.evaluation)
    if answer.breakdown:
        _show_breakdown(console, answer.breakdown)
    if answer.sweep:
        _show_sweep(console, answer.sweep)
    if answer.estimates:
        _show_estimates(console, answer.estimates)
    if answer.changes:
        _show_changes(console, answer.changes)
    if answer.sample:
        console.print(f"Fill in the column `same` of {answer.sample}: yes, no, or nothing.", markup=False)


def _table(title: str, *columns: str, left: int = 1) -> Table:
    table = Table(title=title, title_justify="left")
    for place, name in enumerate(columns):
        table.add_column(name, justify="left" if place < left else "right")
    return table


def _show_evaluation(console: Console, evaluation: Evaluation) -> None:
    agreement = evaluation.agreement
    table = _table("Clusters against truth", "", "precision", "recall", "F1")
    for name, parts in (
        ("pairs", (agreement.precision, agreement.recall, agreement.f1)),
        ("B³", (agreement.b3_precision, agreement.b3_recall, agreement.b3_f1)),
        ("clusters", (agreement.cluster_precision, agreement.cluster_recall, agreement.cluster_f1)),
    ):
        table.add_row(name, *(f"{part:.4f}" for part in parts))
    console.print(table)
    console.print(
        f"{agreement.clusters:,} clusters, {agreement.people:,} people; {agreement.exact:,} exactly right, "
        f"{agreement.mixed:,} clusters mix people, {agreement.scattered:,} people are scattered."
    )
    console.print(
        f"Variation of information: {agreement.information_bits:.4f} bits, {agreement.merging_bits:.4f} of strangers "
        f"merged and {agreement.splitting_bits:.4f} of people split."
    )
    console.print(
        f"{evaluation.labelled:,} of {evaluation.records:,} records have a label; {evaluation.unlabelled:,} without "
        f"are left out; {evaluation.absent:,} labelled records are absent and count as singletons."
    )


def _show_breakdown(console: Console, breakdown: Breakdown) -> None:
    for name, kind in (("Strangers merged", breakdown.merged), ("People split", breakdown.split)):
        _show_kind(console, name, kind)
    table = _table("By group", "", "", "records", "B³ precision", "B³ recall", "merged", "split", left=2)
    before = ""
    for each in breakdown.groups:
        figures = (f"{each.b3_precision:.4f}", f"{each.b3_recall:.4f}", f"{each.merged:,}", f"{each.split:,}")
        table.add_row(each.by if each.by != before else "", each.group, f"{each.records:,}", *figures)
        before = each.by
    console.print(table)


def _show_kind(console: Console, name: str, kind: Kind) -> None:
    looked = "" if kind.looked_into == kind.pairs else f"; of {kind.looked_into:,} of them"
    title = f"{name}: {kind.pairs:,} pairs, {kind.records:,} records{looked}"
    table = _table(title, "speaks for", "speaks against", "share", "bits", left=2)
    for each in kind.patterns:
        words = (", ".join(fields) or "nothing" for fields in (each.agree, each.differ))
        table.add_row(*words, f"{each.share:.1%}", f"{each.bits:+.1f}")
    console.print(table)


def _show_sweep(console: Console, sweep: Sweep) -> None:
    table = _table("Clusters at other thresholds", "bits", "probability", "precision", "recall", "F1", "B³ F1")
    for point in sweep.clusters:
        found = point.agreement
        figures = (found.precision, found.recall, found.f1, found.b3_f1)
        table.add_row(f"{point.bits:+g}", f"{point.probability:.4f}", *(f"{each:.4f}" for each in figures))
    console.print(table)
    console.print(
        f"Of the candidate pairs, an estimated {sweep.estimated:,.0f} and truly {sweep.matches:,} are one person; "
        f"Brier score {sweep.brier:.5f}."
    )


def _show_estimates(console: Console, found: Estimates) -> None:
    table = _table(f"Estimated from {found.reviewed:,} reviewed pairs", "", "estimate", "95 % interval")
    for name in ("precision", "recall", "f1"):
        each = getattr(found, name)
        table.add_row(name, f"{each.value:.4f}", f"{each.low:.4f} to {each.high:.4f}")
    console.print(table)
    strata = _table("What it rests on", "stratum", "pairs", "reviewed", "one person")
    for stratum in found.strata:
        strata.add_row(stratum.name, f"{stratum.pairs:,}", f"{stratum.reviewed:,}", f"{stratum.matches:,}")
    console.print(strata)
    console.print("Pairs that no blocking rule proposed, or that weigh too little to be strata, are not in the recall.")


def _show_changes(console: Console, changes: RunDiff) -> None:
    console.print(
        f"{changes.records:,} records are in both runs, {changes.added:,} only in this one, {changes.gone:,} only in "
        f"the other. {changes.same:,} entities are unchanged."
    )
    table = _table("What changed", "", "entities", "records", "such as")
    for name in ("merged", "split", "moved"):
        change: Change = getattr(changes, name)
        such = change.samples[0] if change.samples else None
        words = f"{' + '.join(such.before[:3])} → {' + '.join(such.after[:3])}" if such else ""
        table.add_row(name, f"{change.entities:,}", f"{change.records:,}", words)
    console.print(table)
    found = changes.agreement
    console.print(
        f"Measured as if the other run were true: precision {found.precision:.4f}, recall {found.recall:.4f}, "
        f"F1 {found.f1:.4f}."
    )
