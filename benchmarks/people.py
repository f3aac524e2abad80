"""A seeded table of people of any size for benchmarks: `python -m benchmarks.people ROWS FOLDER`.

Households share a family name, an address and often a telephone; twins and fathers with sons of one name are among
them. Seven people in ten have one record, the others two to five, from four sources of differing care, with the
mistakes of `benchmarks.mistakes`. Records are made in chunks with a seed of their own each, so memory does not grow
with the number of rows.
"""

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from benchmarks.mistakes import (
    Mask,
    Words,
    abbreviated,
    double_barrelled,
    first_of_january,
    misheard,
    misread,
    mistyped,
    month_first,
    nicknamed,
    spaced,
)

CHUNK_HOUSEHOLDS = 40_000
FIRST_NAMES, FAMILY_NAMES, STREETS, CITIES = 12_000, 60_000, 20_000, 2_000
SOURCES = ("bank", "clinic", "phone_shop", "web_shop")
CARE = np.array([0.5, 0.7, 1.0, 1.6])
"""How much each source errs, times the rates below."""
ERRORS = {
    "typo": 0.04,
    "misheard": 0.01,
    "misread": 0.005,
    "nickname": 0.02,
    "initial": 0.03,
    "middle_name": 0.01,
    "swapped": 0.01,
    "renamed": 0.02,
    "double_barrelled": 0.01,
    "moved": 0.08,
    "abbreviated": 0.2,
    "no_flat": 0.2,
    "date": 0.03,
    "month_first": 0.01,
    "first_of_january": 0.035,
    "phone": 0.06,
    "spaced": 0.2,
    "email": 0.1,
}
BLANKS = {
    "middle_name": 0.6,
    "birth_date": 0.2,
    "sex": 0.15,
    "phone": 0.3,
    "email": 0.35,
    "address": 0.15,
    "postcode": 0.15,
}
FLATS = 0.2
"""The share of homes with a number within the house."""
RECORDS_OF_A_PERSON = (0.7, 0.16, 0.08, 0.04, 0.02)
SYLLABLES = (
    "ba", "be", "bi", "bo", "bra", "ca", "che", "da", "del", "do", "fa", "fre", "ga", "go", "ha", "hen", "jo", "ka",
    "ki", "la", "lin", "lo", "ma", "mar", "mi", "mo", "na", "nel", "no", "pa", "per", "phi", "ra", "ri", "ro", "sa",
    "sha", "so", "sta", "ta", "the", "to", "tri", "va", "vi", "wa", "wil", "ya", "zo",
)  # fmt: skip
ENDINGS = ("n", "r", "s", "son", "ton", "y", "a", "ck", "ph", "tz", "e", "l")

Ints = NDArray[np.int64]
Chunk = tuple[dict[str, Words], Ints, Ints]
"""Columns by name, the person of each row, and the household."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """Words by rank, and how often each is used."""

    words: Words
    cumulated: NDArray[np.float64]

    @classmethod
    def of(cls, count: int, seed: int) -> "Vocabulary":
        """Made-up words with Zipf's frequencies."""
        draw = np.random.default_rng([seed, count])
        parts = np.array(SYLLABLES)
        stems = np.char.add(
            parts[draw.integers(0, len(parts), 4 * count)], parts[draw.integers(0, len(parts), 4 * count)]
        )
        long = draw.random(4 * count) < 0.5
        stems = np.where(long, np.char.add(stems, parts[draw.integers(0, len(parts), 4 * count)]), stems)
        words = np.char.add(stems, np.array(ENDINGS)[draw.integers(0, len(ENDINGS), 4 * count)])
        distinct = np.unique(words)
        words = np.random.default_rng([seed, count, 1]).permutation(distinct)[:count]
        weight = 1 / (np.arange(len(words)) + 10.0) ** 0.9
        return cls(words=words, cumulated=np.cumsum(weight) / weight.sum())

    def draw(self, draw: np.random.Generator, count: int) -> Words:
        """Words by their frequencies."""
        return self.words[np.searchsorted(self.cumulated, draw.random(count))]


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """Everything that chunks share."""

    seed: int
    first: Vocabulary
    family: Vocabulary
    street: Vocabulary
    city: Vocabulary

    @classmethod
    def of(cls, seed: int) -> "World":
        """The vocabularies of a seed."""
        sizes = (FIRST_NAMES, FAMILY_NAMES, STREETS, CITIES)
        first, family, street, city = (Vocabulary.of(size, seed) for size in sizes)
        return cls(seed=seed, first=first, family=family, street=street, city=city)


