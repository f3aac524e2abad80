"""One column's kind: what its contents settle, then what its header says if the contents allow it, then a guess.

When evidence is thin the answer is category or text: a misread column does more harm than an unread one.
"""

from collections.abc import Callable, Mapping
from typing import Final

from ingest.clean.codes import sex_pair
from ingest.kinds.facts import Facts
from ingest.kinds.header import ASIDE, Header
from ingest.kinds.shapes import Shapes

Verdict = tuple[str, float]
LIFETIME_YEARS: Final = 35
FEW_ROWS: Final = 20
CONSTANT_KINDS: Final = frozenset({"city", "region", "postcode", "country"})
MANY_USES: Final = 25
FEW_USES: Final = 5
ALIKE: Final = 0.9
LEAST_NAMES: Final = 30
MOST_NAME_WORDS: Final = 5
"""Words of a name; sentences have more."""
EAST_NAMES: Final = 0.6
"""Share of rows that begin with a family name of China or Korea; of words one in five would."""
EAST_LONG: Final = 0.3
"""Share of them with two signs more: family names of Japan have one."""
FEW_NAMES: Final = 10
LEAST_LETTERS: Final = 14
"""Letters that are initials of middle names; companies, blocks and grades have fewer."""
GROUP_USES: Final = 50
MOST_CODES: Final = 100
LEAST_ADDRESSES: Final = 100
LEAST_SIGNS: Final = 4
"""Signs that a national identifier has on average, if only its last four are told."""
KNOWN_NAMES: Final = 0.3
"""Share of the rows with a known first name, from which one word is a name and not what somebody calls himself."""
HANDLES: Final = 0.9
MOST_CLERKS: Final = 100
"""Of users of a program there are more, of those who type the rows fewer."""
OWN_SHARE: Final = 0.4
"""Distinct words a row from which they may be of people and not of goods or seats, where no header tells."""
NUMBERED: Final = 0.25
"""Share of such words that have digits, as where somebody else had the name already."""
JOINED: Final = 0.5
"""Share of small first and last names with a point between them, from which they are meant as one word."""
OBJECTS: Final = ("{", "[")
"""How lists and objects begin, of which no part is told."""
UNISSUED: Final = ("holds_date", "date", "day_of_month", "decimal")
"""Shapes of numbers that nobody gives out."""
AGAIN: Final = 1.2
"""Rows to each value of words that tell a group: an employer or a university stands in fewer rows than a county."""
WORDY: Final = 0.1
"""Share of the values with digits, from which they are of visits, goods and days rather than of groups."""
BORN: Final = frozenset({"birth_date", "birth_year"})
DATED: Final = frozenset({"birth_date", "date"})
"""What a header has to say, if it says anything, for six or seven digits to be dates."""


def decide_kind(header: Header, facts: Facts, shapes: Shapes) -> Verdict:
    """Give the kind of a column and the confidence in it, 0 to 1."""
    for rule in RULES:
        verdict = rule(header, facts, shapes)
        if verdict is not None:
            return verdict
    return "text", 0.5


def _empty(_header: Header, facts: Facts, _shapes: Shapes) -> Verdict | None:
    return ("ignore", 0.99) if facts.distinct == 0 else None


def _constant(header: Header, facts: Facts, shapes: Shapes) -> Verdict | None:
    """One value in every row tells nobody apart, but it may complete an address."""
    if facts.distinct > 1 or facts.filled < FEW_ROWS:
        return None
    if shapes.by_row["suffix"] == 1 and "suffix" in header.kinds:
        return "suffix", 0.9
    return next(((kind, 0.8) for kind in header.kinds if kind in CONSTANT_KINDS), ("ignore", 0.95))


def _row_number(_header: Header, facts: Facts, _shapes: Shapes) -> Verdict | None:
    counted = facts.integers == facts.distinct == facts.filled and facts.span == facts.filled - 1
    return ("ignore", 0.95) if counted and facts.filled >= FEW_ROWS else None


def _unmistakable(header: Header, facts: Facts, shapes: Shapes) -> Verdict | None:
    share = shapes.by_value
    for kind, shape, least in (
        ("email", "email", 0.6),
        ("device", "mac", 0.8),
        ("national_id", "ssn", 0.6),
        ("identifier", "orcid", 0.8),
        ("text", "doi", 0.8),
        ("postcode", "uk_postcode", 0.6),
        ("postcode", "ca_postcode", 0.7),
    ):
        if share[shape] >= least:
            return kind, 0.97
    if (
        share["phone"] >= 0.5
        and share["date"] < 0.2
        and facts.distinct > 1
        and not _posted_or_issued(header, facts, shapes)
    ):
        return "phone", 0.97
    if share["zip_last"] >= 0.6 and share["leading_number"] < 0.3:
        return "city", 0.8
    both = share["female"] > 0 and share["male"] > 0
    if shapes.by_row["sex_word"] >= 0.9 and facts.distinct <= FEW_ROWS and (both or "sex" in header.kinds):
        return ("sex", 0.97) if not header.kinds or "sex" in header.kinds else None
    return None


