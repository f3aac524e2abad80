"""`c360 sample`: labelled people to try the engine on, there on every machine."""

from pathlib import Path
from typing import Annotated

import typer
from pyarrow import csv

from lake.atomic import whole_file
from resolution.febrl import Dataset, febrl_rows


def sample_command(
    dataset: Annotated[Dataset, typer.Argument(help="febrl3: one table with duplicates; febrl4: two tables.")],
    out: Annotated[Path, typer.Option(help="A folder; the tables are written into it.")],
) -> None:
    r"""Write Febrl's generated people as CSV: messy enough to try, too clean to prove anything.

    The number inside `rec_id` says who is who: `--label rec_id --label-pattern 'rec-(\d+)-'`.
    """
    for name, rows in febrl_rows(dataset).items():
        with whole_file(out / f"{name}.csv") as part:
            csv.write_csv(rows, part)
        typer.echo(f"{rows.num_rows:,} records in {out / name}.csv")
