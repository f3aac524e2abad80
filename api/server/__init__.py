"""The HTTP server: routes, keys, limits, and the GraphiQL page with its browser files."""

from api.server.app import build_app

__all__ = ["build_app"]
