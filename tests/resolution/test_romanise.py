"""Names in several scripts."""

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from resolution.encode import encode
from resolution.encode.names import fold
from resolution.encode.romanise import romanised, script, skeleton
from tests.resolution.people import table

CYRILLIC = ("мария", "марья", "юлия", "щербаков", "хасан")
LATIN = ("maria", "yulia", "shcherbakov", "hassan", "ilya")


@pytest.mark.parametrize(
    ("word", "latin", "spelled"),
    [
        ("мария", ("maria", "marina"), "maria"),
        ("щербаков", ("schterbakov", "shcherbakov"), "shcherbakov"),
        ("παπαδοπουλου", ("papadopoulou", "papadopoulos"), "papadopoulou"),
        ("محمد", ("mohammed", "ahmed", "hamad"), "mohammed"),
        ("العتيبي", ("otaibi", "talib"), "otaibi"),
        ("الزهراني", ("alzahrani", "ansari"), "alzahrani"),
        ("יוסף", ("yosef", "sofia"), "yosef"),
        ("タロウ", ("taro", "jiro"), "taro"),
        ("गिरिश", ("girish", "ganesh"), "girish"),
        ("วิโรจน์", ("wirot", "warin"), "wirot"),
        ("เพ็ญศรี", ("phensi", "phenchan"), "phensi"),
        ("สุวรรณทรัพย์", ("suwansap", "somsak"), "suwansap"),
        ("แก้วรัตน์", ("kaeorat", "kaewta"), "kaeorat"),
    ],
)
def test_a_name_is_spelled_as_the_table_spells_it(word: str, latin: tuple[str, ...], spelled: str) -> None:
    """Of the Latin names of the same consonants, the closest is taken, for the word as names are coded."""
    coded = fold(pa.array([word]))[0].as_py()
    assert romanised((coded, *latin), [1] * (1 + len(latin))) == [spelled, *latin]


def test_a_thai_name_without_its_spelling_is_no_strangers() -> None:
    """Consonants that sound alike at the end of a syllable are not enough where the vowels are others."""
    thai = fold(pa.array(["สมชาย", "นารี", "สุดา", "วิชัย"])).to_pylist()
    latin = ["james", "thomas", "hanna", "david", "joe", "mary"]
    assert not {*romanised((*thai, *latin), [5] * 10)[:4]} & {*latin}


def test_a_name_that_the_table_does_not_spell_is_read_sign_by_sign() -> None:
    """What has no Latin name of its consonants gets letters of its own; Han has none."""
    assert romanised(("борис", "伟", "anna"), (1, 1, 1)) == ["boris", "伟", "anna"]


@given(st.lists(st.sampled_from((*CYRILLIC, *LATIN)), unique=True))
def test_two_names_of_one_script_stay_two(words: list[str]) -> None:
    """No two names of one script become the same."""
    new = romanised(words, [1] * len(words))
    cyrillic = [one for one, word in zip(new, words, strict=True) if script(word) == "CYRILLIC"]
    assert len(set(cyrillic)) == len(cyrillic)


@pytest.mark.parametrize("words", [CYRILLIC, LATIN, ("محمد", "علي"), ("伟", "李"), ()])
def test_one_script_is_left_as_it_is(words: tuple[str, ...]) -> None:
    """A table in one script is compared in it, and so is one with hardly a name of another."""
    assert romanised(words, [100] * len(words)) == list(words)
    assert romanised((*words, "otto"), [200] * len(words) + [1])[:-1] == list(words)


def test_consonants_are_what_scripts_without_vowels_keep() -> None:
    """Spellings of one name have one skeleton, and other names mostly another."""
    assert len({skeleton(one, "ARABIC") for one in ("mohammed", "muhammad", "mohamed")}) == 1
    assert skeleton("hassan", "ARABIC") != skeleton("salem", "ARABIC")


def test_one_person_of_two_scripts_has_one_name() -> None:
    """What is coded of a name in two scripts is the same."""
    rows = ({"given_name": "Мария", "family_name": "Щербакова"}, {"given_name": "Maria", "family_name": "Shcherbakova"})
    token = encode(table(*rows)).codes.token
    assert (token[0] == token[1]).all()
