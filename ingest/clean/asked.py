"""One value cleaned as a column of its kind would be, for whoever asks for people by what they wrote themselves."""

from collections.abc import Mapping
from functools import cache
from typing import Final

import duckdb
import pyarrow as pa

from ingest.clean.codes import sex_recipe
from ingest.clean.contacts import EMAIL
from ingest.clean.places import COUNTRY, PLACE, POSTCODE, REGION
from ingest.clean.run import clean_phones, clean_values, cleaner
from ingest.clean.text import SMALL_KNOWN, Recipe

RECIPES: Final[Mapping[str, Recipe]] = {
    "sex": sex_recipe(),
    "email": EMAIL,
    "city": (*PLACE, ("c", "place")),
    "region": REGION,
    "postcode": POSTCODE,
    "country": COUNTRY,
}
NO_REGION: Final = "ZZ"
"""No country: a telephone number is read by its own country code alone."""


@cache
def _rules(region: str) -> duckdb.DuckDBPyConnection:
    """A cleaner that is kept: its macros take longer to make than a value to clean."""
    return cleaner(region)


def clean_asked(field: str, value: str, region: str = NO_REGION) -> tuple[str, ...]:
    """How cleaning may have written a value of a profile field: by the field's own rules, or in small letters.

    Args:
        field: as in the golden profile; a name is only put in small letters.
        value: what somebody wrote.
        region: ISO 3166 code of the country whose telephone numbers come without a country code.
    """
    texts = pa.array([value], pa.string())
    with _rules(region).cursor() as database:
        small = clean_values(database, texts, SMALL_KNOWN)
        own = clean_phones(database, texts, region) if field == "phone" else small
        if field in RECIPES:
            own = clean_values(database, texts, RECIPES[field])
    return tuple(dict.fromkeys(way for way in (*own.to_pylist(), *small.to_pylist()) if way is not None))
