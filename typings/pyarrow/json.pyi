"""What this project uses of pyarrow.json, untyped in detail."""

from typing import Any

def __getattr__(name: str) -> Any: ...
