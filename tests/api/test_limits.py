"""What a caller may ask for is bounded, and the bounds are settings."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from api.policy import Limits, Rate, Role, TooOftenError
from api.run.settings import WorkspaceSettings
from api.server import build_app
from core.errors import BadInputError
from core.settings import parse_settings
from tests.api.conftest import Api

PAGE = "query($n: Int!) { customers(first: $n) { snapshot } }"


@pytest.fixture
def limited(api: Api) -> Callable[[Limits], Api]:
    """Gives the API within other limits."""

    def within(limits: Limits) -> Api:
        engine = replace(api.engine, limits=limits)
        return replace(api, engine=engine, app=build_app(engine))

    return within


@pytest.mark.parametrize(
    ("limits", "document", "code"),
    [
        (Limits(page=50), "{ customers(first: 51) { snapshot } }", "BAD_INPUT"),
        (Limits(cost=10), "{ customers { snapshot } }", "QUERY_TOO_COSTLY"),
        (Limits(depth=1), "{ customers { snapshot } }", "QUERY_TOO_COSTLY"),
        (Limits(fields=1), "{ customers { snapshot } }", "QUERY_TOO_COSTLY"),
        (Limits(tokens=5), "{ customers { snapshot } }", "GRAPHQL_PARSE_FAILED"),
        (Limits(body_bytes=20), "{ customers { snapshot } }", "TOO_LARGE"),
    ],
)
def test_each_limit_is_kept(limited: Callable[[Limits], Api], limits: Limits, document: str, code: str) -> None:
    """A document beyond a limit is refused with its code; within the defaults it is answered."""
    refused = limited(limits).ask(Role.COACH, document)
    assert refused["errors"][0]["extensions"]["code"] == code
    assert "errors" not in limited(Limits()).ask(Role.COACH, document)


def test_larger_pages_can_be_allowed(limited: Callable[[Limits], Api]) -> None:
    """What the default refuses, a larger limit answers."""
    assert "errors" in limited(Limits()).ask(Role.COACH, PAGE, {"n": 101})
    assert "errors" not in limited(Limits(page=200)).ask(Role.COACH, PAGE, {"n": 101})


def test_a_key_that_asks_too_often_waits(limited: Callable[[Limits], Api]) -> None:
    """Beyond its share of a minute a key gets 429 and a code, and other keys are not held up."""
    api = limited(Limits(requests_per_minute=2))
    codes = [api.send(Role.COACH, PAGE, {"n": 1}).status_code for _ in range(3)]
    assert codes == [200, 200, 429]
    assert api.ask(Role.COACH, PAGE, {"n": 1})["errors"][0]["extensions"]["code"] == "TOO_OFTEN"
    assert api.send(Role.ADMIN, PAGE, {"n": 1}).status_code == 200


def test_a_share_comes_back_with_time() -> None:
    """A key of sixty a minute may ask again after one second, and never saves more than a minute's share."""
    now = [0.0]
    rate = Rate(60, seconds=lambda: now[0])
    for _ in range(60):
        rate.take("one")
    with pytest.raises(TooOftenError, match="too often"):
        rate.take("one")
    now[0] = 1.0
    rate.take("one")
    now[0] = 1e6
    for _ in range(60):
        rate.take("one")
    with pytest.raises(TooOftenError):
        rate.take("one")


def test_limits_are_settings() -> None:
    """c360.toml sets them, and refuses what is out of bounds by name."""

    def read(text: str) -> Any:
        return parse_settings(text, WorkspaceSettings, name="c360.toml", environment={})

    head = '[workspace]\nname = "w"\n[api.limits]\n'
    assert read(f"{head}page = 75").api.limits == Limits(page=75)
    with pytest.raises(BadInputError, match=r"api\.limits\.depth"):
        read(f"{head}depth = 0")
