from typing import Any

class GremlinServerError(Exception):
    status_code: int
    status_message: str
    status_attributes: dict[str, Any]
