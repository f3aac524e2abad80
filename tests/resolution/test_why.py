"""Explanations add up, say the strongest evidence first, and find what would break an entity."""

import re
from dataclasses import replace

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import MissingError
from lake.query import to_schema
from lake.tables import LINKS
from lake.tables.types import ATTRIBUTES
from resolution.encode.records import NEEDED
from resolution.why import Contribution, PairWhy, as_rows, as_sentence, from_links, with_values
from resolution.why.entity import entity_sentence, explain_entity
from resolution.why.entity_picture import entity_svg
from resolution.why.picture import waterfall_png, waterfall_svg

CONTRIBUTIONS = [
    ("prior", "", -14.0),
    ("birth_date", "same", 10.0),
    ("identifier:ssn", "same", 12.0),
    ("sex", "differs", -2.0),
]
Ends = tuple[str, str, float]


def links(*ends: Ends) -> pa.Table:
    """Links of (left, right, bits)."""
    rows = [
        {
            "left": left,
            "right": right,
            "probability": 0.98,
            "weight_bits": bits,
            "contributions": [{"field": field, "level": level, "bits": each} for field, level, each in CONTRIBUTIONS],
            "blocking_rule": "name",
            "model_version": "m",
            "origin": "model",
        }
        for left, right, bits in ends
    ]
    return pa.Table.from_pylist(rows, schema=LINKS.schema)


def test_the_waterfall_ends_at_the_weight() -> None:
    """The sum so far of the last row is the pair's weight."""
    (why,) = from_links(links(("a", "b", 6.0)))
    assert [round(row[3], 6) for row in as_rows(why)] == [-14.0, -4.0, 8.0, 6.0]
    assert as_rows(why)[-1][3] == pytest.approx(why.weight_bits)


def test_the_sentence_names_the_strongest_evidence_first() -> None:
    """For it in order of bits, against it after; what is no field comes last, in plain words."""
    said = as_sentence(from_links(links(("a", "b", 6.0)))[0])
    assert said.index("ssn (same, +12.0)") < said.index("birth date") < said.index("against it: sex (differs, -2.0)")
    assert "prior" not in said
    assert said.startswith("a and b are probably one person (98.0%, +6.0 bits)")


def test_the_sentence_of_a_doubtful_pair_says_what_speaks_against_it() -> None:
    """An improbable pair is improbable because of what differs, whatever agrees."""
    (why,) = from_links(links(("a", "b", 6.0)))
    said = as_sentence(replace(why, probability=0.1, weight_bits=-3.2))
    assert "probably not one person (10.0%, -3.2 bits) because of sex (differs, -2.0), how few pairs" in said
    assert "are one person (-14.0); for it: ssn" in said


def test_the_sentence_says_what_being_relatives_explains() -> None:
    """What a household would share too speaks against a pair, and the sentence says so in plain words."""
    (why,) = from_links(links(("a", "b", 6.0)))
    kin = Contribution(field="household", level="relatives would agree too", bits=-3.4)
    said = as_sentence(replace(why, weight_bits=2.6, contributions=(*why.contributions, kin)))
    assert "against it: sex (differs, -2.0), how few pairs of records are one person (-14.0), " in said
    assert "what relatives of one household would share too (-3.4)." in said


bits = st.floats(-40, 40).map(lambda each: round(each, 1))


@given(fields=st.lists(bits, max_size=12), prior=bits, kin=bits.map(lambda each: -abs(each)))
def test_the_bits_of_the_sentence_add_up(fields: list[float], prior: float, kin: float) -> None:
    """Whatever is said of a pair, its numbers come to the verdict's, as far as they are rounded."""
    said = [Contribution(field=f"field {place}", level="same", bits=each) for place, each in enumerate(fields)]
    said += [Contribution(field=name, level="", bits=each) for name, each in (("household", kin), ("prior", prior))]
    total = sum(each.bits for each in said)
    why = PairWhy(left="a", right="b", probability=0.6, weight_bits=total, contributions=tuple(said))
    numbers = [float(each) for each in re.findall(r"([+-][0-9.]+)\)", as_sentence(why))]
    assert sum(numbers) == pytest.approx(total, abs=0.06)


