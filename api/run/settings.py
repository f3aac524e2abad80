"""The whole of c360.toml: what each package asks for, side by side."""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Final, cast

import msgspec

from api.policy.limits import Limits
from core.errors import BadInputError
from core.settings import Settings, read_settings
from graph import GraphSettings, OntologySettings
from ingest import SourceSettings
from insight import CareSettings
from resolution import ResolutionSettings

FILE = "c360.toml"
REGION: Final = re.compile("[A-Za-z]{2}")
"""A code of ISO 3166, be it of a country or not."""
SECRET: Final = re.compile(r"(?<=://).*[@?].*", re.DOTALL)
"""What follows the scheme of an address with a user or parameters; either may hold a password, with any sign in it."""


class WorkspaceBlock(Settings, frozen=True, kw_only=True):
    """The `[workspace]` section.

    Attributes:
        name: what the workspace is called in reports.
        currency: ISO 4217 code of every `cost`.
        default_region: ISO 3166 code of the country whose telephone numbers come without a country code; XX where
            nobody knows it.
        reject_limit: largest share of a source's rows that may be rejected before the run stops, 0 to 1.
    """

    name: str
    currency: str = "USD"
    default_region: str = "US"
    reject_limit: float = 0.05


class ApiSettings(Settings, frozen=True, kw_only=True):
    """The `[api]` section.

    Attributes:
        host: the address to listen at; the default serves this machine only.
        port: the TCP port.
        limits: what one caller may ask for.
    """

    host: str = "127.0.0.1"
    port: int = 8360
    limits: Limits = Limits()


class WorkspaceSettings(Settings, frozen=True, kw_only=True):
    """c360.toml, whole."""

    workspace: WorkspaceBlock
    sources: dict[str, SourceSettings] = {}  # noqa: RUF012 (msgspec copies it)
    resolution: ResolutionSettings = ResolutionSettings()
    graph: GraphSettings = GraphSettings()
    ontology: OntologySettings = OntologySettings()
    care: CareSettings = CareSettings()
    api: ApiSettings = ApiSettings()


def read_workspace_settings(root: Path) -> WorkspaceSettings:
    """Read the settings of the workspace in this folder.

    Raises:
        BadInputError: as in `core.settings.read_settings`, or the default region is no code.
    """
    settings = read_settings(root / FILE, WorkspaceSettings)
    region = settings.workspace.default_region
    if not REGION.fullmatch(region):
        raise BadInputError(
            f"{FILE}: workspace.default_region: '{region}' is no code of a country.",
            remedy="Give its ISO 3166 code of two letters, such as NL; XX where nobody knows it.",
            file=FILE,
            key="workspace.default_region",
        )
    return settings


def written_settings(root: Path) -> Mapping[str, object]:
    """The settings as c360.toml says them, without secrets.

    `${NAME}` is not filled in, and an address with a user or parameters keeps its scheme only.
    """
    tree = tomllib.loads((root / FILE).read_text(encoding="utf-8"))
    return {name: _without_secrets(value) for name, value in tree.items()}


def _without_secrets(value: object) -> object:
    if isinstance(value, dict):
        return {name: _without_secrets(inner) for name, inner in cast("dict[str, object]", value).items()}
    if isinstance(value, list):
        return [_without_secrets(inner) for inner in cast("list[object]", value)]
    return SECRET.sub("…", value) if isinstance(value, str) else value


def lasting_text(settings: WorkspaceSettings) -> str:
    """The settings that a snapshot depends on, as stable text; secrets are not written anywhere, only hashed."""
    lasting = {
        "workspace": settings.workspace,
        "sources": settings.sources,
        "resolution": settings.resolution,
        "care": settings.care,
    }
    return msgspec.json.encode(lasting, order="sorted").decode()
