from typing import Any

class AWSRequest:
    headers: Any
    def __init__(self, **kwargs: Any) -> None: ...
