"""What one caller may ask of the API: sizes, costs, and how often. The defaults suit an address open to all."""

from typing import Annotated

import msgspec

from core.settings import Settings

Positive = Annotated[int, msgspec.Meta(ge=1, le=1_000_000_000)]
PageSize = Annotated[int, msgspec.Meta(ge=50, le=10_000)]


class Limits(Settings, frozen=True, kw_only=True):
    """What one caller may ask for.

    Attributes:
        page: largest `first` of a list, 50 or more.
        cost: largest sum of field costs of a document; all below a page counts once for each element asked for.
        fields: most fields of a document, its fragments unfolded.
        depth: most levels of selections.
        repeats: most fields of one response name in one selection.
        tokens: most lexical tokens of a document.
        body_bytes: largest body of a request.
        threads: documents that run at the same time; more wait.
        requests_per_minute: documents of one key in a minute; more are refused until the minute has passed on.
    """

    page: PageSize = 100
    cost: Positive = 5000
    fields: Positive = 500
    depth: Annotated[int, msgspec.Meta(ge=1, le=30)] = 15
    repeats: Positive = 4
    tokens: Positive = 2000
    body_bytes: Positive = 256 * 1024
    threads: Annotated[int, msgspec.Meta(ge=1, le=256)] = 8
    requests_per_minute: Positive = 600
