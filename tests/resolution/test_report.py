"""The report is one page that needs nothing else, shows what was found, and cannot be made to run anything."""

import re
from dataclasses import replace

import msgspec
import numpy as np
import pyarrow as pa
import pytest

from lake.tables import LINKS
from resolution.contract import FieldModel, LevelModel, MatchModel, Resolution, ResolutionReport, RuleReport
from resolution.report import ReportContext, render_report
from resolution.report.figures import level_shares, thresholds, weight_histogram
from resolution.report.view import sample_links

CONTEXT = ReportContext(
    title="Who is who in <b>people.csv</b>",
    sources=(("crm", 60),),
    columns=(("surname", "family_name", "found, 90% sure"),),
    settings=(("threshold", "0.9000", "chosen from the data"),),
    record_ids=pa.array([f"crm:{row:03d}" for row in range(60)]),
)


def model() -> MatchModel:
    """A model of one field."""
    levels = (
        LevelModel(name="differs", m=0.1, u=0.9, relative=0.9, bits=-3.17),
        LevelModel(name="same", m=0.9, u=0.001, relative=0.001, bits=9.81, frequency=1.0),
    )
    field = FieldModel(name="identifier:ssn", role="person", levels=levels)
    return MatchModel(
        version="m_1",
        fields=(field,),
        records=60,
        within_bits=-16.0,
        across_bits=-12.0,
        household_bits=-9.0,
        pairs=40.0,
        threshold=0.9,
    )


def link(number: int) -> dict[str, object]:
    """A link that weighs as many bits as its number."""
    return {
        "left": f"crm:{number:03d}",
        "right": "crm:<script>alert(1)</script>",
        "probability": 0.99,
        "weight_bits": float(number),
        "contributions": [
            {"field": "prior", "level": "", "bits": -12.0},
            {"field": "email", "level": "same", "bits": number + 12.0},
        ],
        "blocking_rule": "email",
        "model_version": "m_1",
        "origin": "model",
    }


class Written:
    """Links that are explained already, weakest first as `link` makes them."""

    def __init__(self, rows: list[dict[str, object]]) -> None:
        self._table = pa.Table.from_pylist(rows, schema=LINKS.schema)

    @property
    def num_rows(self) -> int:
        """How many there are."""
        return len(self._table)

    def reader(self) -> pa.RecordBatchReader:
        """All links, in parts."""
        return self._table.to_reader()

    def table(self) -> pa.Table:
        """All links at once."""
        return self._table

    def from_weakest(self, count: int) -> pa.Table:
        """So many links from the weakest to the strongest."""
        order = np.argsort(self._table.column("weight_bits").to_numpy(), kind="stable")
        return self._table.take(
            order[np.unique(np.linspace(0, len(order) - 1, min(count, len(order))).round()).astype(np.int64)]
        )


def resolution(links: int = 40) -> Resolution:
    """A resolution with so many links."""
    report = ResolutionReport(
        records=60,
        pairs=900,
        block_cap=50,
        rules=(
            RuleReport(
                name="name + postcode", blocks=12, pairs=700, matches=31.5, only=0.061, only_low=0.02, only_high=0.17
            ),
        ),
        lost_share=0.031,
        lost_low=0.02,
        lost_high=0.05,
        histogram=((-20, 500), (-3, 20), (4, 11), (12, 30)),
        estimated_matches=41.2,
        links=links,
        clusters=30,
        cluster_sizes=((1, 10), (2, 15), (40, 1)),
        refused=2,
        refused_pairs=np.array([[3, 4]]),
        blocked_by_constraint=1,
        unlinkable_share=0.077,
        notes=("A column looks like <i>nothing</i> we know.",),
    )
    return Resolution(
        links=Written([link(number) for number in range(links)]),
        clusters=np.arange(60) // 2,
        membership=np.where(np.arange(60) == 7, 0.25, 1.0),
        model=model(),
        report=report,
    )


@pytest.fixture(scope="module")
def page() -> str:
    """The page of a resolution with forty links."""
    return render_report(resolution(), CONTEXT)


def test_the_page_needs_no_network(page: str) -> None:
    """Nothing is fetched: no address but XML namespaces, no script, no imported style."""
    addresses = set(re.findall(r"https?://[^\s\"'<)]+", page))
    assert all("w3.org" in each or "purl.org" in each or "creativecommons.org" in each for each in addresses)
    assert "<script" not in page
    assert "@import" not in page
    assert not re.search(r"\s(src|href)=\"(?!#)", page)


def test_text_from_the_data_cannot_become_markup(page: str) -> None:
    """Titles, notes and record ids are shown as they are, in pictures too."""
    assert "<b>people.csv</b>" not in page
    assert "&lt;b&gt;people.csv&lt;/b&gt;" in page
    assert "&lt;script&gt;alert(1)" in page
    assert "<i>nothing</i>" not in page


def test_the_page_shows_what_was_found(page: str) -> None:
    """Counts, rules, levels with their bits, settings and columns are all there."""
    for text in ("900", "name + postcode", "3.1%", "+9.8", "-3.2", "chosen from the data", "surname", "40"):
        assert text in page
    for anchor in re.findall(r'href="#(\w+)"', page):
        assert f'id="{anchor}"' in page


