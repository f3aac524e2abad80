"""Masks: the part of a value that may be shown to someone who must not know the value.

Pure text to text. A mask keeps nothing that could be undone: hidden letters become a fixed number of dots, so even the
length stays hidden.
"""

from typing import Final

DOTS: Final = "•••"


def mask_email(value: str) -> str:
    """First letters only: jane@example.com becomes j•••@e•••.com."""
    name, at, domain = value.rpartition("@")
    if not at or not name:
        return DOTS
    _, dot, ending = domain.rpartition(".")
    return f"{name[0]}{DOTS}@{domain[:1]}{DOTS}{dot}{ending if dot else ''}"


def mask_phone(value: str) -> str:
    """Last two digits only."""
    return DOTS + value[-2:] if len(value) > 6 else DOTS


def mask_name(value: str) -> str:
    """First letter only."""
    return value[:1] + DOTS


def mask_year(value: str) -> str:
    """Year of a date only."""
    return value[:4]


def mask_postcode(value: str) -> str:
    """First two characters only."""
    return value[:2] + DOTS if len(value) > 3 else DOTS
