from typing import Any

class HashableDict(dict[Any, Any]):
    @staticmethod
    def of(o: Any) -> Any: ...