def test_the_sentence_of_a_link_below_even_odds_says_that_it_is_one() -> None:
    """What clustering linked is not told as if it were apart; a pair that was only asked for is."""
    (why,) = from_links(links(("a", "b", 6.0)))
    doubtful = replace(why, probability=0.4, weight_bits=-0.6)
    assert "They are linked all the same" in as_sentence(doubtful)
    assert "linked" not in as_sentence(replace(doubtful, rule=""))
    assert "linked" not in as_sentence(why)


def test_a_pair_is_found_in_either_order() -> None:
    """Left and right are one pair; a pair without a link is missing."""
    table = links(("a", "b", 6.0), ("b", "c", 1.0))
    assert from_links(table, first="b", second="a") == from_links(table, first="a", second="b")
    with pytest.raises(MissingError):
        from_links(table, first="a", second="c")


def test_an_explanation_shows_what_the_records_hold() -> None:
    """Every field says both values and how many records hold the rarest they share; what is no field says nothing."""
    rows = [
        {"record_id": name, "birth_date": "1980-02-01", "sex": sex, "identifiers": [{"system": "ssn", "value": ssn}]}
        for name, sex, ssn in (("a", "female", "111"), ("b", "male", "111"), ("c", "male", "222"))
    ]
    records = to_schema(pa.Table.from_pylist(rows), NEEDED)
    why = with_values(from_links(links(("a", "b", 6.0)))[0], records)
    said = {each.field: (each.left, each.right, each.holders) for each in why.contributions}
    assert said == {
        "prior": ((), (), None),
        "birth_date": (("1980-02-01",), ("1980-02-01",), 3),
        "identifier:ssn": (("111",), ("111",), 2),
        "sex": (("female",), ("male",), None),
    }
    assert "ssn (same: 111, in 2 of 3 records, +12.0)" in as_sentence(why)
    assert "sex (differs: female | male, -2.0)" in as_sentence(why)
    assert "female | male" in waterfall_svg(why)


@pytest.mark.parametrize("field", ["email", "phone", "device", "place", "category:job", "middle_name", "suffix"])
def test_every_kind_of_field_shows_its_values(field: str) -> None:
    """Whatever field a link may name, its values are found."""
    row = {
        "record_id": "a",
        "middle_name": "x",
        "suffix": "x",
        "emails": ["x"],
        "phones": ["x"],
        "devices": ["x"],
        "addresses": [{"city": "x"}],
        "categories": [("job", "x")],
    }
    records = to_schema(pa.Table.from_pylist([row, row | {"record_id": "b"}], schema=NEEDED), NEEDED)
    why = replace(from_links(links(("a", "b", 6.0)))[0], contributions=(Contribution(field=field, level="", bits=1.0),))
    (said,) = with_values(why, records).contributions
    assert (said.left, said.right, said.holders) == (("x",), ("x",), 2)


def test_records_that_share_no_field_are_explained() -> None:
    """One has a name alone, the other an address for mail: nothing is compared, and nothing shown."""
    records = to_schema(pa.Table.from_pylist([{"record_id": "a"}, {"record_id": "b"}], schema=NEEDED), NEEDED)
    why = replace(
        from_links(links(("a", "b", 6.0)))[0], contributions=(Contribution(field="prior", level="", bits=-3.0),)
    )
    (said,) = with_values(why, records).contributions
    assert (said.left, said.right, said.holders) == ((), (), None)