def _posted_or_issued(header: Header, facts: Facts, shapes: Shapes) -> bool:
    """Whether grouped digits are what the header says first: a postcode of nine, or an identifier without + and (."""
    issued = header.kinds[:1] == ("national_id",) and not any("+" in value or "(" in value for value in facts.values)
    return issued or (header.kinds[:1] == ("postcode",) and shapes.by_value["five"] >= 0.9)


def _aside(header: Header, _facts: Facts, shapes: Shapes) -> Verdict | None:
    """A mother's name is nobody's second name, a place of birth no address, and what is hers not the person's own."""
    if ASIDE not in header.kinds:
        return None
    if shapes.by_row["date"] >= 0.4:
        return None if "birth_date" in header.kinds and not header.of_kin() else ("date", 0.9)
    pointer = "text" in header.kinds and set(header.kinds) <= {ASIDE, "text", "identifier"}
    return None if pointer and shapes.by_row["mostly_letters"] < 0.6 else ("category", 0.85)


def _dates(header: Header, _facts: Facts, shapes: Shapes) -> Verdict | None:
    """A date is of birth when the header says so, or when dates span a lifetime and the header does not object."""
    packed = shapes.packed and (not header.kinds or not DATED.isdisjoint(header.kinds))
    months = shapes.by_row["month_of_year"] >= ALIKE and (not header.kinds or not DATED.isdisjoint(header.kinds))
    if shapes.by_value["date"] < 0.6 and shapes.by_row["date"] < 0.6 and not packed and not months:
        return None
    if not BORN.isdisjoint(header.kinds) and shapes.by_row["instant"] < 0.9:
        return "birth_date", 0.98
    if header.kinds or months or shapes.by_row["instant"] > 0.5:
        return "date", 0.95
    low, high = shapes.years
    return ("birth_date", 0.75) if high - low >= LIFETIME_YEARS else ("date", 0.7)


def _numbers_of_time_and_net(header: Header, _facts: Facts, shapes: Shapes) -> Verdict | None:
    """Seconds since 1970 under a header of time, and addresses of the net, number no person."""
    if shapes.by_row["epoch"] >= 0.95 and "date" in header.kinds:
        return "date", 0.9
    return ("text", 0.9) if shapes.by_row["ip"] >= 0.8 else None


def _handles(header: Header, facts: Facts, shapes: Shapes) -> Verdict | None:
    """Names that people have in a program: one word each, by the header or by digits or a point in it."""
    value = shapes.by_value
    joined, numbered = value["joined"] >= JOINED, value["digits"] >= NUMBERED
    known = shapes.by_row["given"] >= KNOWN_NAMES and not joined and not numbered
    if value["handle"] < HANDLES or facts.distinct < FEW_ROWS or known or (header.kinds and not header.handle):
        return None
    if header.handle:
        return ("identifier", 0.85) if facts.distinct >= min(MOST_CLERKS, facts.filled / FEW_USES) else None
    own = _own(facts) and OWN_SHARE * facts.filled <= facts.distinct
    return ("identifier", 0.6) if own and (joined or (numbered and value["lettered"] >= HANDLES)) else None


def _by_header(header: Header, facts: Facts, shapes: Shapes) -> Verdict | None:
    for kind in header.kinds:
        if kind in PLAUSIBLE and PLAUSIBLE[kind](facts, shapes):
            return kind, 0.92
    if any(kind in _CODED for kind in header.kinds) and _repeats(facts):
        return "category", 0.6
    return None


