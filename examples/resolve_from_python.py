"""Find out from Python which records are of one person; what `c360 resolve` does, without the command line.

Run it with `python examples/resolve_from_python.py`; it prints each person with their records.
"""

from collections import defaultdict
from pathlib import Path
from tempfile import TemporaryDirectory

from ingest import PeopleOptions, read_people
from resolution import ResolutionSettings, resolve

PEOPLE = """id,name,born,mail,city
1,Maria Lindqvist,1984-03-12,maria.lindqvist@mail.example,Riverton
2,Lindqvist Maria,1984-03-12,,Riverton
3,Tomas Okafor,1979-11-02,t.okafor@mail.example,Riverton
4,Ines Marchetti,1991-07-25,ines@mail.example,Springfield
5,Ines Marchetti,1991-07-25,ines@mail.example,Springfield
6,Jonas Petrosyan,1968-01-30,jonas.p@mail.example,Lakeside
"""


def people_of(file: Path) -> list[list[str]]:
    """Give the record ids of each person in a file, people in the order of their first record."""
    records = read_people([file], PeopleOptions(id_columns=("id",))).records
    resolution = resolve(records, ResolutionSettings())
    people: defaultdict[int, list[str]] = defaultdict(list)
    for record, person in zip(records.column("record_id").to_pylist(), resolution.clusters.tolist(), strict=True):
        people[person].append(record)
    return sorted(people.values())


def main() -> None:
    """Write the table, resolve it and print who is who."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "people.csv"
        file.write_text(PEOPLE, encoding="utf-8")
        for records in people_of(file):
            print(", ".join(records))


if __name__ == "__main__":
    main()
