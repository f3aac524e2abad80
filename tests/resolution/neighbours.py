"""Small seeded tables of neighbours: families at one address, twins, father and son of one name, copies with slips."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from tests.resolution.people import table

GIVEN = (
    "james", "mary", "robert", "patricia", "john", "jennifer", "michael", "linda", "david", "elizabeth", "william",
    "barbara", "richard", "susan", "joseph", "jessica", "thomas", "sarah", "charles", "karen", "daniel", "nancy",
    "matthew", "anthony", "sandra", "mark", "george", "ruth", "walter", "agnes",
)  # fmt: skip
FAMILY = (
    "weber", "fischer", "schulz", "koch", "bauer", "richter", "klein", "wolf", "neumann", "schwarz", "zimmermann",
    "braun", "hofmann", "lange", "werner", "krause", "lehmann", "walter", "huber", "kaiser", "fuchs", "lang",
    "scholz", "weiss", "jung", "hahn", "vogel", "keller", "frank", "berger", "winkler", "roth", "beck", "lorenz",
    "simon", "ludwig", "boehm", "winter", "kraus", "stein", "jaeger", "otto", "sommer", "gross", "seidel", "brandt",
    "haas", "graf", "ziegler", "kuhn", "pohl", "engel", "horn",
)  # fmt: skip
STREETS = (
    "oak", "maple", "cedar", "pine", "elm", "birch", "walnut", "chestnut", "willow", "aspen",
)  # fmt: skip
SLIPS = ("given_name", "family_name", "email", "line", "birth_date", "phone")
Person = dict[str, str]
KINDS = ("father and son", "siblings", "twins", "couple with one e-mail")


@dataclass(slots=True, kw_only=True)
class Street:
    """Draws neighbours; keeps the people of each pair of relatives apart by label."""

    draw: np.random.Generator
    copies: float
    rows: list[dict[str, object]] = field(default_factory=list[dict[str, object]])
    label: list[str] = field(default_factory=list[str])

    def add(self, person: Person) -> None:
        """Record a person, and perhaps once more with up to two slips."""
        name = str(len(set(self.label)))
        for copy in range(1 + int(self.draw.random() < self.copies)):
            written = self._slipped(person, int(self.draw.integers(0, 3))) if copy else person
            self.rows.append(_record(written))
            self.label.append(name)

    def person(self, **known: str) -> Person:
        """Somebody, with what is known."""
        given, family = str(self.draw.choice(GIVEN)), str(self.draw.choice(FAMILY))
        drawn = {
            "given_name": given,
            "family_name": family,
            "birth_date": self.birth_date(int(self.draw.integers(1940, 2005))),
            "line": f"{self.draw.integers(1, 200)} {self.draw.choice(STREETS)} street",
            "postcode": str(self.draw.integers(10000, 99999)),
            "phone": f"555{self.draw.integers(1000000, 9999999)}",
        } | known
        address = f"{drawn['given_name']}.{drawn['family_name']}{self.draw.integers(1, 99)}@mail.example"
        return {"email": address} | drawn

    def birth_date(self, year: int) -> str:
        """A day of a year."""
        return f"{year}-{self.draw.integers(1, 13):02}-{self.draw.integers(1, 29):02}"

    def relative(self, of: Person, used: list[str], **known: str) -> Person:
        """Somebody else of the household, with a given name of their own."""
        home = {name: of[name] for name in ("family_name", "line", "postcode", "phone")}
        used.append(str(self.draw.choice([name for name in GIVEN if name not in used])))
        return self.person(**(home | {"given_name": used[-1]} | known))

    def household(self, kind: str) -> Iterator[Person]:
        """The members of a household."""
        first = self.person()
        used = [first["given_name"]]
        if kind == "father and son":
            born = self.birth_date(int(first["birth_date"][:4]) + 27)
            yield first | {"suffix": "sr"}
            yield self.relative(first, used, given_name=used[0], suffix="jr", birth_date=born)
            return
        yield first
        if kind == "siblings":
            yield self.relative(first, used)
        same = {"twins": {"birth_date": first["birth_date"]}, "couple with one e-mail": {"email": first["email"]}}
        yield self.relative(first, used, **same.get(kind, {}))

    def _slipped(self, person: Person, slips: int) -> Person:
        """A copy with some fields mistyped or changed."""
        wrong = dict(person)
        for name in self.draw.permutation(SLIPS)[:slips]:
            text = wrong[str(name)]
            if name == "phone":
                wrong["phone"] = f"555{self.draw.integers(1000000, 9999999)}"
            else:
                at = len(text) - 1 if name == "birth_date" else int(self.draw.integers(1, 4))
                sign = str((int(text[-1]) + 1) % 10) if name == "birth_date" else "x"
                wrong[str(name)] = text[:at] + sign + text[at + 1 :]
        return wrong


def neighbours(rows: int, seed: int, *, copies: float = 0.5, families: float = 0.4) -> tuple[pa.Table, list[str]]:
    """At least so many records and who is who.

    Args:
        rows: records, a household more at most.
        seed: of every draw.
        copies: share of people with a second record.
        families: share of households with more than one person.
    """
    street = Street(draw=np.random.default_rng(seed), copies=copies)
    while len(street.rows) < rows:
        if street.draw.random() < families:
            for person in street.household(KINDS[int(street.draw.integers(len(KINDS)))]):
                street.add(person)
        else:
            street.add(street.person())
    return table(*street.rows), street.label


def _record(person: Person) -> dict[str, object]:
    address = {"line": person["line"], "postcode": person["postcode"]}
    names: dict[str, object] = {
        name: person.get(name) for name in ("given_name", "family_name", "suffix", "birth_date")
    }
    return names | {"phones": [person["phone"]], "emails": [person["email"]], "addresses": [address]}
