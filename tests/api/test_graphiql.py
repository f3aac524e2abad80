"""GraphiQL: served whole from the package."""

import hashlib
import json
import re
from pathlib import Path

from api.server.page import ASSETS, VENDOR
from tests.api.conftest import Api

LINK = re.compile(r'(?:src|href)="([^"]+)"')


def test_the_page_loads_nothing_from_elsewhere(api: Api) -> None:
    """Every file the page names is served here, and its policy forbids any other."""
    page = api.http("GET", "/graphql")
    links = [link for link in LINK.findall(page.text) if not link.startswith("data:")]
    assert len(links) == 6
    assert all(api.http("GET", link).status_code == 200 for link in links)
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]
    assert "http" not in page.headers["Content-Security-Policy"]


def test_our_own_files_name_no_other_host() -> None:
    """Page, script and style refer to this server only."""
    assert not [path for path in ASSETS.iterdir() if "//" in path.read_text().replace("// ", "")]


def test_vendored_files_are_unchanged() -> None:
    """Each third-party file is in the manifest with its licence and version, and has its SHA-256."""
    manifest = json.loads((VENDOR / "manifest.json").read_text())["files"]
    assert {entry["file"] for entry in manifest} | {"manifest.json"} == {path.name for path in VENDOR.iterdir()}
    for entry in manifest:
        assert entry["licence"] == "MIT"
        assert entry["version"]
        assert hashlib.sha256(Path(VENDOR / entry["file"]).read_bytes()).hexdigest() == entry["sha256"]


def test_the_page_asks_for_no_key_but_its_data_do(api: Api) -> None:
    """The page can be opened by anybody; what it fetches needs a key."""
    assert api.http("GET", "/graphql").status_code == 200
    assert api.http("POST", "/graphql", json={"query": "{ __typename }"}).status_code == 401


def test_the_bare_address_leads_to_the_page(api: Api) -> None:
    """Whoever types host and port only gets where documents are written."""
    answer = api.http("GET", "/", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (307, "/graphql")