def _by_contents(_header: Header, facts: Facts, shapes: Shapes) -> Verdict | None:
    """The first of the tests that holds."""
    value, row = shapes.by_value, shapes.by_row
    low, high = shapes.years
    tests = (
        ("country", 0.7, row["country"] >= 0.9 and row["country"] > row["region"]),
        ("region", 0.75, row["region"] >= 0.9 and facts.distinct > 2),
        ("address", 0.85, value["leading_number"] >= 0.6 and value["street"] >= 0.35),
        ("address", 0.7, value["leading_number"] >= 0.8 and _varied(facts)),
        ("address", 0.7, value["trailing_number"] >= 0.8 and value["street_ending"] >= 0.35 and _varied(facts)),
        ("street", 0.75, value["street"] >= 0.5),
        ("phone", 0.7, value["nanp"] >= 0.9 and facts.distinct * 10 >= facts.filled),
        ("postcode", 0.7, value["five"] >= 0.9 and value["zero_first"] >= 0.01 and facts.distinct > FEW_ROWS),
        ("birth_year", 0.65, value["year"] >= 0.9 and high - low >= LIFETIME_YEARS),
        ("middle_name", 0.7, row["letter"] >= 0.9 and facts.distinct >= LEAST_LETTERS),
    )
    return next(((kind, confidence) for kind, confidence, holds in tests if holds), None)


def _names(_header: Header, facts: Facts, shapes: Shapes) -> Verdict | None:
    """Tell names and cities apart by the commonest of each."""
    row = shapes.by_row
    if shapes.by_value["letters"] < 0.8 or facts.distinct < 5 or shapes.words > MOST_NAME_WORDS or _few_groups(facts):
        return None
    if row["east_name"] >= EAST_NAMES and row["east_long"] >= EAST_LONG and are_varied(facts):
        return "full_name", 0.75
    if shapes.words >= 1.7 and row["given"] >= 0.15 and row["family"] >= 0.03:
        return "full_name", 0.75
    scores = {"given_name": row["given_only"], "family_name": 2 * row["family_only"], "city": 2 * row["city"]}
    best = max(scores, key=lambda kind: (scores[kind], kind))
    return (best, 0.7) if scores[best] >= 0.1 else None


def _codes(header: Header, facts: Facts, shapes: Shapes) -> Verdict | None:
    value = shapes.by_value
    if value["digest"] >= 0.9 and set(header.kinds) & HIDDEN and facts.distinct >= FEW_ROWS:
        return "identifier", 0.8
    known = header.kinds and not set(header.kinds) & _CODED
    if known or facts.distinct < FEW_ROWS or facts.filled > MANY_USES * facts.distinct:
        return None
    coded = value["long_code"] >= 0.9 and max(value["numeric"], value["day_of_month"]) < 0.1
    if value["uuid"] >= 0.9 or coded:
        return "identifier", 0.65
    lengths = {len(text) for text in facts.values}
    fixed = value["long_code"] >= 0.95 and value["integer"] >= 0.95 and len(lengths) <= 3 and min(lengths) >= 7
    own = shapes.alike >= ALIKE and _own(facts) and max(value[name] for name in UNISSUED) < 0.2
    return ("identifier", 0.6) if fixed or own else None


def _own(facts: Facts) -> bool:
    """Nearly as many values as rows, some of them again: as numbers of people are, and no lots, dates or amounts."""
    return facts.distinct < facts.filled <= FEW_USES * facts.distinct


def _rest(header: Header, facts: Facts, shapes: Shapes) -> Verdict | None:
    if shapes.by_value["numeric"] >= 0.9:
        return ("category", 0.55) if _is_coded(header, facts, shapes) else ("number", 0.7)
    objects = sum(value.startswith(OBJECTS) for value in facts.values) >= ALIKE * len(facts.values)
    again = _repeats(facts) or (_repeats(facts, AGAIN) and shapes.by_value["digits"] < WORDY)
    return ("category", 0.6) if again and not objects else None


def _is_coded(header: Header, facts: Facts, shapes: Shapes) -> bool:
    """A few whole numbers, each for many rows, stand for groups: a county, a race, a class."""
    few = 1 < facts.distinct <= MOST_CODES and facts.filled >= GROUP_USES * facts.distinct
    return few and shapes.by_row["integer"] >= 0.99 and "number" not in header.kinds


