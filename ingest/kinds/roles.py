"""Columns of somebody else's: the buyer's beside the guest's, a supporter's beside the patient's.

Which words stand for somebody else is not known beforehand. But where a table has a first name and a telephone, and
both again under one word more, that word is a role, and the columns behind it are another person's.
"""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from ingest.kinds.header import OTHER_NAME, Header
from ingest.kinds.settle import NAMES, PERSONAL, Apart, Candidate, Candidates

SAID: Final = Header(words="", kinds=("text",))
"""In place of a header that is read: what stands under it is no name that is to be looked for again."""
AS_MANY: Final = 0.3
"""Values of the person's own, to each of somebody else's: clinics have fewer names and telephones than patients."""
MOST_WORDS: Final = 2
"""Words of a role."""
LEAST_COLUMNS: Final = 2
"""Columns of the person that stand again under a role."""
OWN: Final = re.compile(
    rf"\b({OTHER_NAME}|prior|old|new|current|alt\w*|"
    r"second(ary)?|third|additional|home|house|work|business|office|mobile|cell|daytime|evening|mail(ing)?|e|postal|"
    r"physical|permanent|temporary|residen\w*|legal|official|native|local|english|latin|roman\w*|phonetic|kana|kanji|"
    r"full|first|last|middle|given|family|display|short|sur|user|login|screen|professional|married|ship\w*|bill\w*|"
    r"deliver\w*|invoice|source|raw|clean\w*|std|standard\w*|norm\w*|original|\d+)\b"
)
"""Words of the person's own: another name, another address."""
PERSON: Final = re.compile(
    r"\b(person\w*|people|customer|cust|client|patient|pat|pt|member|subscriber|user|subject|applicant|candidate|insured|"
    r"policy ?holder|student|pupil|employee|emp|staff|worker|owner|donor|passenger|guest|participant|respondent|"
    r"account|acct|holder|contact|lead|primary|main|principal|head|individual|consumer|citizen|voter|tenant|resident|"
    r"beneficiary|enrollee|decedent|deceased|victim|suspect|defendant|offender|inmate|soldier|claimant|"
    r"borrower|player|author|inventor|party|entity|record|profile|kunde|klant|cliente|paciente|client[ei])\b"
)
"""Words for the person himself: beside them a bare name may be a product's."""


FIRST: Final = re.compile(r"patient|pat|pt|member|claimant|dependent|guest|passenger|student|pupil|child|resident")
"""Whom a table is about, where it names whoever pays as well."""
PAYING: Final = re.compile(
    r"subscriber|insured|policy ?holder|guarantor|payer|sponsor|account|acct|customer|cust|owner|holder"
)


def without_others(columns: Candidates, apart: Apart) -> Candidates:
    """Leave out what stands under a role: one buyer has many guests, and one agent many clients.

    Args:
        columns: what each was taken for.
        apart: whether two columns are never filled in the same row.
    """
    plain = _plain(columns)
    under = defaultdict[str, list[tuple[Candidate, Candidate]]](list)
    for one in columns:
        for role, own in _readings(one, plain):
            if not apart(one.column, own.column):
                under[role].append((one, own))
    others = {
        one.column
        for pairs in under.values()
        if len(pairs) >= LEAST_COLUMNS and any(own.kind in NAMES for _, own in pairs) and _tell_as_many(pairs)
        for one, _ in pairs
        if one.kind in PERSONAL
    }
    return tuple(
        replace(one, kind="text", confidence=0.85, header=SAID) if one.column in others else one for one in columns
    )


def _plain(columns: Candidates) -> Mapping[str, Candidate]:
    """The person's own columns by their headers; under a word for the person, by the words behind it as well.

    Where several such words have the same behind them, the patient counts before the subscriber.
    """
    personal = [one for one in columns if one.kind in PERSONAL]
    named = [(*one.header.words.partition(" "), one) for one in personal]
    own = [(person, words, one) for person, _, words, one in named if words and PERSON.fullmatch(person)]
    own.sort(key=lambda found: FIRST.fullmatch(found[0]) is not None)
    return {words: one for _, words, one in own} | {one.header.words: one for one in personal}


def _readings(one: Candidate, plain: Mapping[str, Candidate]) -> list[tuple[str, Candidate]]:
    """The role that a header may begin with, and the person's own column that the rest names."""
    words = one.header.words.split()
    found = ((words[:at], plain.get(" ".join(words[at:]))) for at in range(1, MOST_WORDS + 1))
    return [(" ".join(role), own) for role, own in found if role and own is not None and _is_role(role, own)]


def _is_role(words: list[str], own: Candidate) -> bool:
    if PAYING.fullmatch(" ".join(words)) and FIRST.fullmatch(own.header.words.split(" ")[0]):
        return True
    return not OWN.search(" ".join(words)) and not PERSON.search(words[-1])


def _tell_as_many(pairs: list[tuple[Candidate, Candidate]]) -> bool:
    """Whether the bare columns are the rows' own: filled as often as the others, with as many values.

    Names are asked where nothing else is there: a first name alone has fewer values than a whole one.
    """
    contacts = [(one, own) for one, own in pairs if own.kind not in NAMES] or pairs
    return all(
        own.facts.filled >= AS_MANY * one.facts.filled and own.facts.distinct >= AS_MANY * one.facts.distinct
        for one, own in contacts
    )
