"""The value types that properties have, and how each stands in a batch."""

from collections.abc import Mapping
from typing import Final, Literal

import pyarrow as pa

ValueType = Literal["String", "Boolean", "Long", "Double"]

ARROW: Final[Mapping[ValueType, pa.DataType]] = {
    "String": pa.string(),
    "Boolean": pa.bool_(),
    "Long": pa.int64(),
    "Double": pa.float64(),
}
"""Times are Long, in epoch milliseconds, under names that end in `_ts`."""