def _varied(facts: Facts) -> bool:
    """As many values as addresses would be, not as many as doses or sizes."""
    return facts.distinct >= max(LEAST_ADDRESSES, facts.filled // 10)


def are_varied(facts: Facts) -> bool:
    """As many values as names would be.

    Among more rows stand more names, and no more diagnoses: of names there are more than the root of the rows.
    """
    return bool(facts.distinct >= max(LEAST_NAMES, facts.filled**0.5))


def _few_groups(facts: Facts) -> bool:
    """A handful of values for everybody are groups, even where White and Black are family names elsewhere."""
    return facts.distinct < FEW_NAMES and facts.filled >= GROUP_USES * facts.distinct


def _repeats(facts: Facts, times: float = 3) -> bool:
    """A free code is used again and again, so many times on average."""
    return 1 < facts.distinct <= 5000 and facts.filled >= times * facts.distinct


RULES: Final = (
    _empty,
    _constant,
    _row_number,
    _aside,
    _unmistakable,
    _dates,
    _numbers_of_time_and_net,
    _handles,
    _by_header,
    _by_contents,
    _names,
    _codes,
    _rest,
)
HIDDEN: Final = frozenset({"email", "phone", "full_name", "given_name", "family_name", "birth_date", "address"})
"""What is sent as a digest, so that equal values can be found and none be read."""
_CODED: Final = frozenset({"identifier", "national_id", "device"})


def _is_name(_facts: Facts, shapes: Shapes) -> bool:
    return shapes.by_row["mostly_letters"] + shapes.by_row["letter"] >= 0.6 and shapes.by_value["email"] < 0.3


def _is_place(_facts: Facts, shapes: Shapes) -> bool:
    return shapes.by_row["mostly_letters"] >= 0.6 and shapes.by_value["date"] < 0.2


def _is_code(facts: Facts, shapes: Shapes) -> bool:
    rare = facts.filled <= MANY_USES * facts.distinct
    return rare and shapes.words < 1.5 and shapes.by_value["digits"] >= 0.5 and shapes.by_value["date"] < 0.6


def _is_national(facts: Facts, shapes: Shapes) -> bool:
    """A code, no row or run counted from one; or numbers of one form, whatever signs or spaces stand in them."""
    long = sum(map(len, facts.values)) >= LEAST_SIGNS * len(facts.values)
    formed = shapes.alike >= ALIKE and facts.filled <= MANY_USES * facts.distinct and shapes.by_value["date"] < 0.6
    return (_is_code(facts, shapes) and long) or formed


def _is_device(facts: Facts, shapes: Shapes) -> bool:
    """A number of its own: not the make of a browser."""
    return facts.filled <= 1000 * facts.distinct and shapes.words < 1.5 and shapes.by_value["digits"] >= 0.5


PLAUSIBLE: Final[Mapping[str, Callable[[Facts, Shapes], bool]]] = {
    "given_name": _is_name,
    "middle_name": _is_name,
    "family_name": _is_name,
    "full_name": _is_name,
    "suffix": lambda _, shapes: shapes.by_row["suffix"] >= 0.5,
    "birth_date": lambda _, shapes: (
        shapes.packed or sum(shapes.by_row[name] for name in ("date", "six", "year", "serial")) >= 0.4
    ),
    "birth_day": lambda _, shapes: shapes.by_row["day"] >= 0.8,
    "birth_month": lambda _, shapes: shapes.by_row["month"] >= 0.8,
    "birth_year": lambda _, shapes: shapes.by_row["year"] >= 0.8,
    "age": lambda _, shapes: shapes.by_row["age"] >= 0.8,
    "date": lambda _, shapes: shapes.by_row["date"] + shapes.by_row["year"] >= 0.4,
    "sex": lambda facts, shapes: (
        shapes.by_row["sex"] >= 0.3
        or sex_pair({value.lower(): count for value, count in zip(facts.values, facts.counts, strict=True)}) is not None
    ),
    "phone": lambda _, shapes: shapes.by_row["dialled"] >= 0.5,
    "email": lambda _, shapes: shapes.by_row["email"] >= 0.3,
    "address": lambda _, shapes: shapes.by_row["digits"] >= 0.2 or shapes.by_value["street"] >= 0.2,
    "house_number": lambda _, shapes: shapes.by_row["short_number"] >= 0.6,
    "street": _is_place,
    "unit": lambda facts, _: facts.distinct > 1,
    "city": _is_place,
    "region": lambda facts, shapes: facts.distinct <= 1000 and _is_place(facts, shapes),
    "country": lambda facts, shapes: facts.distinct <= 300 and _is_place(facts, shapes),
    "postcode": lambda _, shapes: shapes.by_row["digits"] >= 0.7 and shapes.words < 2.5,
    "national_id": _is_national,
    "identifier": _is_code,
    "device": _is_device,
    "number": lambda _, shapes: shapes.by_value["numeric"] >= 0.6,
    "category": lambda facts, _: facts.distinct <= max(5000, facts.filled // 3),
    "text": lambda _, shapes: shapes.by_row["date"] < 0.5,
    "ignore": lambda _, shapes: shapes.by_value["integer"] >= 0.9,
}
