"""Who lives in the demo: households with their partners, children, twins and namesakes, and what each person is like.

Pure draws; nothing is written here.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from api.demo.contacts import draw_contacts
from api.demo.contract import DEMO_NOW, Behaviour, Names, Population
from api.demo.draws import Flags, Numbers, Text, choose, digits, join, pick, stream, whole, words, zipf
from api.demo.vocabulary import names as vocabulary
from api.demo.vocabulary.wellness import CONDITIONS, DIABETES, HYPERTENSION

TODAY: Final = DEMO_NOW.toordinal() - 719_163
HOUSEHOLD_SIZES: Final = (0.29, 0.335, 0.163, 0.127, 0.057, 0.028)
BEHAVIOUR_SHARES: Final = (0.22, 0.24, 0.19, 0.19, 0.16)
CHRONIC: Final = (0.62, 0.48, 0.16, 0.45, 0.25, 0.15, 0.12, 0.18, 0.30, 0.06, 0.18, 0.22)
OTHERWISE: Final = (0.04, 0.01, 0.05, 0.04, 0.03, 0.05, 0.02, 0.01, 0.04, 0.05, 0.06, 0.08)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Roles:
    """Where each person stands in the household: 0 head, 1 partner, 2 and on children."""

    household: Numbers
    rank: Numbers
    head: Numbers
    male: Flags
    birth_day: Numbers
    twin: Flags


def draw_population(people: int, seed: int) -> Population:
    """Draw this many people; the same numbers give the same people."""
    roles = _draw_roles(people, seed)
    names = _draw_names(roles, seed)
    behaviour = _draw_behaviour(roles, seed)
    conditions = _draw_conditions(behaviour, roles, seed)
    rng = stream(seed, "identifiers")
    return Population(
        household=roles.household,
        birth_day=roles.birth_day,
        male=roles.male,
        behaviour=behaviour,
        conditions=conditions,
        uncontrolled=(conditions[:, HYPERTENSION] | conditions[:, DIABETES]) & (rng.random(people) < 0.4),
        consents=rng.random(people) < np.where(behaviour == Behaviour.CHRONIC_CARE, 0.55, 0.8),
        names=names,
        contacts=draw_contacts(names, roles.household, roles.head, roles.birth_day, seed),
        ssn=digits(whole(rng, 1, 899, people) * 1_000_000 + whole(rng, 100_000, 1_000_000, people), 9),
        loyalty=join("L", digits(whole(rng, 100_000, 100_000_000, people))),
        mrns=(
            join("A-", digits(whole(rng, 1_000_000, 10_000_000, people))),
            join("B-", digits(whole(rng, 1_000_000, 10_000_000, people))),
            join("C-", digits(whole(rng, 1_000_000, 10_000_000, people))),
        ),
    )


def _draw_roles(people: int, seed: int) -> _Roles:
    rng = stream(seed, "households")
    sizes = choose(rng, HOUSEHOLD_SIZES, people) + 1
    household = np.repeat(np.arange(people), sizes)[:people]
    first = np.flatnonzero(np.r_[True, household[1:] != household[:-1]])
    head = first[household]
    rank = np.arange(people) - head
    male = rng.random(people) < 0.5
    mixed = (rank == 1) & (rng.random(people) < 0.94)
    male = np.where(mixed, ~male[head], male)
    adult = TODAY - (365.25 * (22 + 66 * rng.beta(1.7, 2.2, people))).astype(np.int64)
    birth = np.where(rank == 0, adult, adult[head] + rng.normal(0, 1200, people).astype(np.int64))
    child = adult[head] + (365.25 * rng.uniform(19, 37, people)).astype(np.int64)
    birth = np.minimum(np.where(rank >= 2, child, birth), TODAY - whole(rng, 40, 2000, people))
    twin = (rank >= 3) & (rng.random(people) < 0.03)
    birth = np.where(twin, np.roll(birth, 1), birth)
    return _Roles(household=household, rank=rank, head=head, male=male, birth_day=birth.astype(np.int64), twin=twin)


def family_names() -> list[str]:
    """Every family name, in order of use: the known ones, then those composed of parts."""
    known = list(vocabulary.FAMILY)
    composed = sorted(
        {start + end for start in vocabulary.FAMILY_STARTS for end in vocabulary.FAMILY_ENDS} - set(known)
    )
    order = stream(0, "family names").permutation(len(composed))
    return known + [composed[place] for place in order]


def _draw_names(roles: _Roles, seed: int) -> Names:
    rng = stream(seed, "names")
    people = len(roles.household)
    listed = family_names()
    shares = zipf(len(listed), flat=9.0, power=0.87)
    own = choose(rng, shares, people)
    apart = (roles.rank > 0) & (rng.random(people) < np.where(roles.rank == 1, 0.2, 0.1))
    family = np.where(apart, own, own[roles.head])
    given, middle = _given(rng, roles), _given(rng, roles)
    junior = (
        (roles.rank >= 2) & roles.male & roles.male[roles.head] & ~apart & ~roles.twin & (rng.random(people) < 0.08)
    )
    given = np.where(junior, given[roles.head], given)
    marries = ~roles.male & (roles.rank <= 1) & (rng.random(people) < 0.12)
    married = words(listed, choose(rng, shares, people))
    family_text = words(listed, family)
    married = pick(rng.random(people) < 0.3, join(family_text, "-", married), married)
    vocabulary_given, nicknames = _given_words()
    return Names(
        given=words(vocabulary_given, given),
        nickname=words(nicknames, given),
        middle=words(vocabulary_given, middle),
        family=family_text,
        married=pick(marries, married, family_text),
        married_day=whole(rng, TODAY - 3600, TODAY, people),
        suffix=pick(junior, "Jr", ""),
    )


def _given_words() -> tuple[list[str], list[str]]:
    """Every given name of every generation and sex, one list after the other, and the nickname of each or itself."""
    spoken = [
        name for females, males in zip(vocabulary.FEMALE, vocabulary.MALE, strict=True) for name in females + males
    ]
    return spoken, [vocabulary.NICKNAMES.get(name, name) for name in spoken]


def _given(rng: np.random.Generator, roles: _Roles) -> Numbers:
    """Draw a given name fit for each person's generation and sex, as a place in `_given_words`."""
    year = 1970 + roles.birth_day // 365.25
    generation = np.searchsorted(vocabulary.GENERATIONS, year, side="right") - 1
    lists = [names for pair in zip(vocabulary.FEMALE, vocabulary.MALE, strict=True) for names in pair]
    starts = np.cumsum([0, *(len(names) for names in lists)])
    which = (2 * generation + roles.male).astype(np.int64)
    out = np.zeros(len(which), dtype=np.int64)
    for place, names in enumerate(lists):
        mine = np.flatnonzero(which == place)
        out[mine] = starts[place] + choose(rng, zipf(len(names), flat=9.0, power=0.8), len(mine))
    return out


def _draw_behaviour(roles: _Roles, seed: int) -> Numbers:
    """Behaviour follows age a little: the old need care, the young are digital."""
    rng = stream(seed, "behaviour")
    drawn = choose(rng, BEHAVIOUR_SHARES, len(roles.household))
    age = (TODAY - roles.birth_day) / 365.25
    drawn = np.where((age > 62) & (rng.random(len(age)) < 0.3), int(Behaviour.CHRONIC_CARE), drawn)
    return np.where((age < 30) & (drawn == Behaviour.CHRONIC_CARE), int(Behaviour.DIGITAL_ONLY), drawn).astype(np.int64)


def _draw_conditions(behaviour: Numbers, roles: _Roles, seed: int) -> Flags:
    rng = stream(seed, "conditions")
    risk = np.where((behaviour == Behaviour.CHRONIC_CARE)[:, None], np.array(CHRONIC), np.array(OTHERWISE))
    adult = (TODAY - roles.birth_day) > 18 * 365
    has = (rng.random((len(behaviour), len(CONDITIONS))) < risk) & adult[:, None]
    return np.asarray(has, dtype=np.bool_)


__all__ = ["TODAY", "Text", "draw_population", "family_names"]
