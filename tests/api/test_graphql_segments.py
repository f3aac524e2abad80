"""Segments, personas and journeys of many, over GraphQL."""

import hashlib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from api.graphql import Engine, answer, saved_segments
from api.graphql.context import Request
from api.graphql.saved_segments import in_words
from api.graphql.types.persona import NOT_KEPT
from api.policy import Caller, Role
from api.run.segments import save_segment, saved_segment
from insight.segments import Definition, parse
from lake import ParquetLake
from tests.api.conftest import NOW, Api, entity_id, events_of, person, publish

ORDERS = {"match": "event", "type": ["order"]}
ASTHMA = {"match": "related", "to": "condition", "names": ["asthma"]}
CREATE = (
    "mutation($name: String!, $d: JSON!) { createSegment(name: $name, definition: $d) { id name version size says } }"
)
EXPORT = "mutation($id: ID!) { exportSegment(segment: $id) { folder rows columns files { path sha256 } snapshot } }"
PREVIEW = "query($d: JSON!) { segmentPreview(definition: $d) { size people share says } }"
PERSONAS = "{ personas { personas { id name size share stability traits { feature says lift } } reason snapshot } }"
BY_SIZE = ("high spenders", "clinic regulars")
FLOW = """{ journeys {
  flow { fromStep toStep transitions }
  order: funnel(steps: ["order"]) { people } visit: funnel(steps: ["visit"]) { people }
} }"""


def create(api: Api, role: Role, name: str, definition: dict[str, Any]) -> dict[str, Any]:
    """Save a segment and give it."""
    made: dict[str, Any] = api.ask(role, CREATE, {"name": name, "d": definition})["data"]["createSegment"]
    return made


def test_a_segment_has_its_size_when_it_is_saved(api: Api) -> None:
    """A preview, the saved segment and the list agree on the size."""
    size = api.ask(Role.COACH, PREVIEW, {"d": ASTHMA})["data"]["segmentPreview"]["size"]
    assert create(api, Role.COACH, "asthma", ASTHMA)["size"] == size == 5
    assert api.ask(Role.COACH, "{ segments { name size version } }")["data"]["segments"] == [
        {"name": "asthma", "size": 5, "version": 1}
    ]


def test_a_name_is_taken_once(api: Api) -> None:
    """Saving under a name that is taken is a conflict."""
    create(api, Role.COACH, "asthma", ASTHMA)
    answer = api.ask(Role.COACH, CREATE, {"name": "asthma", "d": ORDERS})
    assert answer["errors"][0]["extensions"]["code"] == "CONFLICT"


def test_a_segment_about_health_is_unknown_to_marketing(api: Api) -> None:
    """A marketer may neither ask about health in a definition, nor see, filter by or export a segment that does."""
    made = create(api, Role.COACH, "asthma", ASTHMA)
    assert api.ask(Role.MARKETER, "{ segments { name } }")["data"]["segments"] == []
    asked: list[tuple[str, dict[str, Any], str]] = [
        (PREVIEW, {"d": ASTHMA}, "DENIED"),
        (PREVIEW, {"d": {"match": "segment", "name": "asthma"}}, "NOT_FOUND"),
        (EXPORT, {"id": made["id"]}, "NOT_FOUND"),
        ("query($id: ID!) { customers(where: {segment: $id}) { snapshot } }", {"id": made["id"]}, "NOT_FOUND"),
    ]
    for document, variables, code in asked:
        assert api.ask(Role.MARKETER, document, variables)["errors"][0]["extensions"]["code"] == code


