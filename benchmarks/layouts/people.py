"""Populations: people in households, with what they share, and what they were before they moved or married."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from benchmarks.layouts.draw import Draw
from benchmarks.layouts.speech import Speech

SMALL = 2010
"""Who is born after this year has no mobile and no e-mail of the own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Where somebody can be reached at one time."""

    number: str
    street: str
    line: str
    city: str
    postcode: str
    mobile: str
    landline: str
    email: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody.

    Attributes:
        number: who it is, the truth.
        household: with whom the address is shared.
        role: head, spouse or child.
        woman: or not.
        given: first given name.
        middle: second given name.
        family: family name now, in the own form of women.
        maiden: family name at birth.
        father: father's given name.
        mother: mother's given name.
        mother_family: mother's family name at birth.
        suffix: Jr or Sr where father and son share a name.
        born: birthday.
        now: address and numbers.
        then: what they were some years ago; the same for who never changed them.
    """

    number: int
    household: int
    role: str
    woman: bool
    given: str
    middle: str
    family: str
    maiden: str
    father: str
    mother: str
    mother_family: str
    suffix: str
    born: date
    now: Contact
    then: Contact


def population(draw: Draw, speech: Speech, count: int, *, single: float = 0.35) -> list[Person]:
    """So many people in households; numbered from 0, neighbours in the list share a household.

    Args:
        draw: chance.
        speech: their language.
        count: how many.
        single: share of households of one.
    """
    people: list[Person] = []
    household = 0
    while len(people) < count:
        people += _household(draw, speech, household, alone=draw.chance(single))
        household += 1
    return [replace(person, number=at) for at, person in enumerate(people[:count])]


def _household(draw: Draw, speech: Speech, household: int, *, alone: bool) -> list[Person]:
    head = _adult(draw, speech, household)
    if alone:
        return [head]
    spouse = _spouse(draw, speech, head)
    children = [_child(draw, speech, head, spouse) for _ in range(draw.choice((0, 0, 1, 2, 2, 3)))]
    if len(children) > 1 and draw.chance(0.12):
        children[1] = replace(children[1], born=children[0].born)
    return [head, spouse, *children]


def _adult(draw: Draw, speech: Speech, household: int) -> Person:
    woman = draw.chance(0.4)
    name = speech.surname(draw)
    now = reached(draw, speech)
    person = Person(
        number=0,
        household=household,
        role="head",
        woman=woman,
        given=speech.given(draw, woman=woman),
        middle=speech.given(draw, woman=woman),
        family=speech.feminine(name) if woman else name,
        maiden=speech.feminine(name) if woman else name,
        father=speech.given(draw, woman=False),
        mother=speech.given(draw, woman=True),
        mother_family=speech.feminine(speech.surname(draw)),
        suffix="",
        born=draw.day(date(1936, 1, 1), date(1999, 12, 31)),
        now=now,
        then=now,
    )
    return _contacts(draw, speech, person, person.now, reached(draw, speech))


def _spouse(draw: Draw, speech: Speech, head: Person) -> Person:
    own = replace(_adult(draw, speech, head.household), role="spouse", woman=not head.woman)
    given = speech.given(draw, woman=own.woman)
    name = speech.surname(draw)
    maiden = speech.feminine(name) if own.woman else name
    takes = own.woman and not draw.chance(speech.keeps)
    family = speech.feminine(head.family) if takes else maiden
    born = head.born.replace(
        year=head.born.year + draw.randint(-5, 5), month=draw.randint(1, 12), day=draw.randint(1, 28)
    )
    person = replace(
        own, given=given, middle=speech.given(draw, woman=own.woman), maiden=maiden, family=family, born=born
    )
    return _contacts(draw, speech, person, _shared(draw, head, person.now), _before(draw, speech, head))


