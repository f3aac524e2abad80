"""The GraphiQL page and its files, all from this package: nothing is loaded from elsewhere, and the page cannot."""

from pathlib import Path
from typing import Final

from starlette.responses import HTMLResponse

VENDOR: Final = Path(__file__).parent / "vendor"
ASSETS: Final = Path(__file__).parent / "assets"
POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "font-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS: Final = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


def page() -> HTMLResponse:
    """The page; it sends a key only when its headers editor holds one."""
    return HTMLResponse((ASSETS / "graphiql.html").read_text(encoding="utf-8"), headers=HEADERS)
