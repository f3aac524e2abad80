"""Names in other scripts than Latin, written in Latin letters where a table has both.

A table may hold one person in two scripts, and letter by letter two scripts have nothing in common. How a name is
spelled in Latin letters nobody can tell from its letters alone: محمد is Mohammed here and Muhammad there. So the
table's own spellings are asked first: of the Latin names whose consonants are the same, the closest stands for it. Only
a name that the table spells nowhere is written by the tables of anyascii. Two names of one script never become one by
what the table spells, so that they compare as they did before. Han is left as it is: its signs are read in many ways.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Final

from anyascii import anyascii
from rapidfuzz.distance import Indel

LATIN: Final = "LATIN"
SCRIPTS: Final = (
    LATIN, "CYRILLIC", "GREEK", "ARABIC", "HEBREW", "ARMENIAN", "GEORGIAN", "DEVANAGARI", "BENGALI", "GURMUKHI",
    "GUJARATI", "ORIYA", "TAMIL", "TELUGU", "KANNADA", "MALAYALAM", "SINHALA", "THAI", "LAO", "MYANMAR", "KHMER",
    "ETHIOPIC", "HANGUL", "HIRAGANA", "KATAKANA",
)  # fmt: skip
VOWELS_WRITTEN: Final = frozenset({"CYRILLIC", "GREEK", "ARMENIAN", "GEORGIAN", "HANGUL", "HIRAGANA", "KATAKANA"})
LEAST_SHARE: Final = 0.01
"""Share of names that are not in the commonest script, from which a table is of more than one."""
LEAST_LIKE: Final = (0.3, 0.5)
"""Likeness, 0 to 1, from which a Latin name of the same consonants spells a name: without its vowels, and with them."""
THAI_LIKE: Final = 0.6
"""The same for Thai, whose vowels are written and many of whose consonants are one at the end of a syllable."""
Spellings = tuple[tuple[str, str], ...]
KANA: Final[Spellings] = (
    ("sh", "s"), ("ch", "t"), ("ts", "t"), ("j", "s"), ("z", "s"), ("d", "t"), ("g", "k"), ("b", "h"), ("p", "h"),
    ("f", "h"),
)  # fmt: skip
THAI: Final[Spellings] = (
    ("ch", "t"), ("j", "t"), ("th", "t"), ("s", "t"), ("z", "t"), ("d", "t"), ("kh", "k"), ("ph", "b"), ("p", "b"),
    ("f", "b"), ("r", "n"), ("l", "n"), ("w", ""), ("v", ""), ("h", ""),
)  # fmt: skip
INDIC: Final[Spellings] = (("ch", "s"), ("sh", "s"), ("c", "s"), ("v", "b"), ("w", "b"), ("m", "n"))
FIRST_ALIKE: Final[dict[str, Spellings]] = {
    "CYRILLIC": (("j", ""), ("shch", "s"), ("sch", "s"), ("ch", "s"), ("c", "s"), ("zh", "s")),
    "GREEK": (("ch", "h"), ("mp", "b"), ("nt", "d"), ("gk", "g"), ("gg", "ng")),
    "ARABIC": (("dj", "g"), ("j", "g"), ("v", ""), ("w", "")),
    "HEBREW": (("ch", "k"), ("kh", "k"), ("tz", "s"), ("ts", "s"), ("v", ""), ("w", ""), ("h", "k")),
    "DEVANAGARI": INDIC,
    "BENGALI": INDIC,
    "GURMUKHI": INDIC,
    "GUJARATI": INDIC,
    "HANGUL": (("ch", "j"), ("g", "k"), ("d", "t"), ("b", "p"), ("r", "l")),
    "HIRAGANA": KANA,
    "KATAKANA": KANA,
    "THAI": THAI,
}
"""Latin letters that stand for one consonant of a script, in the order in which they are put for each other."""
ALIKE: Final[Spellings] = (
    ("sch", "s"), ("tch", "s"), ("sh", "s"), ("ch", "s"), ("ts", "s"), ("tz", "s"), ("ph", "f"),
    ("kh", "h"), ("gh", "g"), ("th", "t"), ("dh", "d"), ("bh", "b"), ("x", "ks"), ("q", "k"), ("c", "k"), ("z", "s"),
    ("w", "v"), ("p", "b"),
)  # fmt: skip
"""The same in all scripts."""
READ_TOGETHER: Final[dict[str, Spellings]] = {
    "GREEK": (("ου", "u"), ("ευ", "ev"), ("αυ", "av"), ("μπ", "b"), ("ντ", "d"), ("γκ", "g"), ("γγ", "ng"), ("β", "v")),
    "HEBREW": (("ב", "v"), ("פ", "f")),
    "THAI": (("ทร", "ซ"), ("ศร", "ซ"), ("ญ", "น"), ("ริฐ", "ฐ"), ("ชร", "ช"), ("ตร", "ต"), ("จักร", "จัก")),
}
"""Signs that may be read in another way than by themselves."""
ARTICLE: Final = "ال"
UNSPOKEN: Final = re.compile("(?:[ทตด]ร|ษณ|[ก-ฮ])[ิุ]?์")
"""Thai consonants under the mark of those that are written and not spoken."""
DOUBLE_R: Final = re.compile("รรณ?")
CARRIER: Final = re.compile("อ(?=[ะ-ูเ-ไ])")
"""The Thai sign that bears a vowel at the beginning of a word."""
UNWRITTEN: Final = re.compile("([ก-ฮ])(?![รลว])(?=[ก-ฮ][ะ-ูเ-ไ])")
"""A Thai consonant before another that has a vowel: there is an a between them."""
FIRST_VOWEL: Final = re.compile("([เแโใไ])([ก-ฮ])")
"""Thai vowels that are written before the consonant that they are spoken after."""
HALF_VOWELS: Final = str.maketrans("yjweo", "iiuiu")
UNHEARD: Final = str.maketrans("", "", "aeiouy'`@")


def romanised(words: Sequence[str], held: Sequence[int]) -> list[str]:
    """Distinct words of names, those of other scripts in Latin letters where the table has several scripts.

    Args:
        words: folded.
        held: how many names hold each.

    Returns:
        As many words; the same where there is one script, or nearly.
    """
    scripts = [script(word) for word in words]
    names: dict[str, int] = defaultdict(int)
    for one, count in zip(scripts, held, strict=True):
        names[one] += count if one else 0
    if sum(names.values()) - max(names.values(), default=0) <= LEAST_SHARE * sum(names.values()):
        return list(words)
    latin = {word: count for word, one, count in zip(words, scripts, held, strict=True) if one == LATIN}
    spelled = {word: word for word in words}
    for one in sorted(set(names) - {LATIN, ""}):
        spelled |= _spelled([word for word, its in zip(words, scripts, strict=True) if its == one], one, latin)
    return [spelled[word] for word in words]


def script(word: str) -> str:
    """The script of a word's first letter, as Unicode calls it; empty for one that cannot be romanised, as Han."""
    first = unicodedata.name(word[0], "").partition(" ")[0] if word else ""
    return first if first in SCRIPTS else ""


