"""c360.toml: what is wrong with it is said before anything is done."""

from pathlib import Path

import pytest

from api.run.settings import read_workspace_settings
from core.errors import BadInputError


@pytest.mark.parametrize("said", ["Holland", "NLD", ""])
def test_a_region_that_is_no_code_is_refused(tmp_path: Path, said: str) -> None:
    """The name of a country would leave all telephones without their country in silence; small letters are a code."""
    (tmp_path / "c360.toml").write_text(f'[workspace]\nname = "x"\ndefault_region = "{said}"\n')
    with pytest.raises(BadInputError, match="default_region"):
        read_workspace_settings(tmp_path)
    (tmp_path / "c360.toml").write_text('[workspace]\nname = "x"\ndefault_region = "nl"\n')
    assert read_workspace_settings(tmp_path).workspace.default_region == "nl"