def test_what_a_segment_asks_about_is_looked_up_once_a_snapshot(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    """A marketer's list fits the words of a segment to the data the first time, and no more after that."""
    asked: list[Definition] = []

    def counted(request: Request, definition: Definition) -> Definition:
        asked.append(definition)
        return in_words(request, definition)

    create(api, Role.COACH, "buyers", ORDERS)
    monkeypatch.setattr(saved_segments, "in_words", counted)
    for _ in range(2):
        assert api.ask(Role.MARKETER, "{ segments { name } }")["data"]["segments"] == [{"name": "buyers"}]
    assert len(asked) == 1


def test_a_refused_definition_says_which_part_of_it_is_refused(api: Api) -> None:
    """An event type that is misspelled counts as health, as all that nobody knows: the answer names it."""
    misspelled = {"match": "event", "type": ["ordr"]}
    (error,) = api.ask(Role.MARKETER, PREVIEW, {"d": misspelled})["errors"]
    assert "by events of type ordr" in error["message"]


def test_an_export_is_whole_masked_and_audited(api: Api) -> None:
    """An export has its members, only columns that are clear, files as described, an entry for each person."""
    made = create(api, Role.MARKETER, "buyers", ORDERS)
    done = api.ask(Role.MARKETER, EXPORT, {"id": made["id"]})["data"]["exportSegment"]
    folder = api.engine.exports / done["folder"]
    (file,) = done["files"]
    assert hashlib.sha256((folder / file["path"]).read_bytes()).hexdigest() == file["sha256"]
    rows = pq.read_table(folder / file["path"])
    assert rows.column_names == done["columns"]
    assert not {"email", "phone", "given_name", "family_name", "birth_date", "is_patient"} & set(rows.column_names)
    exported = sorted(rows.column("entity_id").to_pylist())
    assert sorted(entry["entity_id"] for entry in api.audited()) == exported
    assert len(exported) == done["rows"] == 42


@pytest.mark.parametrize(
    ("role", "steps"), [(Role.MARKETER, ["order"]), (Role.PRACTITIONER, ["visit"]), (Role.ANALYST, ["order", "visit"])]
)
def test_journeys_count_only_what_a_role_may_see(api: Api, role: Role, steps: list[str]) -> None:
    """Flows and funnels leave out events of closed classes."""
    found = api.ask(role, FLOW)["data"]["journeys"]
    assert [step for step in ("order", "visit") for row in found[step] if row["people"]] == steps
    reached = {row["toStep"] for row in found["flow"]} - {None}
    assert ("visit" in reached, "order" in reached) == ("visit" in steps, "order" in steps)


@pytest.mark.parametrize(
    ("role", "names", "traits"),
    [
        (Role.MARKETER, ["high spenders"], 1),
        (Role.ANALYST, ["high spenders", "clinic regulars"], 2),
        (Role.PRACTITIONER, ["high spenders", "clinic regulars"], 2),
    ],
)
def test_personas_are_told_as_far_as_a_role_may_know(api: Api, role: Role, names: list[str], traits: int) -> None:
    """Personas come largest first; marketing is told of none that health names, of no trait of health, and of that."""
    found = api.ask(role, PERSONAS)["data"]["personas"]
    assert [one["name"] for one in found["personas"]] == names
    assert (found["reason"] is None) == (role is not Role.MARKETER)
    told = found["personas"][0].pop("traits")
    assert [told[0], len(told)] == [{"feature": "money in a year", "says": "high spenders", "lift": 2.0}, traits]
    assert found["personas"][0] | {"id": ""} == {
        "id": "",
        "name": "high spenders",
        "size": 30,
        "share": pytest.approx(30 / 45),
        "stability": 0.9,
    }


@pytest.mark.parametrize(("role", "known"), [(Role.MARKETER, {"high spenders"}), (Role.ADMIN, set(BY_SIZE))])
def test_a_person_shows_their_persona(api: Api, role: Role, known: set[str]) -> None:
    """Each customer's persona is the one they are in, or nothing where the role may not know of it."""
    page = api.ask(role, "{ customers(first: 100) { edges { node { persona } } } }")["data"]["customers"]
    assert {edge["node"]["persona"] for edge in page["edges"]} - {None} == known


WAVERING = "The number of groups changes from sample to sample: of 20 samples, 5 in 18, 4 in 2."


@pytest.mark.parametrize(("kept", "said"), [((WAVERING,), WAVERING), ((), NOT_KEPT)])
def test_without_personas_the_reason_of_the_run_is_given(
    api: Api, tmp_path: Path, kept: tuple[str, ...], said: str
) -> None:
    """A snapshot without stable personas says why in the words of its run; one that kept no reason says that."""
    lake = ParquetLake(tmp_path / "lake")
    searches = [{"seed": 360, "found": 0, "reason": reason} for reason in kept]
    publish(lake, personas=[], persona_members=[], persona_search=searches)
    caller = Caller(key_id="0" * 12, role=Role.MARKETER, purpose="marketing")
    data: Any = answer(replace(api.engine, lake=lake), caller, PERSONAS)["data"]
    assert data["personas"]["personas"] == []
    assert data["personas"]["reason"] == said


def test_flows_are_counted_once_a_snapshot(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    """Asking again for the same flow reads no events; who may see less never gets what was counted for another."""
    first = api.ask(Role.ADMIN, FLOW)
    monkeypatch.setattr("api.graphql.types.flow.flow", None)
    monkeypatch.setattr("api.graphql.types.flow.funnel", None)
    assert api.ask(Role.ADMIN, FLOW) == first
    assert api.ask(Role.MARKETER, FLOW)["errors"][0]["extensions"]["code"] == "BROKEN"


def test_values_are_read_as_they_are_meant_and_one_nobody_has_is_told(api: Api) -> None:
    """A city in capitals and an event type as a title are those of the data; a slip of the pen is a warning."""
    city = {"match": "profile", "field": "city", "op": "eq", "value": "WHITBY"}
    meant = {"match": "all", "of": [city, {**ORDERS, "type": ["Order"]}]}
    asked = "query($d: JSON!) { segmentPreview(definition: $d) { size warnings } }"
    found = api.ask(Role.MARKETER, asked, {"d": meant})["data"]["segmentPreview"]
    assert (found["size"] > 0, found["warnings"]) == (True, [])
    (warning,) = api.ask(Role.MARKETER, asked, {"d": {**city, "value": "Whitbie"}})["data"]["segmentPreview"][
        "warnings"
    ]
    assert warning.startswith("Nobody has the city 'Whitbie'. There are whitby")


def test_a_warning_names_nothing_of_what_is_closed(api: Api) -> None:
    """What events are about is named to those only who may see all of them: some may be about care."""
    slip = {**ORDERS, "about": ["Te"]}
    asked = "query($d: JSON!) { segmentPreview(definition: $d) { warnings } }"
    for role, named in ((Role.MARKETER, False), (Role.ADMIN, True)):
        (warning,) = api.ask(role, asked, {"d": slip})["data"]["segmentPreview"]["warnings"]
        assert ("There are" in warning) == named


def test_a_segment_is_called_by_its_name_too(api: Api) -> None:
    """Customers of a segment are those it counts, by id or by name, before any run has filled it."""
    customer = {"match": "profile", "field": "is_customer", "op": "eq", "value": True}
    made = create(api, Role.MARKETER, "Buyers", {"match": "all", "of": [ORDERS, customer]})
    asked = "query($s: ID!) { customers(where: {segment: $s}, first: 100) { edges { node { id } } } }"
    assert made["size"] > 0
    for said in (made["id"], "buyers"):
        assert len(api.ask(Role.MARKETER, asked, {"s": said})["data"]["customers"]["edges"]) == made["size"]


def test_a_segment_is_shown_as_it_is_read_in_the_data(api: Api, tmp_path: Path) -> None:
    """Orders through "clİnic" are those through the clinic: unknown to marketing, which may not ask for them either."""
    lake = ParquetLake(tmp_path / "lake")
    publish(lake, events=[event | {"channel": "clinic"} for event in events_of(1)])
    engine = replace(api.engine, lake=lake)
    admin, marketer = (Caller(key_id="0" * 12, role=role, purpose="care") for role in (Role.ADMIN, Role.MARKETER))
    for channel in ("Clinic", "clİnic"):
        named = {"name": channel, "d": ORDERS | {"channel": [channel]}}
        refused: Any = answer(engine, marketer, CREATE, named)
        assert refused["errors"][0]["extensions"]["code"] == "DENIED"
        assert "errors" not in answer(engine, admin, CREATE, named)
    assert answer(engine, marketer, "{ segments { name } }")["data"] == {"segments": []}


def test_who_makes_a_segment_sees_it(api: Api) -> None:
    """A marketer who writes "Order" or "Message_Opened" has the segment afterwards."""
    for kind in ("Order", "Message_Opened"):
        assert create(api, Role.MARKETER, kind, {"match": "event", "type": [kind]})["size"] > 0
    named = api.ask(Role.MARKETER, "{ segments { name } }")["data"]["segments"]
    assert named == [{"name": "Message_Opened"}, {"name": "Order"}]


def test_of_names_that_differ_in_case_the_exact_one_is_meant(api: Api) -> None:
    """As on the command line."""
    for name, kind in (("Asleep", "order"), ("asleep", "return")):
        create(api, Role.MARKETER, name, {"match": "event", "type": [kind]})
    asked = "query($s: ID!) { customers(where: {segment: $s}) { edges { node { id } } } }"
    found = {
        name: api.ask(Role.MARKETER, asked, {"s": name})["data"]["customers"]["edges"] for name in ("Asleep", "asleep")
    }
    assert found["Asleep"]
    assert not found["asleep"]
    assert {saved_segment(api.engine.ledger, name).name for name in found} == set(found)


WHY = """{ customers(first: 100) { edges { node {
  id segments { name why { says found } } persona personaWhy { says }
} } } }"""


def test_a_marketer_is_told_why_somebody_is_in_a_segment_and_persona(api: Api, tmp_path: Path) -> None:
    """The conditions that hold and what shows them, and the persona's traits; of health nothing, and no evidence."""
    buyers = {"match": "any", "of": [ORDERS, {"match": "event", "type": ["return"]}]}
    made, closed = create(api, Role.MARKETER, "buyers", buyers), create(api, Role.COACH, "asthma", ASTHMA)
    lake, me = ParquetLake(tmp_path / "lake"), entity_id(1)
    stays = [
        {"segment_id": one["id"], "segment": one["name"], "definition_version": 1, "entity_id": me, "entered_at": NOW}
        for one in (made, closed)
    ]
    publish(lake, segment_membership=stays)
    caller = Caller(key_id="0" * 12, role=Role.MARKETER, purpose="marketing")
    data: Any = answer(replace(api.engine, lake=lake), caller, WHY)["data"]
    edges = data["customers"]["edges"]
    (found,) = [edge["node"] for edge in edges if edge["node"]["id"] == me]
    count = sum(event["type"] == "order" for event in events_of(1))
    why = [{"says": "at least 1 order events", "found": f"{count} such events"}]
    assert found["segments"] == [{"name": "buyers", "why": why}]
    assert (found["persona"], found["personaWhy"]) == ("high spenders", [{"says": "high spenders"}])


def test_a_segment_says_why_not(api: Api, tmp_path: Path) -> None:
    """Under a `not` what does not hold is told, never what speaks against being in; an earlier version is no stay."""
    woman, her = entity_id(2), person(2)
    city = {"match": "profile", "field": "city", "op": "eq", "value": her["addresses"][0]["city"]}
    male = {"match": "profile", "field": "sex", "op": "eq", "value": "male"}
    made = create(api, Role.MARKETER, "others", {"match": "not", "of": {"match": "all", "of": [city, male]}})
    stay = {"segment_id": made["id"], "segment": "others", "definition_version": 1, "entity_id": woman}
    lake = ParquetLake(tmp_path / "lake")
    publish(lake, segment_membership=[stay | {"entered_at": NOW}])
    engine, caller = replace(api.engine, lake=lake), Caller(key_id="0" * 12, role=Role.MARKETER, purpose="marketing")
    assert her["sex"] == "female"
    assert segments_shown(engine, caller, woman) == [
        {"name": "others", "why": [{"says": "not: sex is male", "found": "female"}]}
    ]
    save_segment(api.engine.ledger, "others", parse(male), who="test", replace=True)
    assert segments_shown(engine, caller, woman) == []


def segments_shown(engine: Engine, caller: Caller, person_id: str) -> Any:
    """The segments of one person."""
    data: Any = answer(engine, caller, WHY)["data"]
    (found,) = [edge["node"] for edge in data["customers"]["edges"] if edge["node"]["id"] == person_id]
    return found["segments"]