def skeleton(word: str, of: str) -> str:
    """What a word in Latin letters keeps of its consonants when a script writes it: no vowels, no doubles."""
    for letters, sound in (*FIRST_ALIKE.get(of, ()), *ALIKE):
        word = word.replace(letters, sound)
    heard = word.removesuffix("h").translate(UNHEARD)
    return _without_doubles(heard)


def _plain(word: str) -> str:
    """A word as it is held against another: no doubles, and one letter for vowels that are taken for each other."""
    return _without_doubles(word.translate(HALF_VOWELS))


def _without_doubles(word: str) -> str:
    return "".join(sign for at, sign in enumerate(word) if word[at - 1 : at] != sign)


def _spelled(words: Sequence[str], of: str, latin: Mapping[str, int]) -> dict[str, str]:
    """Words of one script as the table's Latin names spell them, each by another name; else by the tables."""
    by_consonants: dict[str, list[str]] = defaultdict(list)
    least = THAI_LIKE if of == "THAI" else LEAST_LIKE[of in VOWELS_WRITTEN]
    for name in latin:
        by_consonants[skeleton(name, of)].append(name)
    found: list[tuple[float, int, str, str]] = []
    for word in words:
        for read in _readings(word, of):
            for name in by_consonants.get(skeleton(read, of), ()):
                like = Indel.normalized_similarity(_plain(read), _plain(name))
                if like >= least:
                    found.append((-like, -latin[name], word, name))
    spelled: dict[str, str] = {}
    taken: set[str] = set()
    for _, _, word, name in sorted(found):
        if word not in spelled and name not in taken:
            spelled[word] = name
            taken.add(name)
    return {word: spelled.get(word) or _read(word) or word for word in words}


def _readings(word: str, of: str) -> list[str]:
    """Ways to read a word: sign by sign; signs that are read together; without the article."""
    if of == "THAI":
        word = _as_spoken(word)
    together = word
    for signs, letters in READ_TOGETHER.get(of, ()):
        together = together.replace(signs, letters)
    ways = [word, together]
    if of == "ARABIC" and word.startswith(ARTICLE):
        ways.append(word.removeprefix(ARTICLE))
    return list(dict.fromkeys(read for read in map(_read, ways) if read))


def _as_spoken(word: str) -> str:
    """A Thai word without what is not spoken, its vowels where they are spoken, and those that are not written."""
    heard = DOUBLE_R.sub("ัน", UNSPOKEN.sub("", word))
    return UNWRITTEN.sub(r"\1ะ", CARRIER.sub("", FIRST_VOWEL.sub(r"\2\1", heard)))


def _read(word: str) -> str:
    """A word in Latin letters by the tables, its letters alone."""
    letters = anyascii(unicodedata.normalize("NFC", word)).lower()
    return "".join(sign for sign in letters if sign.isalnum())
