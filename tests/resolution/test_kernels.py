"""Compiled string similarity equals rapidfuzz's, on every script and to the last digit."""

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from rapidfuzz.distance import OSA

from resolution.comparing import similar, strings, word
from resolution.comparing.similar import SHORT_VALUE
from resolution.comparing.strings import FAR, common_prefix, phonetic
from resolution.comparing.word import NO_WORD, packed_words
from resolution.encode import lines
from resolution.encode.pool import fill_signs
from tests.resolution.parts import whole

osa_distance, short_gist, short_far = whole(strings.osa_distance), whole(lines.short_gist), whole(lines.short_far)
most_edits, surely_unlike = whole(similar.most_edits), whole(similar.surely_unlike)
word_length, same_beginning = whole(word.word_length), whole(word.same_beginning)
word_distance = whole(word.word_distance)
words = st.text(alphabet="abcdeé ßø李王\U0001f600", max_size=12)


def points(*texts: str) -> tuple[NDArray[np.uint16], list[int]]:
    """Texts end to end as signs, and where each begins and the last ends."""
    ends = np.cumsum([0, *(len(text) for text in texts)])
    signs = np.empty(ends[-1], np.uint16)
    fill_signs(pa.array(texts), signs)
    return signs, [int(end) for end in ends]


def near(word: str, edits: list[tuple[int, str]]) -> str:
    """The word with some signs replaced, dropped or doubled."""
    for place, sign in edits:
        at = place % (len(word) + 1)
        word = word[:at] + sign + word[at + len(sign) % 2 :]
    return word


@given(a=words, edits=st.lists(st.tuples(st.integers(0, 20), st.sampled_from(["", "a", "bc", "é"])), max_size=4))
@pytest.mark.parametrize("limit", [1, 2, 3])
def test_edit_distance_is_rapidfuzz_within_the_limit(limit: int, a: str, edits: list[tuple[int, str]]) -> None:
    """Optimal string alignment gives rapidfuzz's number, or FAR beyond the limit."""
    b = near(a, edits)
    chars, (first, middle, last) = points(a, b)
    expected = OSA.distance(a, b)
    assert osa_distance(chars, first, middle, middle, last, limit) == (expected if expected <= limit else FAR)


@given(a=words, edits=st.lists(st.tuples(st.integers(0, 20), st.sampled_from(["", "a", "bc", "é"])), max_size=4))
@pytest.mark.parametrize("user", [-1, 7])
@pytest.mark.parametrize("limit", [1, 2])
def test_a_gist_never_rules_out_what_is_near(limit: int, user: int, a: str, edits: list[tuple[int, str]]) -> None:
    """Two values within the limit pass the glance at their gists."""
    b = near(a, edits)
    chars, (first, middle, last) = points(a, b)
    left, right = short_gist(chars, first, middle, user >= 0), short_gist(chars, middle, last, user >= 0)
    thirds = (left[1], right[1]) if user < 0 else (user, user)
    assert OSA.distance(a, b) > limit or not short_far(left[0], right[0], *thirds, limit)


@given(a=st.text(alphabet="abcde'1", min_size=1, max_size=8), b=st.text(alphabet="abcde'1", min_size=1, max_size=8))
@pytest.mark.parametrize("limit", [1, 2])
def test_words_in_one_number_are_as_far_apart_as_rapidfuzz_says(limit: int, a: str, b: str) -> None:
    """Packed words have the same distance and common beginning as the texts they were packed from."""
    chars, begins = points(a, b)
    one, other = packed_words(chars, np.array(begins), 2).tolist()
    assert (word_length(one), word_length(other)) == (len(a), len(b))
    if a != b:
        expected = OSA.distance(a, b)
        assert word_distance(one, other, limit) == (expected if expected <= limit else FAR)
        assert same_beginning(one, other) == common_prefix(chars, begins[0], begins[1], begins[1], begins[2])


@pytest.mark.parametrize("text", ["abcdefghi", "rené", "李", ""])
def test_what_is_no_short_ascii_word_is_not_packed(text: str) -> None:
    """Long texts and other scripts stay with the comparison sign by sign."""
    chars, begins = points(text)
    assert packed_words(chars, np.array(begins), 1).tolist() == [NO_WORD]


@given(a=words, edits=st.lists(st.tuples(st.integers(0, 20), st.sampled_from(["", "a", "bc", "é"])), max_size=2))
def test_what_is_similar_is_never_ruled_out_at_a_glance(a: str, edits: list[tuple[int, str]]) -> None:
    """Texts of four signs or more one edit apart, two from twelve on, pass the glance at their short gists."""
    b = near(a, edits)
    chars, (first, middle, last) = points(a, b)
    shorter = min(len(a), len(b))
    alike = shorter >= SHORT_VALUE and OSA.distance(a, b) <= most_edits(shorter)
    assert not (
        alike and surely_unlike(short_gist(chars, first, middle, False)[0], short_gist(chars, middle, last, False)[0])
    )


@given(a=words, b=words)
def test_common_prefix_is_the_longest(a: str, b: str) -> None:
    """The texts agree as far as the prefix goes, and no further."""
    chars, (first, middle, last) = points(a, b)
    length = common_prefix(chars, first, middle, middle, last)
    assert a[:length] == b[:length]
    assert a[length : length + 1] != b[length : length + 1] or length == len(a) == len(b)


@pytest.mark.parametrize(
    ("a", "b"),
    [("smith", "smyth"), ("phillip", "filip"), ("catherine", "katherine"), ("knox", "nox"), ("lee", "leigh")],
)
def test_names_that_sound_alike_share_a_code(a: str, b: str) -> None:
    """Common spellings of one sound meet in blocking."""
    chars, (first, middle, last) = points(a, b)
    assert phonetic(chars, first, middle) == phonetic(chars, middle, last)


def test_ten_thousand_random_pairs_equal_rapidfuzz() -> None:
    """No pair among ten thousand differs, short and long, near and far."""
    random_pairs_equal_rapidfuzz(10_000)


@pytest.mark.slow
def test_a_million_random_pairs_equal_rapidfuzz() -> None:
    """No pair among a million differs, short and long, near and far."""
    random_pairs_equal_rapidfuzz(1_000_000)


def random_pairs_equal_rapidfuzz(pairs: int) -> None:
    """Compare so many pairs."""
    draw = np.random.default_rng(7)
    letters = np.array(list("abcdefghijklmnopqrstuvwxyzé李"))
    for _ in range(pairs):
        a = "".join(draw.choice(letters, draw.integers(0, 9)))
        b = near(a, [(int(draw.integers(20)), "a")]) if draw.random() < 0.7 else "".join(draw.choice(letters, 5))
        chars, (first, middle, last) = points(a, b)
        expected = OSA.distance(a, b) if OSA.distance(a, b) <= 2 else FAR
        assert osa_distance(chars, first, middle, middle, last, 2) == expected
        one, other = packed_words(chars, np.array([first, middle, last]), 2).tolist()
        assert NO_WORD in {one, other} or one == other or word_distance(one, other, 2) == expected
