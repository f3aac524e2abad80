"""Tables that nobody has prepared: headers and names in any language, one column of names, no dates, only years."""

import csv
import random
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from ingest import PeopleOptions, read_people
from resolution import Resolution, ResolutionSettings, resolve
from tests.resolution.people import pairwise_f1


def words(text: str) -> list[str]:
    """The words of a text."""
    return text.split()


GIVEN = words("anna ben carla dirk eva frank greta hans ida jan klara leon mia nils olga paul rosa sven tina uwe")
STEMS = words("muell schmid web fisch wagn beck schulz hoff koch bau richt klein wolf neu")
FAMILY: list[str] = [stem + end for stem in STEMS for end in ("er", "mann", "berg", "stein", "feld", "bach")]
CYRILLIC = (
    words("анна борис вера глеб дарья егор жанна иван кира лев мария нина олег павел рита семён тарас ульяна фёдор"),
    words("иванов петров сидоров кузнецов попов соколов лебедев козлов новиков морозов волков зайцев павлов орлов"),
)
CHINESE = (list("伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚"), list("王李张刘陈杨黄赵吴周徐孙马朱"))
CITIES = ("berlin", "hamburg", "bremen", "kassel", "mainz", "erfurt")
PEOPLE = 60
Person = Mapping[str, Any]


def spelt(*headers: str, born: str = "{d:02}.{m:02}.{y}") -> Callable[[Person], dict[str, str]]:
    """A table of given name, family name, birth date, street, postcode and city under these headers."""

    def row(one: Person) -> dict[str, str]:
        values = (one["g"], one["f"], born.format(**one), one["s"], one["z"], one["c"])
        return dict(zip(headers, values, strict=True))

    return row


def in_one_column(form: str) -> Callable[[Person], dict[str, str]]:
    """A table with the whole name in one column."""
    return lambda one: {
        "name": form.format(**one),
        "born": "{y}-{m:02}-{d:02}".format(**one),
        "street": one["s"],
        "zip": one["z"],
    }


def without_dates(one: Person) -> dict[str, str]:
    """Names and addresses only."""
    return {"first": one["g"], "last": one["f"], "street": one["s"], "zip": one["z"], "city": one["c"]}


def years(one: Person) -> dict[str, str]:
    """The year of birth, nothing else of the date."""
    return {**without_dates(one), "year of birth": str(one["y"])}


TABLES: Mapping[str, tuple[tuple[list[str], list[str]], Callable[[Person], dict[str, str]]]] = {
    "German": ((GIVEN, FAMILY), spelt("Vorname", "Nachname", "Geburtsdatum", "Strasse", "PLZ", "Ort")),
    "French": (
        (GIVEN, FAMILY),
        spelt("Prénom", "Nom de famille", "Date de naissance", "Rue", "Code postal", "Ville", born="{d:02}/{m:02}/{y}"),
    ),
    "Spanish": (
        (GIVEN, FAMILY),
        spelt("Nombre", "Apellidos", "Fecha de nacimiento", "Dirección", "Código postal", "Ciudad"),
    ),
    "Russian": (CYRILLIC, spelt("Имя", "Фамилия", "Дата рождения", "Улица", "Индекс", "Город")),
    "Chinese": (CHINESE, spelt("名", "姓", "出生日期", "地址", "邮编", "城市", born="{y}-{m:02}-{d:02}")),
    "no headers": ((GIVEN, FAMILY), spelt("c1", "c2", "c3", "c4", "c5", "c6")),
    "one column of names": ((GIVEN, FAMILY), in_one_column("{g} {f}")),
    "family name first": ((GIVEN, FAMILY), in_one_column("{f}, {g}")),
    "no birth dates": ((GIVEN, FAMILY), without_dates),
    "only years": ((GIVEN, FAMILY), years),
}