def _child(draw: Draw, speech: Speech, head: Person, spouse: Person) -> Person:
    woman = draw.chance(0.5)
    father, mother = (spouse, head) if head.woman else (head, spouse)
    namesake = not woman and draw.chance(0.05)
    name = speech.feminine(father.maiden) if woman else father.maiden
    year = min(mother.born.year + draw.randint(20, 38), 2021)
    own = replace(
        _adult(draw, speech, head.household),
        role="child",
        woman=woman,
        given=father.given if namesake else speech.given(draw, woman=woman),
        middle=speech.given(draw, woman=woman),
        family=name,
        maiden=name,
        father=father.given,
        mother=mother.given,
        mother_family=mother.maiden,
        suffix="Jr" if namesake else "",
        born=date(year, draw.randint(1, 12), draw.randint(1, 28)),
    )
    return _contacts(draw, speech, own, _shared(draw, head, own.now, child=year > SMALL), _before(draw, speech, head))


def reached(draw: Draw, speech: Speech) -> Contact:
    """An address and numbers of nobody yet."""
    number, street = str(int(1 + 180 * draw.random() ** 2)), draw.choice(speech.streets)
    city = draw.common(tuple(speech.cities))
    return Contact(
        number=number,
        street=street,
        line=speech.address.format(number=number, street=street),
        city=city,
        postcode=draw.filled(speech.cities[city]),
        mobile=draw.filled(speech.mobile),
        landline=draw.filled(speech.landline),
        email="",
    )


def _shared(draw: Draw, head: Person, own: Contact, *, child: bool = False) -> Contact:
    """The household's address and telephone, an own mobile but for small children, sometimes one e-mail for all."""
    mobile = head.now.mobile if child or draw.chance(0.1) else own.mobile
    return replace(head.now, mobile=mobile, email=head.now.email if child or draw.chance(0.15) else "")


def _before(draw: Draw, speech: Speech, head: Person) -> Contact:
    """Where somebody of this household lived before: most often with the others."""
    return head.then if draw.chance(0.75) else reached(draw, speech)


def _contacts(draw: Draw, speech: Speech, person: Person, at: Contact, before: Contact) -> Person:
    """The person with an e-mail of the own name, and with what held before."""
    now = at if at.email else replace(at, email=mail(draw, speech, person))
    alone = person.role == "head"
    then = before if draw.chance(0.5) or not alone else now
    other = draw.filled(speech.mobile)
    mobile = other if draw.chance(0.2) else now.mobile
    email = mail(draw, speech, person) if draw.chance(0.3) else now.email
    return replace(person, now=now, then=replace(then, mobile=mobile, email=email))


def mail(draw: Draw, speech: Speech, person: Person) -> str:
    """An e-mail, most often made of the name."""
    given, family = (
        "".join(sign for sign in speech.romanised(name).lower() if sign.isascii() and sign.isalnum())
        for name in (person.given, person.family)
    )
    year = person.born.year
    local = draw.choice((
        f"{given}.{family}", f"{given}.{family}{year % 100:02}", f"{given[:1]}{family}",
        f"{given}{draw.randint(1, 999)}",
        f"{family}.{given}", f"{given}_{family}", f"{family}{year}", draw.filled(f"{given[:3]}{family[:3]}##"),
        draw.choice(("sunny", "blue", "star", "runner", "lucky", "tiger")) + draw.filled("%###"),
    ))  # fmt: skip
    return f"{local}@{draw.common(speech.hosts)}"


def seen(draw: Draw, people: Sequence[Person], shares: Sequence[float]) -> list[Person]:
    """Whom each record is of, in no order: one record of a person, two, three … in these shares."""
    counts = range(1, len(shares) + 1)
    found = [person for person in people for _ in range(draw.choices(counts, shares)[0])]
    draw.shuffle(found)
    return found


def contact(draw: Draw, person: Person, stale: float) -> Contact:
    """What a record says of a person's address and numbers: each is the former one in this share."""
    home = person.then if draw.chance(stale) else person.now
    return replace(
        home,
        mobile=(person.then if draw.chance(stale) else person.now).mobile,
        email=(person.then if draw.chance(stale) else person.now).email,
    )


def surname(draw: Draw, person: Person, stale: float) -> str:
    """The family name, that at birth in this share."""
    return person.maiden if draw.chance(stale) else person.family
