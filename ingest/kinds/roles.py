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


PAYING: Final = re.compile(
    r"^(subscriber|insured|policy ?holder|card ?holder|(account )?holder|payer|sponsor|titular|tomador|preneur|"
    r"souscripteur|versicherungsnehmer|hauptversicherte[rn]?|verzekeringnemer|hoofdverzekerde|contraente|intestatario)\b"
)
"""Whoever pays, where the table names others as well."""
AS_FULL: Final = 0.9
"""Rows with a name of others, to each with whoever pays, from which the table is about these others."""


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
    return tuple(_left_out(one) if one.column in others else one for one in columns)


def without_payers(columns: Candidates, apart: Apart) -> Candidates:
    """Leave out what is told of whoever pays for the person: husbands pay for wives, and mothers for children.

    A number of his that the person has none of says that they belong together, and stays.

    Args:
        columns: what each was taken for.
        apart: whether two columns are never filled in the same row.
    """
    under = {one.column: PAYING.sub("", one.header.words).strip() for one in columns if PAYING.search(one.header.words)}
    own = [one for one in columns if one.column not in under]
    names = [one for one in own if one.kind in NAMES]
    again = {words for one in own for words in (one.header.words, one.header.words.partition(" ")[2])}
    paying = [one for one in columns if one.column in under and (one.kind in PERSONAL or under[one.column] in again)]
    others = {one.column for one in paying if any(_pays(one, name, apart) for name in names)}
    return tuple(_left_out(one) if one.column in others else one for one in columns)


def _pays(payer: Candidate, name: Candidate, apart: Apart) -> bool:
    """Whether nearly every row with the one names the other as well."""
    return not apart(payer.column, name.column) and name.facts.filled >= AS_FULL * payer.facts.filled


def _left_out(column: Candidate) -> Candidate:
    return replace(column, kind="text", confidence=0.85, header=SAID)


def _plain(columns: Candidates) -> Mapping[str, Candidate]:
    """The person's own columns by their headers; under a word for the person, by the words behind it as well."""
    personal = [one for one in columns if one.kind in PERSONAL]
    named = [(*one.header.words.partition(" "), one) for one in personal]
    own = {words: one for person, _, words, one in named if words and PERSON.fullmatch(person)}
    return own | {one.header.words: one for one in personal}


def _readings(one: Candidate, plain: Mapping[str, Candidate]) -> list[tuple[str, Candidate]]:
    """The role that a header may begin with, and the person's own column that the rest names."""
    words = one.header.words.split()
    found = ((words[:at], plain.get(" ".join(words[at:]))) for at in range(1, MOST_WORDS + 1))
    return [(" ".join(role), own) for role, own in found if role and own is not None and _is_role(role)]


def _is_role(words: list[str]) -> bool:
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
