"""Chinese and Korean names that stand as one word."""

import pytest

from resolution.encode.records import completed
from resolution.encode.signs import with_families
from tests.resolution.people import table

KOREAN = ("김민준", "이서연", "박지훈", "최수빈", "남궁민수")
PARTED = [("민준", "김"), ("서연", "이"), ("지훈", "박"), ("수빈", "최"), ("민수", "남궁")]


def parted(*names: tuple[str, str | None]) -> list[tuple[str | None, str | None]]:
    """Given and family names after parting."""
    rows = ({"given_name": given, "family_name": family} for given, family in names)
    found = with_families(completed(table(*rows)))
    return list(zip(found.column("given_name").to_pylist(), found.column("family_name").to_pylist(), strict=True))


def test_whole_names_are_parted() -> None:
    """The first sign is the family name, or the first two of the few that have two."""
    assert parted(*[(name, None) for name in KOREAN * 5]) == PARTED * 5
    assert parted(*[(name, None) for name in ("王小明", "欧阳修文", "李伟") * 9])[:3] == [
        ("小明", "王"),
        ("修文", "欧阳"),
        ("伟", "李"),
    ]


def test_a_name_that_has_a_family_name_stays() -> None:
    """Only where nothing else says the family name is the first sign taken for it."""
    assert parted(("김민준", "이"), *[(name, None) for name in KOREAN * 5])[0] == ("김민준", "이")


@pytest.mark.parametrize("names", [("小明", "伟", "丽华"), ("田中実", "さくら", "山本浩"), ("anna", "김민준", "otto")])
def test_other_names_stay(names: tuple[str, ...]) -> None:
    """Given names alone, Japanese names, and a single name among others are left as they are."""
    few = names if "anna" in names else names * 10
    assert parted(*[(name, None) for name in few]) == [(name, None) for name in few]
