"""The country of telephone numbers without a country code: what a file says of it, and what c360.toml does."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import tomlkit

from api.run.settings import WorkspaceBlock
from ingest import NO_COUNTRY, Proposal


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """Two countries of numbers without a country code.

    Attributes:
        found: ISO 3166 code, by the numbers that have one; XX where it is none of North America and nothing says which;
            None where nothing speaks against the usual one.
        said: what c360.toml says, None where it leaves the usual one.
    """

    found: str | None
    said: str | None

    def write(self, document: tomlkit.TOMLDocument) -> None:
        """Say in c360.toml what was found, where it says nothing."""
        if self._is_news():
            document["workspace"]["default_region"] = self.found

    def remarks(self, *, written: bool) -> Iterator[str]:
        """What a reader should hear of it, a sentence or none."""
        taken = (self.said or WorkspaceBlock(name="").default_region).upper()
        if self.found in {None, taken}:
            return
        if self.found == NO_COUNTRY:
            if self.said is None:
                yield (
                    "Most telephone numbers begin with 0, and none says its country: write default_region under "
                    f'[workspace] ("{NO_COUNTRY}" where nobody knows it), or they are read as numbers of {taken}.'
                )
        elif self.said is None and written:
            yield f"Telephone numbers with a country code are of {self.found}: now default_region says so too."
        else:
            yield (
                f"Telephone numbers with a country code are of {self.found}; the others are read as numbers of {taken} "
                f'unless [workspace] says default_region = "{self.found}".'
            )

    def _is_news(self) -> bool:
        return self.said is None and self.found not in {None, NO_COUNTRY, WorkspaceBlock(name="").default_region}


def region_of(settings: Path, proposal: Proposal) -> Region:
    """What a proposal and c360.toml, where there is one, say of the country."""
    written = tomllib.loads(settings.read_text(encoding="utf-8")) if settings.is_file() else {}
    return Region(found=proposal.region, said=written.get("workspace", {}).get("default_region"))
