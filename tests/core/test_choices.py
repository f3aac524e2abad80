"""A mistyped word is answered with the nearest that may be written."""

import pytest

from core.errors import choices

KNOWN = ("given_name", "family_name", "birth_date")


@pytest.mark.parametrize(
    ("word", "meant"), [("givenname", "given_name"), ("BIRTH_DATE", "birth_date"), ("famly_name", "family_name")]
)
def test_the_nearest_choice_is_asked_for(word: str, meant: str) -> None:
    """Typing errors, case and forgotten underscores are seen through; every choice is listed all the same."""
    assert choices(word, KNOWN, "Columns") == f"Did you mean '{meant}'? Columns: given_name, family_name, birth_date."


def test_nothing_is_asked_for_where_nothing_is_near() -> None:
    """A word like none of the choices is answered with the list alone."""
    assert choices("zzz", KNOWN, "Columns") == "Columns: given_name, family_name, birth_date."
    assert choices("zzz", (), "Columns") == "Columns: ."
