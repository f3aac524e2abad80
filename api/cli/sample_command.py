"""`c360 sample`: labelled people to try the engine on, there on every machine."""

from pathlib import Path
from typing import Annotated

import typer
from pyarrow import csv

from api.cli.output import print_json
from lake.atomic import whole_file
from resolution.febrl import Dataset, febrl_rows


def sample_command(
    dataset: Annotated[Dataset, typer.Argument(help="febrl3: one table with duplicates; febrl4: two tables.")],
    out: Annotated[Path, typer.Option(help="A folder; the tables are written into it.")],
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,  # noqa: FBT002  # typer names it --json
) -> None:
    r"""Write Febrl's generated people as CSV: messy enough to try, too clean to prove anything.

    The number inside `rec_id` says who is who: `--label rec_id --label-pattern 'rec-(\d+)-'`.
    """
    written: dict[str, int] = {}
    for name, rows in febrl_rows(dataset).items():
        path = out / f"{name}.csv"
        with whole_file(path) as part:
            csv.write_csv(rows, part)
        written[str(path)] = rows.num_rows
    if json:
        print_json([{"file": file, "records": records} for file, records in written.items()])
        return
    for file, records in written.items():
        typer.echo(f"{records:,} records in {file}")