def people(
    names: tuple[list[str], list[str]], *, seed: int = 3, count: int = PEOPLE
) -> list[tuple[str, dict[str, Any]]]:
    """So many people, about two in five written down again with a slip: who it is, and what was written."""
    draw = random.Random(seed)
    written: list[tuple[str, dict[str, Any]]] = []
    for number in range(count):
        one: dict[str, Any] = {
            "g": draw.choice(names[0]),
            "f": draw.choice(names[1]),
            "y": draw.randint(1930, 2010),
            "m": draw.randint(1, 12),
            "d": draw.randint(1, 28),
            "s": f"{draw.choice(FAMILY)}strasse {draw.randint(1, 90)}",
            "z": str(draw.randint(10000, 99999)),
            "c": draw.choice(CITIES),
        }
        written.append((str(number), one))
        if draw.random() < 0.4:
            slip = draw.choice(({"s": ""}, {"d": one["d"] % 28 + 1}, {"f": one["f"] + "x"}, {"c": draw.choice(CITIES)}))
            written.append((str(number), one | slip))
    return written


def resolved(path: Path, rows: list[dict[str, str]]) -> tuple[Resolution, list[str]]:
    """What resolution makes of a file of rows, in the order of the rows, and the kinds of its columns."""
    with path.open("w", newline="", encoding="utf-8") as lines:
        writer = csv.DictWriter(lines, ["no", *rows[0]])
        writer.writeheader()
        writer.writerows({"no": str(number), **row} for number, row in enumerate(rows))
    read = read_people([path], PeopleOptions(id_columns=("no",)))
    return resolve(read.records, ResolutionSettings()), [kind.kind for kind in read.kinds]


@pytest.mark.parametrize("name", TABLES)
def test_people_are_found_in_any_table(name: str, tmp_path: Path) -> None:
    """F1 is 0.95 or more and the estimated number of matches is near, whatever the columns are called or lack."""
    names, row = TABLES[name]
    written = people(names)
    found, _ = resolved(tmp_path / "people.csv", [row(one) for _, one in written])
    who = [person for person, _ in written]
    true = len(who) - len(set(who))
    assert pairwise_f1(found.clusters, who) >= 0.95
    assert 0.8 * true < found.report.estimated_matches < 1.25 * true


def test_a_table_with_nothing_to_match_on_says_so(tmp_path: Path) -> None:
    """Amounts and colours are no people: everybody stays alone, and the report says why."""
    draw = random.Random(1)
    rows = [{"amount": f"{draw.random() * 1000:.2f}", "remark": f"{draw.random():.6f}"} for _ in range(200)]
    found, _ = resolved(tmp_path / "amounts.csv", rows)
    assert len(set(found.clusters.tolist())) == 200
    assert "stays alone" in found.report.notes[0]


def test_a_number_that_families_share_is_found_out_and_glues_nobody(tmp_path: Path) -> None:
    """A policy number that a whole family bears is read as shared after training and said to be; people are found."""
    row = spelt("first", "last", "born", "street", "zip", "city")
    draw, rows, who = random.Random(5), list[dict[str, str]](), list[str]()
    for number in range(150):
        home = people((GIVEN, FAMILY), seed=number, count=1)[0][1]
        for given in draw.sample(GIVEN, 3):
            member = {
                **home,
                "g": given,
                "y": draw.randint(1930, 2010),
                "m": draw.randint(1, 12),
                "d": draw.randint(1, 28),
            }
            for _ in range(1 + (draw.random() < 0.4)):
                rows.append({**row(member), "policy": f"P{10_000_019 + number * 7919}"})
                who.append(f"{number} {given}")
                member = {**member, "s": ""}
    found, kinds = resolved(tmp_path / "policies.csv", rows)
    assert kinds[-1] == "identifier"
    assert any("policy" in note and "shared" in note for note in found.report.notes)
    assert pairwise_f1(found.clusters, who) >= 0.97


def test_ages_tell_people_apart_where_nothing_says_when_they_were_born(tmp_path: Path) -> None:
    """Namesakes of other ages stay apart, and an age that is one more a year later does not keep one person apart."""

    def row(one: Person) -> dict[str, str]:
        return {"first": one["g"], "last": one["f"], "age": str(2020 - one["y"]), "city": one["c"]}

    written = people((GIVEN, FAMILY[:30]), count=400)
    later = [(who, one | {"y": one["y"] - 1}) for who, one in written if int(who) % 5 == 0]
    found, kinds = resolved(tmp_path / "ages.csv", [row(one) for _, one in written + later])
    assert "age" in kinds
    assert pairwise_f1(found.clusters, [who for who, _ in written + later]) >= 0.85
