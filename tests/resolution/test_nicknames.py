"""Names that every speaker of a language knows to be one name, and names that are two."""

import pyarrow as pa
import pytest

from resolution.encode.codes import GROUPS
from resolution.encode.names import fold
from resolution.encode.nicknames import nickname_groups
from resolution.encode.pet_names import ABROAD

LINES = [line.split() for text in ABROAD for line in text.split("\n") if line]


def share(one: str, other: str) -> bool:
    """Whether two names share one of the groups that are kept of them."""
    (left, right) = fold(pa.array([one, other])).to_pylist()
    groups = nickname_groups()
    return not set(groups.get(left, ())[:GROUPS]).isdisjoint(groups.get(right, ())[:GROUPS])


@pytest.mark.parametrize(
    ("name", "pet"),
    [
        ("José", "Pepe"),
        ("Francisco", "Paco"),
        ("Francisco", "Pancho"),
        ("Dolores", "Lola"),
        ("Ignacio", "Nacho"),
        ("João", "Joãozinho"),
        ("José", "Zé"),
        ("Aparecida", "Cida"),
        ("Giuseppe", "Beppe"),
        ("Salvatore", "Totò"),
        ("Françoise", "Fanchon"),
        ("Josef", "Sepp"),
        ("Ursula", "Uschi"),
        ("Cornelis", "Kees"),
        ("Maria", "Mieke"),
        ("Alexander", "Sasha"),
        ("Aleksandra", "Sasha"),
        ("Yevgeny", "Zhenya"),
        ("Maria", "Masha"),
        ("Małgorzata", "Gosia"),
        ("Jakub", "Kuba"),
        ("İbrahim", "İbo"),
        ("Robert", "Bob"),
    ],
)
def test_a_pet_form_is_its_name(name: str, pet: str) -> None:
    """However it is written, with accents or without."""
    assert share(name, pet)


@pytest.mark.parametrize(
    ("one", "other"), [("José", "Francisco"), ("Pepe", "Paco"), ("Anna", "Hannah"), ("Ivan", "Igor"), ("Jan", "Piet")]
)
def test_two_names_stay_two(one: str, other: str) -> None:
    """Groups do not run into each other."""
    assert not share(one, other)


def test_every_form_is_a_form_of_its_name() -> None:
    """What a group says of its name counts, although few groups of a name are kept."""
    assert [(name, form) for name, *forms in LINES for form in forms if not share(name, form)] == []


def test_names_are_spelled_as_they_are_compared() -> None:
    """A name with an accent or a capital would never be met; one that stands alone or twice says nothing."""
    words = [word for line in LINES for word in line]
    assert fold(pa.array(words)).to_pylist() == words
    assert [line for line in LINES if len(line) < 2 or len(set(line)) < len(line)] == []
