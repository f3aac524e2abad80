"""Titles glued to names: left out where the names stand alone as well."""

from ingest.people.glued import titles_of

NAMES = [f"{one}{other}" for one in ("ກາ", "ມີ", "ສຸ", "ແດ", "ບຸ", "ພອ") for other in ("ນາ", "ລີ", "ໄຊ", "ວັນ")]


def test_a_beginning_whose_rests_are_names_is_a_title() -> None:
    """The longer of two that begin alike is told first, and both are."""
    titled = [f"ນາງ{name}" for name in NAMES[:12]] + [f"ນາງສາວ{name}" for name in NAMES[8:20]]
    assert titles_of([*NAMES, *titled]) == ("ນາງສາວ", "ນາງ")


def test_names_that_begin_alike_have_no_title() -> None:
    """Where few of the rests are names; and in scripts that put spaces between words nothing is looked for."""
    assert titles_of(NAMES) == ()
    latin = ["ana", "bela", "carla", "dora", "eva", "fina", "gina", "hana", "ina", "jana", "kaja"] * 2
    assert titles_of([*latin, *(f"maria{name}" for name in latin)]) == ()


def test_names_of_other_columns_tell_a_title() -> None:
    """A register whose names all have titles is read by the names of one that keeps them apart."""
    titled = [f"ນາງ{name}" for name in NAMES]
    assert titles_of(titled) == ()
    assert titles_of(titled, frozenset(NAMES)) == ("ນາງ",)