def chunks(world: World) -> Iterator[Chunk]:
    """Records without end, a chunk of households at a time."""
    households = people = rows = 0
    while True:
        draw = np.random.default_rng([world.seed, households])
        columns, person, household = _chunk(world, draw, rows)
        yield columns, person + people, household + households
        households += CHUNK_HOUSEHOLDS
        people += int(person.max()) + 1
        rows += len(person)


def _chunk(world: World, draw: np.random.Generator, first_row: int) -> Chunk:
    size = draw.choice(5, CHUNK_HOUSEHOLDS, p=(0.35, 0.3, 0.15, 0.15, 0.05)) + 1
    home = np.repeat(np.arange(CHUNK_HOUSEHOLDS), size)
    person = _people(world, draw, home)
    copies = draw.choice(5, len(home), p=RECORDS_OF_A_PERSON) + 1
    of = draw.permutation(np.repeat(np.arange(len(home)), copies))
    source = draw.integers(0, len(SOURCES), len(of))
    columns = _written(world, draw, {name: column[of] for name, column in person.items()}, CARE[source])
    columns["record_id"] = _ids(np.arange(first_row, first_row + len(of)))
    columns["source"] = np.array(SOURCES)[source]
    return columns, of, home[of]


def _people(world: World, draw: np.random.Generator, home: Ints) -> dict[str, Words]:
    """People of households: what is shared is drawn once a household."""
    n, h = len(home), int(home.max()) + 1
    member = np.arange(n) - np.searchsorted(home, home)
    first = world.first.draw(draw, n)
    namesake = (member > 0) & (draw.random(n) < 0.02)
    first[namesake] = first[np.flatnonzero(namesake) - 1]
    born = draw.integers(0, 365 * 80, n)
    twin = (member > 2) & (draw.random(n) < 0.04)
    born[twin] = born[np.flatnonzero(twin) - 1]
    family = world.family.draw(draw, h)[home]
    other = draw.random(n) < 0.15
    family[other] = world.family.draw(draw, int(other.sum()))
    shared = draw.random(n) < 0.4
    phone = np.where(shared, _digits(draw, h, 9)[home], _digits(draw, n, 9))
    return {
        "first_name": first,
        "middle_name": world.first.draw(draw, n),
        "last_name": family,
        "birth_date": (np.datetime64("1935-01-01") + born).astype(str),
        "sex": np.array(["female", "male"])[draw.integers(0, 2, n)],
        "phone": np.char.add("07", phone),
        "email": _mailbox(draw, np.char.add(np.char.add(first, "."), family)),
        "other_email": _mailbox(draw, family),
        **{name: column[home] for name, column in _homes(world, draw, h).items()},
    }


def _mailbox(draw: np.random.Generator, user: Words) -> Words:
    """An e-mail address of each."""
    number = draw.integers(1, 9999, len(user)).astype(str)
    host = np.array(["@mail.example", "@post.example", "@web.example"])[draw.integers(0, 3, len(user))]
    return np.char.add(np.char.add(user, number), host)


