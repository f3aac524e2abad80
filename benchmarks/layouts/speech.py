"""A language's names, places and ways to write them; what any population is drawn from."""

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from benchmarks.layouts.draw import Draw

PLAIN = str.maketrans({
    "ß": "ss", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "æ": "ae", "Æ": "Ae", "þ": "th", "Þ": "Th",
    "ð": "d", "Ð": "D", "ı": "i",
})  # fmt: skip


def words(text: str) -> tuple[str, ...]:
    """Words between blanks; an underscore is a blank inside one."""
    return tuple(word.replace("_", " ") for word in text.split())


def pairs(text: str) -> dict[str, tuple[str, ...]]:
    """Words with their Latin spellings, `script=Latin/other`."""
    split = (word.replace("_", " ").partition("=") for word in text.split())
    return {word: tuple(latin.split("/")) for word, _, latin in split}


def plain(text: str) -> str:
    """The letters without their marks."""
    parts = unicodedata.normalize("NFKD", text.translate(PLAIN))
    return "".join(sign for sign in parts if not unicodedata.combining(sign))


def same(text: str) -> str:
    """The text as it is."""
    return text


@dataclass(frozen=True, slots=True, kw_only=True)
class Speech:
    """What people of a language are called, and where they live.

    Attributes:
        women: given names, the commonest first; a name in two scripts has its Latin spellings in `latin`.
        men: the same.
        family: family names, the commonest first.
        stems: beginnings of rarer family names; with `endings`, `tail` of all people have one.
        endings: their ends.
        tail: share of people with a rarer family name.
        feminine: a woman's form of a family name.
        keeps: share of wives who keep their own family name.
        latin: spellings in Latin letters by word.
        roman: Latin letters of any word that `latin` does not hold.
        streets: their names, with the word for street.
        address: how a number and a street are written.
        cities: name to the pattern of its postcodes.
        mobile: pattern of mobile numbers.
        landline: pattern of others.
        hosts: of e-mails, the commonest first.
    """

    women: tuple[str, ...]
    men: tuple[str, ...]
    family: tuple[str, ...]
    stems: tuple[str, ...] = ()
    endings: tuple[str, ...] = ("",)
    tail: float = 0.45
    feminine: Callable[[str], str] = same
    keeps: float = 0.3
    latin: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    roman: Callable[[str], str] = plain
    streets: tuple[str, ...]
    address: str = "{number} {street}"
    cities: Mapping[str, str]
    mobile: str
    landline: str
    hosts: tuple[str, ...] = ("mail.example", "post.example", "inbox.example", "web.example")

    def romanised(self, text: str) -> str:
        """The usual Latin spelling."""
        return " ".join(self.latin[word][0] if word in self.latin else self.roman(word) for word in text.split())

    def spelled(self, draw: Draw, text: str) -> str:
        """Any Latin spelling in use."""
        found = (draw.common(self.latin[word]) if word in self.latin else self.roman(word) for word in text.split())
        return " ".join(found)

    def given(self, draw: Draw, *, woman: bool) -> str:
        """A given name."""
        return draw.common(self.women if woman else self.men)

    def surname(self, draw: Draw) -> str:
        """A family name, in the form of men where there are two."""
        if self.stems and draw.chance(self.tail):
            return draw.choice(self.stems) + draw.choice(self.endings)
        return draw.common(self.family)
