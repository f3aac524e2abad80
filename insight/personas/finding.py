"""From the lake to personas: features, clusters, names, and the two tables of the lake."""

from datetime import datetime

import duckdb
import numpy as np
import pyarrow as pa

from core.ids import content_id
from insight.personas.clustering import find_clusters
from insight.personas.contract import Clustering, FeatureTable, NoPersonas, PersonaOptions, Personas
from insight.personas.features import read_features
from insight.personas.naming import Trait, names_of, traits_of
from lake.tables import PERSONA_MEMBERS, PERSONAS


def find_personas(
    connection: duckdb.DuckDBPyConnection,
    now: datetime,
    *,
    seed: int,
    options: PersonaOptions = PersonaOptions(),  # noqa: B008 (frozen)
) -> Personas | NoPersonas:
    """Look for stable kinds of people among those who did anything until now.

    Deterministic: the same lake, moment and seed give the same tables. Cost: about ten seconds for 20,000 people.
    """
    return personas_of(read_features(connection, now), seed=seed, options=options)


def personas_of(
    table: FeatureTable,
    *,
    seed: int,
    options: PersonaOptions = PersonaOptions(),  # noqa: B008 (frozen)
) -> Personas | NoPersonas:
    """As `find_personas`, from features already measured."""
    found = find_clusters(table, seed=seed, options=options)
    return found if isinstance(found, NoPersonas) else _tables(table, _largest_first(found))


def _largest_first(found: Clustering) -> Clustering:
    """Number the clusters by size, ties by their first person."""
    number = len(found.centres)
    sizes = np.bincount(found.labels, minlength=number)
    first = [int(np.argmax(found.labels == label)) for label in range(number)]
    order = sorted(range(number), key=lambda label: (-int(sizes[label]), first[label]))
    return Clustering(
        labels=np.argsort(order)[found.labels],
        centres=found.centres[order],
        distances=found.distances,
        agreement=found.agreement,
    )


def _tables(table: FeatureTable, found: Clustering) -> Personas:
    number = len(found.centres)
    traits = traits_of(table, found.labels, number)
    names = names_of(traits)
    ids: list[str] = [content_id("p", name) for name in names]
    sizes = np.bincount(found.labels, minlength=number)
    personas = {
        "persona_id": ids,
        "name": list(names),
        "size": sizes.tolist(),
        "share": (sizes / len(found.labels)).tolist(),
        "stability": [found.agreement] * number,
        "traits": [[_row(trait) for trait in own] for own in traits],
    }
    members = {
        "entity_id": list(table.entity_ids),
        "persona_id": np.array(ids)[found.labels],
        "distance": np.round(found.distances, 9),
    }
    return Personas(
        personas=pa.Table.from_pydict(personas, schema=PERSONAS.schema),
        members=pa.Table.from_pydict(members, schema=PERSONA_MEMBERS.schema),
    )


def _row(trait: Trait) -> dict[str, str | float]:
    return {
        "feature": trait.feature,
        "says": trait.says,
        "mean": trait.mean,
        "overall": trait.overall,
        "lift": trait.lift,
    }
