"""`c360 explain`: why two records are one person, or what holds an entity together."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Final

import numpy as np
import pyarrow.compute as pc
import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from api.cli.contract import Evidence
from api.cli.evidence import open_evidence
from api.cli.options import As
from api.cli.output import print_json
from core.errors import MissingError
from lake.atomic import write_atomically
from resolution import score_pairs
from resolution.why import (
    Bond,
    PairWhy,
    as_rows,
    as_sentence,
    from_links,
    from_score,
    plain,
    value_words,
    with_values,
)

SHOWN: Final = 10
"""Records that are named where there are more."""


def explain_command(
    what: Annotated[list[str], typer.Argument(metavar="LEFT RIGHT | [entity] ID", help="Two records, or an entity.")],
    *,
    in_: Annotated[Path, typer.Option("--in", metavar="DIR", help="A resolve's folder or a workspace.")] = Path(),
    picture: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Draw the waterfall, or the entity: .png or .svg.")
    ] = None,
    as_: As = None,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Say why: two records field by field in bits, or what holds an entity together and what would break it.

    A record is source:id, the id being the value of the column that names its source's rows; or as the API calls it.
    """
    if len(what) not in {1, 2}:
        raise typer.BadParameter("Give two records, or the id of an entity.")
    if picture is not None and picture.suffix.lower() not in {".png", ".svg"}:
        raise typer.BadParameter("Pictures are .png or .svg.", param_hint="--picture")
    evidence = open_evidence(in_)
    if len(what) == 1 or what[0] == "entity":
        _explain_entity(evidence, what[-1], who=as_, picture=picture, json=json)
    else:
        left, right = map(evidence.record, what)
        evidence.tell([left, right], as_)
        _explain_pair(evidence, left, right, picture=picture, json=json)


def explain_pair(evidence: Evidence, one: str, other: str) -> PairWhy:
    """Explain two records by their link; without one, weigh them by the model.

    Raises:
        MissingError: one of the records is not there.
    """
    left, right = sorted((one, other))
    records = evidence.records()
    found = evidence.pair(left, right)
    if found.num_rows:
        return with_values(from_links(found)[0], records)
    places = [int(pc.index(records.column("record_id"), record).as_py()) for record in (left, right)]
    missing = [record for record, place in zip((left, right), places, strict=True) if place < 0]
    if missing:
        keys = ", ".join(f"{source}:{column or 'row'}" for source, column in sorted(evidence.sources().items()))
        raise MissingError(
            f"There is no record {' and none '.join(missing)}.",
            remedy=f"A record is called by its source and the value of its id column. Here that is {keys}.",
            found=2 - len(missing),
        )
    scored = score_pairs(records, np.array(places[:1]), np.array(places[1:]), evidence.model())
    return with_values(from_score(left, right, scored), records)


def _explain_pair(evidence: Evidence, one: str, other: str, *, picture: Path | None, json: bool) -> None:
    why = explain_pair(evidence, one, other)
    if picture is not None:
        from resolution.why.picture import waterfall_png, waterfall_svg

        is_png = picture.suffix.lower() == ".png"
        write_atomically(picture, waterfall_png(why) if is_png else waterfall_svg(why).encode())
    if json:
        print_json({"pair": why, "sentence": as_sentence(why)})
        return
    console = Console()
    console.print(as_sentence(why), markup=False, highlight=False)
    console.print(_waterfall(why))
    if why.rule:
        console.print(f"The pair was proposed by the blocking rule {why.rule}.", markup=False, highlight=False)


def _explain_entity(evidence: Evidence, entity_id: str, *, who: str | None, picture: Path | None, json: bool) -> None:
    from resolution.why.entity import entity_sentence, explain_entity

    now, members = evidence.entity(entity_id)
    if not members:
        raise MissingError("No entity bears this id.", remedy="Copy the id from clusters or an answer.")
    evidence.tell(members, who)
    why = explain_entity(now, members, evidence.links(members))
    if picture is not None:
        from resolution.why.entity_picture import entity_png, entity_svg

        is_png = picture.suffix.lower() == ".png"
        write_atomically(picture, entity_png(why) if is_png else entity_svg(why).encode())
    if json:
        print_json({"entity": why, "sentence": entity_sentence(why)})
        return
    console = Console()
    console.print(entity_sentence(why), markup=False, highlight=False)
    console.print(_bonds("The fewest links that join it", why.evidence))
    if why.weakest:
        fall = ", ".join(why.weakest.apart[:SHOWN]) + (" …" if len(why.weakest.apart) > SHOWN else "")
        console.print(_bonds("What would have to go to split it", why.weakest.links))
        console.print(f"Then these would be somebody else: {fall}", markup=False, highlight=False)


def _waterfall(why: PairWhy) -> Table:
    """A pair's waterfall for a terminal."""
    table = Table("field", "level", "left | right", "records with it")
    for name in ("bits", "so far"):
        table.add_column(name, justify="right", no_wrap=True)
    words = {each.field: value_words(each, why.records) for each in why.contributions}
    for field, level, bits, total in as_rows(why):
        said = (escape(text) for text in (plain(field), level, *words[field]))
        table.add_row(*said, f"[{'green' if bits >= 0 else 'red'}]{bits:+.2f}[/]", f"{total:+.2f}")
    table.add_section()
    table.add_row("together", f"{why.probability:.4%}", "", "", f"{why.weight_bits:+.2f}", "")
    return table


def _bonds(title: str, bonds: Sequence[Bond]) -> Table:
    """Links of an entity, strongest first."""
    table = Table("left", "right", title=title, title_justify="left")
    for name in ("bits", "probability"):
        table.add_column(name, justify="right")
    for bond in bonds:
        table.add_row(escape(bond.left), escape(bond.right), f"{bond.weight_bits:+.2f}", f"{bond.probability:.4f}")
    return table