def test_an_age_is_shown_where_its_year_was_compared() -> None:
    """A record without a birth date shows its age, or the years that it leaves open."""
    records = {
        "record_id": ["a", "b"],
        "birth_date": pa.array([None, None], pa.string()),
        "categories": pa.array([[("age", "45")], [("birth_years", "1970/1971")]], ATTRIBUTES),
    }
    table = pa.table({name: records.get(name, pa.nulls(2, NEEDED.field(name).type)) for name in NEEDED.names})
    said = {one.field: one for one in with_values(from_links(links(("a", "b", 6.0)))[0], table).contributions}
    assert (said["birth_date"].left, said["birth_date"].right) == (("age 45",), ("1970/1971",))


def test_the_fewest_links_are_the_strongest() -> None:
    """Of a triangle, the two strongest sides join it; to break it, the two weaker ones at a corner must go."""
    why = explain_entity("e_1", ["a", "b", "c"], links(("a", "b", 9.0), ("a", "c", 5.0), ("b", "c", 6.0)))
    assert [(bond.left, bond.right) for bond in why.evidence] == [("a", "b"), ("b", "c")]
    assert why.weakest is not None
    assert (why.weakest.apart, why.weakest.weight_bits, len(why.weakest.links)) == (("c",), 11.0, 2)


def test_the_weakest_bridge_is_found() -> None:
    """Two pairs held by one weak link: it is the bridge, and one pair falls off."""
    why = explain_entity("e_1", list("dcba"), links(("a", "b", 9.0), ("b", "c", 2.0), ("c", "d", 8.0)))
    assert why.weakest is not None
    assert [(bond.left, bond.right) for bond in why.weakest.links] == [("b", "c")]
    assert why.weakest.apart == ("c", "d")
    assert "the link b = c (+2.0 bits): without it 2 records would fall off" in entity_sentence(why)


def test_an_entity_is_drawn_with_its_weakest_bond() -> None:
    """The drawing names every record, weighs every bond it shows, and is the same every time."""
    why = explain_entity("e_1", list("abcd"), links(("a", "b", 9.0), ("b", "c", 2.0), ("c", "d", 8.0)))
    svg = entity_svg(why)
    assert svg == entity_svg(why)
    for text in (">a<", ">d<", "+9.0", "+2.0", "4 records, 3 links"):
        assert text in svg


def test_records_that_no_link_joins_are_told() -> None:
    """Groups that only pooled profiles hold together are counted; one record alone has nothing to explain."""
    why = explain_entity("e_1", ["a", "b", "c"], links(("a", "b", 9.0)))
    assert (why.parts, why.weakest) == (2, None)
    assert "pooled profiles" in entity_sentence(why)
    assert "one record" in entity_sentence(explain_entity("e_1", ["a"], links()))


edges = st.dictionaries(
    st.tuples(st.sampled_from("abcde"), st.sampled_from("abcde")).filter(lambda pair: pair[0] < pair[1]),
    st.integers(1, 30).map(float),
    min_size=1,
)


@settings(max_examples=40)
@given(graph=edges, data=st.data())
def test_explanations_do_not_depend_on_order(graph: dict[tuple[str, str], float], data: st.DataObject) -> None:
    """Shuffled links and members give the same explanation, and the evidence joins as much as all links do."""
    rows = [(*pair, bits) for pair, bits in graph.items()]
    one = explain_entity("e", "abcde", links(*rows))
    other = explain_entity("e", data.draw(st.permutations("abcde")), links(*data.draw(st.permutations(rows))))
    assert one == other
    assert len(one.evidence) == 5 - one.parts


def test_pictures_are_the_same_every_time() -> None:
    """Equal pairs give equal bytes; SVG has no ink of its own and names no time."""
    (why,) = from_links(links(("a", "b", 6.0)))
    svg = waterfall_svg(why)
    assert svg == waterfall_svg(why)
    assert svg.startswith("<svg")
    assert "currentColor" in svg
    assert "ssn · same" in svg
    assert waterfall_png(why) == waterfall_png(why)
    assert waterfall_png(why).startswith(b"\x89PNG")
