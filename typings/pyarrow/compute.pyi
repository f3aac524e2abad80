"""What this project uses of pyarrow.compute, untyped in detail."""

from typing import Any

def __getattr__(name: str) -> Any: ...
