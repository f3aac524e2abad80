"""How people and machines write a value wrongly; each takes a text of at least one sign."""

from datetime import date

from benchmarks.layouts.draw import Draw

KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "1234567890")
LOOKALIKES = {
    "m": "rn", "rn": "m", "l": "1", "o": "0", "e": "c", "c": "e", "h": "b", "u": "n", "n": "u", "cl": "d", "i": "l",
    "S": "5", "B": "8", "O": "0", "I": "l", "G": "C", "E": "F", "0": "O", "1": "l", "5": "S", "8": "B", "7": "1",
    "3": "8", "6": "5",
}  # fmt: skip
SOUNDS = (
    ("ph", "f"), ("ck", "k"), ("ee", "ea"), ("ai", "ay"), ("ei", "ie"), ("tt", "t"), ("ll", "l"), ("nn", "n"),
    ("ss", "s"), ("c", "k"), ("y", "i"), ("z", "s"), ("th", "t"), ("w", "v"), ("ou", "u"), ("sch", "sh"), ("oo", "u"),
    ("gh", "g"), ("dt", "d"), ("e", "a"), ("o", "u"), ("i", "e"),
)  # fmt: skip


def typo(draw: Draw, text: str) -> str:
    """One sign struck beside its key, left out, doubled, or swapped with the next."""
    at = draw.randrange(len(text))
    kind = draw.randrange(4)
    if kind == 0:
        return text[:at] + _beside(draw, text[at]) + text[at + 1 :]
    if kind == 1 and len(text) > 1:
        return text[:at] + text[at + 1 :]
    if kind == 2:
        return text[:at] + text[at] + text[at:]
    return text[:at] + text[at + 1 : at + 2] + text[at] + text[at + 2 :]


def _beside(draw: Draw, sign: str) -> str:
    for row in KEYS:
        at = row.find(sign.lower())
        if at >= 0:
            near = row[max(at - 1, 0) : at] + row[at + 1 : at + 2]
            other = draw.choice(near)
            return other.upper() if sign.isupper() else other
    return sign


def misread(draw: Draw, text: str) -> str:
    """One sign or pair read as one that looks like it, as scanners and transcribers do."""
    found = [(at, part) for part in LOOKALIKES for at in range(len(text)) if text.startswith(part, at)]
    if not found:
        return typo(draw, text)
    at, part = draw.choice(found)
    return text[:at] + LOOKALIKES[part] + text[at + len(part) :]


def misheard(draw: Draw, text: str) -> str:
    """One sound written as another letter that sounds like it."""
    low = text.lower()
    found = [pair for pair in SOUNDS if pair[0] in low[1:]]
    if not found:
        return typo(draw, text)
    old, new = draw.choice(found)
    at = low.index(old, 1)
    return text[:at] + new + text[at + len(old) :]


def digit(draw: Draw, text: str) -> str:
    """One digit replaced by another, or two neighbours swapped."""
    places = [at for at, sign in enumerate(text) if sign.isdigit()]
    if not places:
        return text
    at = draw.choice(places)
    if draw.chance(0.5) and text[at + 1 : at + 2].isdigit():
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    return text[:at] + draw.choice("0123456789") + text[at + 1 :]


def initial(_: Draw, text: str) -> str:
    """The first letter only."""
    return text[:1]


def other_day(draw: Draw, day: date) -> date:
    """The day and month swapped where a calendar allows it, else another day of the month, or the year one off."""
    if day.day <= 12 and draw.chance(0.4):
        return day.replace(month=day.day, day=day.month)
    if draw.chance(0.5):
        return day.replace(day=draw.randint(1, 28))
    return day.replace(year=day.year + draw.choice((-1, 1)), day=min(day.day, 28))
