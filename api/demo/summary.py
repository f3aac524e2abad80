"""The demo's summary in words a marketer would use: findings in, things to print out."""

from collections.abc import Iterator
from typing import Final

from rich.console import Group as Stack
from rich.console import RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from api.demo.findings import Findings, Group, Story

PARTS: Final = ("records", "events", "rejects", "problems")


def summary(findings: Findings) -> Iterator[RenderableType]:
    """Everything to print, in order."""
    yield _sources(findings)
    if findings.problems:
        yield _problems(findings)
    yield _people(findings)
    yield _story(findings.story)
    everybody = findings.people + findings.anonymous
    title = f"Segments, and their share of all {everybody:,} (people, and browsers and wearables of nobody known)"
    yield _groups(title, "who", findings.segments, everybody)
    yield _personas(findings)
    yield _journeys(findings)
    yield _funnel(findings)
    yield _places(findings)


def _table(title: str, *columns: str) -> Table:
    """A table whose columns named with a leading `#` are numbers."""
    table = Table(title=title, title_justify="left", title_style="bold", show_edge=False, pad_edge=False)
    for name in columns:
        table.add_column(name.lstrip("#"), justify="right" if name.startswith("#") else "left", overflow="fold")
    return table


def _sources(findings: Findings) -> Table:
    table = _table("What came in", "source", "#people records", "#events", "#set aside", "#kept, with a problem")
    for source in findings.sources:
        table.add_row(source.source, *(_number(getattr(source, part)) for part in PARTS))
    totals = (sum(getattr(source, part) for source in findings.sources) for part in PARTS)
    table.add_section()
    table.add_row("all", *map(_number, totals), style="bold")
    return table


def _number(number: int) -> str:
    return f"{number:,}" if number else "·"


def _problems(findings: Findings) -> Table:
    table = _table("What was wrong with rows, most frequent first", "file", "reason", "row", "#rows")
    for one in findings.problems:
        table.add_row(one.file, one.reason, "kept" if one.kept else "set aside", f"{one.rows:,}")
    return table


def _people(findings: Findings) -> Panel:
    agreement, (size, city) = findings.agreement, findings.household
    lines = (
        (
            f"[bold]{findings.records:,}[/] records are of [bold]{findings.people:,}[/] people"
            f" (in truth there are {agreement.people:,})."
        ),
        (
            f"Of 1,000 pairs of records we put together, [bold]{agreement.precision * 1000:.0f}[/] are right"
            f" (precision {agreement.precision:.3f})."
        ),
        (
            f"Of 1,000 pairs that belong together, we found [bold]{agreement.recall * 1000:.0f}[/]"
            f" (recall {agreement.recall:.3f}; F1 {agreement.f1:.3f})."
        ),
        f"{agreement.exact / max(agreement.people, 1):.0%} of people are complete and hold nobody else.",
        f"The largest household has {size} people ({city}).",
        (
            f"{findings.anonymous:,} browsers and wearables belong to nobody we know"
            " (the report counts each as a record and a person);"
            f" {findings.claimed:,} events came before their owner did, and followed."
        ),
    )
    return Panel("\n".join(lines), title="From records to people", title_align="left")


def _story(story: Story) -> Panel:
    records = _table(f"{len(story.records)} records, one person", "source", "name", "born", "e-mail", "phone", "city")
    for row in story.records:
        records.add_row(row.source, row.name, row.born, row.email, row.phone, row.city)
    moments = _table(f"Some of {story.events} things that happened", "day", "what", "about", "where")
    for moment in story.moments:
        moments.add_row(moment.day, moment.type.replace("_", " "), moment.about, moment.channel)
    seen = Text("Names and contacts are masked, as a marketer sees them.", style="dim")
    return Panel(Stack(seen, records, Text(), moments), title=f"One person: {story.entity_id}", title_align="left")


def _groups(title: str, says: str, groups: tuple[Group, ...], people: int) -> Table:
    table = _table(title, "name", "#people", "#share", says)
    for group in groups:
        table.add_row(group.name, f"{group.people:,}", f"{group.people / max(people, 1):.0%}", group.says)
    return table


def _personas(findings: Findings) -> RenderableType:
    if not findings.personas:
        return Text(f"No stable personas: {findings.no_personas}")
    clustered = sum(persona.people for persona in findings.personas)
    title = "Personas"
    if findings.persona_agreement is not None:
        title += f" (agreement with the planted behaviours: {findings.persona_agreement:.2f}, chance is 0)"
    return _groups(title, "traits", findings.personas, clustered)


def _journeys(findings: Findings) -> Table:
    table = _table("Journeys most people took", "path", "#people")
    for way in findings.journeys:
        table.add_row(way.steps, f"{way.people:,}")
    return table


def _funnel(findings: Findings) -> Table:
    table = _table("From an opened message to an order, within two days", "step", "#people", "#of the first")
    for step in findings.funnel:
        table.add_row(step.step, f"{step.people:,}", f"{step.share:.0%}")
    return table


def _places(findings: Findings) -> Panel:
    lines = [f"{label}: {path}" for label, path in findings.places.items()]
    spent = ", ".join(f"{stage.replace('_', ' ')} {seconds:.0f} s" for stage, seconds in findings.seconds.items())
    return Panel(Text("\n".join([*lines, f"Time: {spent}"])), title="Where things are", title_align="left")
