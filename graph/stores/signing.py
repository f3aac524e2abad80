"""Headers that prove to Neptune who connects: AWS Signature Version 4 over the WebSocket handshake.

Credentials come from where AWS's libraries look for them, and are asked for anew at each connection, so that those that
expire are refreshed. Needs the extra `aws`. Written by the documentation; no Neptune has checked these signatures yet.

Source: AWS, Signature Version 4 signing process; Amazon Neptune User Guide, connecting with IAM.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final
from urllib.parse import urlsplit

from core.errors import MissingError
from graph.stores.connections import Sign

SERVICE: Final = "neptune-db"
HTTP: Final = {"ws": "http", "wss": "https"}
KEPT: Final = ("Authorization", "X-Amz-Date", "X-Amz-Security-Token", "Host")


def signing(region: str, *, service: str = SERVICE, credentials: Any = None) -> Sign:
    """Make a function that signs a GET request.

    Args:
        region: such as `eu-central-1`.
        service: the signing name of the service.
        credentials: botocore's, which may refresh themselves; by default those that botocore finds.

    Raises:
        MissingError: the extra `aws` is not installed, or there are no credentials.
    """
    given = credentials if credentials is not None else _found()

    def sign(url: str) -> Mapping[str, str]:
        return signed_headers("GET", url, given, region=region, service=service)

    return sign


def signing_requests(
    region: str, *, service: str = SERVICE, credentials: Any = None
) -> Callable[[str, str, bytes], Mapping[str, str]]:
    """Make a function that signs a request of any method, URL and body; arguments and errors as in `signing`."""
    given = credentials if credentials is not None else _found()

    def sign(method: str, url: str, body: bytes) -> Mapping[str, str]:
        return signed_headers(method, url, given, region=region, service=service, body=body)

    return sign


def signed_headers(
    method: str, url: str, credentials: Any, *, region: str, service: str = SERVICE, body: bytes = b""
) -> dict[str, str]:
    """Sign a request as of now.

    Args:
        method: GET or POST.
        url: of `http`, `https`, `ws` or `wss`.
        credentials: botocore's.
        region: such as `eu-central-1`.
        service: the signing name of the service.
        body: what is sent.
    """
    from botocore.auth import SigV4Auth
    from botocore.awsrequest import AWSRequest

    parts = urlsplit(url)
    plain = parts._replace(scheme=HTTP.get(parts.scheme, parts.scheme)).geturl()
    request: Any = AWSRequest(method=method, url=plain, data=body, headers={"Host": parts.netloc})
    SigV4Auth(credentials.get_frozen_credentials(), service, region).add_auth(request)
    return {name: request.headers[name] for name in KEPT if name in request.headers}


def _found() -> Any:
    try:
        from botocore.session import get_session
    except ImportError as error:
        raise MissingError(
            "Signing for AWS needs botocore.", remedy='Install it: pip install "customer360-engine[aws]".'
        ) from error
    credentials = get_session().get_credentials()
    if credentials is None:
        raise MissingError("There are no AWS credentials.", remedy="Set up a role, a profile or AWS_ACCESS_KEY_ID.")
    return credentials