def _homes(world: World, draw: np.random.Generator, count: int) -> dict[str, Words]:
    street = np.char.add(np.char.add(draw.integers(1, 200, count).astype(str), " "), world.street.draw(draw, count))
    flat = np.char.add(np.char.add("Flat ", draw.integers(1, 40, count).astype(str)), ", ")
    city = np.searchsorted(world.city.cumulated, draw.random(count))
    letters = np.array(list("ABDEFGHJLNPQRSTUWXYZ"))
    out = np.char.add(letters[city % 20], letters[city // 20 % 20])
    inward = np.char.add(letters[draw.integers(0, 20, count)], letters[draw.integers(0, 20, count)])
    postcode = np.char.add(np.char.add(out, (city // 400 + 1).astype(str)), " ")
    postcode = np.char.add(np.char.add(postcode, draw.integers(0, 10, count).astype(str)), inward)
    kind = np.array([" Street", " Road", " Lane", " Avenue"])[draw.integers(0, 4, count)]
    return {
        "flat": np.where(draw.random(count) < FLATS, flat, ""),
        "address": np.char.add(street, kind),
        "city": world.city.words[city],
        "postcode": postcode,
    }


def _written(
    world: World, draw: np.random.Generator, person: dict[str, Words], care: NDArray[np.float64]
) -> dict[str, Words]:
    """What a clerk writes down of a person: changed, mistaken, left out."""
    row = _changed(world, draw, person, care)
    row |= _misspelt(draw, row, care)
    row["birth_date"] = _misdated(draw, row["birth_date"], care)
    row["phone"] = spaced(row["phone"], _hit(draw, "spaced", care))
    for name, share in BLANKS.items():
        row[name] = np.where(draw.random(len(care)) < np.minimum(share * care, 0.95), "", row[name])
    return row


def _hit(draw: np.random.Generator, what: str, care: NDArray[np.float64]) -> Mask:
    """Whom a mistake meets."""
    return np.asarray(draw.random(len(care)) < ERRORS[what] * care)


def _changed(
    world: World, draw: np.random.Generator, person: dict[str, Words], care: NDArray[np.float64]
) -> dict[str, Words]:
    """What was true at another time, or by another custom."""
    n, row = len(care), dict(person)
    moved = _hit(draw, "moved", care)
    for name, column in _homes(world, draw, n).items():
        row[name] = np.where(moved, column, row[name])
    row["last_name"] = np.where(_hit(draw, "renamed", care), world.family.draw(draw, n), row["last_name"])
    row["last_name"] = double_barrelled(
        row["last_name"], world.family.draw(draw, n), _hit(draw, "double_barrelled", care)
    )
    row["first_name"] = np.where(_hit(draw, "middle_name", care), row["middle_name"], row["first_name"])
    row["first_name"] = nicknamed(row["first_name"], _hit(draw, "nickname", care))
    row["phone"] = np.where(_hit(draw, "phone", care), np.char.add("07", _digits(draw, n, 9)), row["phone"])
    row["email"] = np.where(_hit(draw, "email", care), row.pop("other_email"), row["email"])
    flat = np.where(_hit(draw, "no_flat", care), "", row.pop("flat"))
    row["address"] = np.char.add(flat, abbreviated(row["address"], _hit(draw, "abbreviated", care)))
    return row


def _misspelt(draw: np.random.Generator, row: dict[str, Words], care: NDArray[np.float64]) -> dict[str, Words]:
    """Names, addresses and e-mails with the mistakes of ears, scanners and fingers."""
    found = {name: row[name] for name in ("first_name", "last_name", "address", "email")}
    for name in ("first_name", "last_name"):
        found[name] = misheard(found[name], _hit(draw, "misheard", care))
        found[name] = misread(found[name], _hit(draw, "misread", care))
    for name, column in found.items():
        found[name] = mistyped(draw, column, _hit(draw, "typo", care), "abcdefghijklmnopqrstuvwxyz")
    first, last = found["first_name"], found["last_name"]
    first = np.where(_hit(draw, "initial", care), first.astype("U1"), first)
    swapped = _hit(draw, "swapped", care)
    return found | {"first_name": np.where(swapped, last, first), "last_name": np.where(swapped, first, last)}


def _misdated(draw: np.random.Generator, dates: Words, care: NDArray[np.float64]) -> Words:
    """Dates with the mistakes of forms, memories and fingers."""
    dates = first_of_january(dates, _hit(draw, "first_of_january", care))
    dates = month_first(dates, _hit(draw, "month_first", care))
    return mistyped(draw, dates, _hit(draw, "date", care), "0123456789")


def _digits(draw: np.random.Generator, count: int, digits: int) -> Words:
    return np.char.zfill(draw.integers(0, 10**digits, count).astype(str), digits)


def _ids(number: Ints) -> Words:
    """Ids without the order of making: a bijection of the row's number."""
    mixed = number.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    mixed ^= mixed >> np.uint64(31)
    return np.char.add("R", np.char.zfill(mixed.astype(str), 20))


def write_people(rows: int, folder: Path, *, seed: int = 1) -> None:
    """Write records.parquet and truth.parquet with so many rows."""
    folder.mkdir(parents=True, exist_ok=True)
    names = ("record_id", "source", "first_name", "middle_name", "last_name", "birth_date", "sex", "phone", "email",
             "address", "city", "postcode")  # fmt: skip
    record_schema = pa.schema([pa.field(name, pa.string()) for name in names])
    truth_schema = pa.schema([("record_id", pa.string()), ("person_id", pa.int64()), ("household_id", pa.int64())])
    with (
        pq.ParquetWriter(folder / "records.parquet", record_schema) as records,
        pq.ParquetWriter(folder / "truth.parquet", truth_schema) as truth,
    ):
        for columns, person, household in chunks(World.of(seed)):
            part = slice(0, min(rows, len(person)))
            records.write_table(pa.table({name: pa.array(columns[name][part]) for name in names}).cast(record_schema))
            label = {"record_id": pa.array(columns["record_id"][part]), "person_id": person[part]}
            truth.write_table(pa.table(label | {"household_id": household[part]}).cast(truth_schema))
            rows -= len(person[part])
            if not rows:
                return


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rows", type=int)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    write_people(given.rows, given.folder, seed=given.seed)
