"""Signatures are those of AWS: of its published example, and as a server checks them."""

import hashlib
import hmac
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest
from botocore.credentials import Credentials, RefreshableCredentials

from graph.stores.signing import signed_headers, signing

ACCESS, SECRET = "AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"
PUBLISHED = datetime(2015, 8, 30, 12, 36, tzinfo=UTC)
VECTORS = {
    "http://example.amazonaws.com/": "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
    "http://example.amazonaws.com/?Param2=value2&Param1=value1": (
        "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500"
    ),
}
"""get-vanilla and get-vanilla-query-order-key-case of AWS's Signature Version 4 test suite."""
URL = "wss://cluster.neptune.example:8182/gremlin"


def signature(url: str, headers: dict[str, str], scope: tuple[str, str]) -> str:
    """What a server computes over a GET request: written from the specification, for comparison."""
    parts, (region, service) = urlsplit(url), scope
    named = {name.lower(): value for name, value in headers.items() if name != "Authorization"}
    names = ";".join(sorted(named))
    query = "&".join(sorted(parts.query.split("&"))) if parts.query else ""
    lines = [f"{name}:{named[name]}" for name in sorted(named)]
    empty = hashlib.sha256(b"").hexdigest()
    request = "\n".join(["GET", parts.path or "/", query, *lines, "", names, empty])
    at = named["x-amz-date"]
    place = f"{at[:8]}/{region}/{service}/aws4_request"
    text = "\n".join(["AWS4-HMAC-SHA256", at, place, hashlib.sha256(request.encode()).hexdigest()])
    key = f"AWS4{SECRET}".encode()
    for part in place.split("/"):
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


def published() -> datetime:
    """The moment of the examples."""
    return PUBLISHED


@pytest.mark.parametrize("url", VECTORS)
def test_the_published_examples_are_signed_as_published(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ours, and the check that the other test relies on."""
    monkeypatch.setattr("botocore.auth.get_current_datetime", published)
    found = signed_headers("GET", url, Credentials(ACCESS, SECRET), region="us-east-1", service="service")
    assert found["Authorization"].endswith(f"SignedHeaders=host;x-amz-date, Signature={VECTORS[url]}")
    assert signature(url, found, ("us-east-1", "service")) == VECTORS[url]


def test_a_handshake_bears_a_signature_that_a_server_accepts() -> None:
    """Over the address, the time and the session's token."""
    found = dict(signing("eu-central-1", credentials=Credentials(ACCESS, SECRET, "token"))(URL))
    assert found["Host"] == "cluster.neptune.example:8182"
    assert found["X-Amz-Security-Token"] == "token"
    assert found["Authorization"].endswith(signature(URL, found, ("eu-central-1", "neptune-db")))


def test_credentials_that_expire_are_refreshed() -> None:
    """Every connection is signed with those of its moment."""
    made: list[int] = []

    def refresh() -> dict[str, str]:
        made.append(1)
        later = (datetime.now(UTC) + timedelta(hours=1)).isoformat()
        return {"access_key": f"AK{len(made)}", "secret_key": SECRET, "token": "t", "expiry_time": later}

    credentials = RefreshableCredentials("AK0", SECRET, "t", PUBLISHED, refresh, "test")
    assert "Credential=AK1/" in signing("eu-central-1", credentials=credentials)(URL)["Authorization"]
    assert len(made) == 1
