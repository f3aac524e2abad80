from collections.abc import Callable
from datetime import datetime
from typing import Any

class Credentials:
    def __init__(self, access_key: str, secret_key: str, token: str | None = ...) -> None: ...
    def get_frozen_credentials(self) -> Any: ...

class RefreshableCredentials(Credentials):
    def __init__(
        self,
        access_key: str,
        secret_key: str,
        token: str,
        expiry_time: datetime,
        refresh_using: Callable[[], dict[str, str]],
        method: str,
    ) -> None: ...