def test_the_page_says_what_to_review(page: str) -> None:
    """The least certain person, the declined links, and the share of records that say too little."""
    review = page[page.index('<h2 id="review">') : page.index('<h2 id="samples">')]
    assert "crm:007" in review
    assert "0.2500" in review
    assert "crm:003" in review[review.index("declined") :]
    assert "7.7%" in page


def test_every_picture_is_told_in_words(page: str) -> None:
    """Each drawing says what it shows, or stands hidden beside the numbers it draws; nothing draws but HTML."""
    assert "<svg" not in page
    assert page.count("<figure") == page.count('<figure role="img" aria-label="')
    tracks = re.findall(r'<td class="track[^>]*>', page)
    assert tracks
    assert all('aria-hidden="true"' in track for track in tracks)


def test_twenty_links_are_shown_from_weakest_to_strongest() -> None:
    """The sample spans the whole range, each link with its waterfall."""
    samples = sample_links(resolution())
    weights = [sample.why.weight_bits for sample in samples]
    assert len(samples) == 20
    assert (weights[0], weights[-1]) == (0, 39)
    assert weights == sorted(weights)
    assert all([step.label for step, _ in each.steps] == ["prior", "email · same", "together"] for each in samples)


def test_bars_follow_the_bits() -> None:
    """Bars are as wide as their bits say, each begins where the last one ended, and zero stands between them."""
    sample = sample_links(resolution())[-1]
    prior, email, together = (bar for _, bar in sample.steps)
    assert (prior.left, prior.width, email.left) == (0, sample.zero, 0)
    assert email.width / prior.width == pytest.approx(51 / 12, abs=0.01)
    assert together.left == sample.zero
    assert together.width == pytest.approx(email.width - prior.width, abs=0.02)
    assert [bar.tone for bar in (prior, email, together)] == ["start", "for", "total"]


def test_the_histogram_keeps_its_threshold_in_sight() -> None:
    """A threshold beyond every pair is still on the plot; bars from it on are links; no pairs at all are drawn too."""
    drawn = weight_histogram(((-3, 9), (4, 0)), 6.5)
    assert 0 < drawn.threshold < 100
    assert [(bar.tone, height) for bar, height in drawn.bars] == [("start", 100), ("start", 0)]
    assert weight_histogram(((7, 9),), 6.5).bars[0][0].tone == "for"
    assert weight_histogram((), 0.0).bars == ()


def test_only_addresses_have_a_part_before_the_at() -> None:
    """A level that only e-mail reaches is shown of e-mail, and of no telephone, number or category."""
    level = model().fields[0].levels[1]
    mailbox = msgspec.structs.replace(level, name="same before the @")
    names = ("email", "phone", "identifier:ssn", "category:job")
    fields = [FieldModel(name=name, role="shared", levels=(level, mailbox)) for name in names]
    shown = {field.name: [each.name for each, *_ in levels] for field, levels in level_shares(fields)}
    assert shown == {name: ["same"] for name in names} | {"email": ["same", "same before the @"]}


def test_every_threshold_says_what_it_would_let_through(page: str) -> None:
    """Expected right and found follow from the pairs' own probabilities; higher lets fewer through, and more right."""
    found = thresholds(((-3, 100), (2, 10), (9, 20)), (), 0.9)
    assert {0.5, 0.9} <= {each.probability for each in found}
    pairs = [each.expected.pairs for each in found]
    assert pairs == sorted(pairs, reverse=True)
    assert (np.diff([each.expected.right for each in found]) > -1e-9).all()
    half = next(each.expected for each in found if each.probability == 0.5)
    right = 10 / (1 + 2**-2.5) + 20 / (1 + 2**-9.5)
    assert half.pairs == 30
    assert half.right == pytest.approx(right / 30)
    assert half.found == pytest.approx(right / (right + 100 / (1 + 2**2.5)))
    assert 'id="thresholds"' in page


def test_a_share_that_is_not_to_be_known_is_told_as_two(page: str) -> None:
    """Two figures, what each rests on, and a bar of what lies between; elsewhere one figure and no such words."""
    found = resolution()
    report = replace(found.report, histogram_high=tuple(1.0 for _ in found.report.histogram))
    unsure = render_report(replace(found, report=report), CONTEXT)
    assert re.search(r"\d% to 100\.0%", unsure[unsure.index('id="thresholds"') :])
    assert "share given names as often as strangers do" in unsure
    assert "share given names as often as strangers do" not in page


def test_each_rule_says_what_would_be_lost_without_it(page: str) -> None:
    """The share that no other rule proposes stands with its interval."""
    assert "2.0% to 17.0%" in page[page.index("6.1%") :]


def test_a_page_without_links_is_still_a_page() -> None:
    """Nothing found is said, not failed."""
    assert "No pair reached the threshold" in render_report(resolution(links=0), CONTEXT)


def test_the_page_is_the_same_every_time() -> None:
    """Equal resolutions give equal bytes."""
    assert render_report(resolution(links=2), CONTEXT) == render_report(resolution(links=2), CONTEXT)
