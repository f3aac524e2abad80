"""Settings: one file, checked key by key."""

import pytest

from core.errors import BadInputError
from core.settings import Settings, parse_settings


class Server(Settings, frozen=True, kw_only=True):
    """A section for the tests."""

    port: int = 80
    password: str = ""


class Whole(Settings, frozen=True, kw_only=True):
    """A file for the tests."""

    name: str
    server: Server = Server()
    mirrors: dict[str, Server] = {}  # noqa: RUF012 (msgspec copies it)
    groups: dict[str, dict[str, Server]] = {}  # noqa: RUF012


def read(text: str, **environment: str) -> Whole:
    """Read text as c360.toml."""
    return parse_settings(text, Whole, name="c360.toml", environment=environment)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ('name = "a"\nserver.port = "x"', "server.port"),
        ('name = "a"\nserver.prot = 1', "server"),
        ("server.port = 1", "(top level)"),
        ("name = 3", "name"),
        ('name = "a"\nmirrors.east.port = 1\nmirrors.west.prot = 2', "mirrors.west"),
        ('name = "a"\nmirrors.east.port = 1\nmirrors.west.port = "x"', "mirrors.west.port"),
        ('name = "a"\ngroups.x.one.port = 1\ngroups.x.two.port = 2\ngroups.y.one.prot = 3', "groups.y.one"),
        ('name = "a"\n"mirrors"."a.b".prot = 1', "mirrors.a.b"),
    ],
)
def test_a_wrong_key_is_named(text: str, key: str) -> None:
    """The message names the key that is wrong, so that it can be found in the file."""
    with pytest.raises(BadInputError) as caught:
        read(text)
    assert caught.value.facts["key"] == key


def test_a_key_that_is_none_is_answered_with_those_there_are() -> None:
    """The section is named with its block, and the nearest of its keys is asked for."""
    with pytest.raises(BadInputError) as caught:
        read('name = "a"\nmirrors.west.prot = 2')
    assert caught.value.message == "c360.toml: mirrors.west: there is no key 'prot'."
    assert caught.value.remedy.startswith("Did you mean 'port'? Its keys: port, password.")


def test_secrets_come_from_the_environment() -> None:
    """`${NAME}` stands for an environment variable."""
    assert read('name = "a"\nserver.password = "${DB_PASSWORD}"', DB_PASSWORD="s").server.password == "s"


def test_a_missing_variable_is_named() -> None:
    """A secret that is not set is an error, never an empty password."""
    with pytest.raises(BadInputError, match="DB_PASSWORD"):
        read('name = "${DB_PASSWORD}"')


def test_what_is_not_toml_is_refused() -> None:
    """A broken file says where it is broken."""
    with pytest.raises(BadInputError, match="line 1"):
        read("name = \n")
