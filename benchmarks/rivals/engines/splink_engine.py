"""Splink 5 as its documentation shows it for people: `python splink_engine.py RECORDS OUT documented|fast [RULE …]`.

The model is that of Splink's own tutorial on historical persons: forename and surname compared together with term
frequencies, date of birth, postcode and e-mail by their templates, other columns exactly with term frequencies where
these help. Blocking rules are those that are given, such as `email` or `family_name&birth_date`; without any, the
tutorial's, as far as the table has the columns.

Where the table has streets and postcodes, street and city are not compared: they say the postcode a second and third
time, and Splink is better without them.

documented: u from 10 million pairs, EM over all pairs of its blocking rules, term frequencies in EM.
fast: u from 1 million pairs, EM from at most 1 million pairs, without term frequencies; the fastest honest
configuration that a study of Splink found, with F1 equal to the documented one.
"""

import json
import sys
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import splink.comparison_library as cl
from spent import spent
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

RULES = (
    ("substr(given_name,1,3)", "substr(family_name,1,4)"),
    ("family_name", "birth_date"),
    ("given_name", "birth_date"),
    ("postcode", "given_name"),
    ("postcode", "family_name"),
    ("birth_date", "city"),
    ("substr(postcode,1,3)", "birth_date"),
    ("substr(postcode,1,3)", "given_name"),
    ("substr(postcode,1,3)", "family_name"),
    ("substr(given_name,1,2)", "substr(family_name,1,2)", "substr(birth_date,1,4)"),
    ("email",),
    ("phone",),
)
EXACT = ("sex", "city", "street", "middle_name", "suffix")
IDS = ("identifiers_", "categories_")
NEAR = ("phone", "identifiers_")


def settings(columns: list[str], given: list[str]) -> SettingsCreator:
    """The model for a table with these columns, and the given blocking rules or the tutorial's."""
    comparisons = [
        cl.ForenameSurnameComparison("given_name", "family_name", forename_surname_concat_col_name="full_name"),
        cl.DateOfBirthComparison("birth_date", input_is_string=True),
    ]
    if "postcode" in columns:
        comparisons.append(cl.PostcodeComparison("postcode"))
    if "email" in columns:
        comparisons.append(cl.EmailComparison("email"))
    told = {"street", "postcode"} <= set(columns)
    for name in columns:
        if told and name in {"street", "city"}:
            continue
        if name.startswith(NEAR):
            comparisons.append(cl.LevenshteinAtThresholds(name, 1))
        elif name in EXACT or name.startswith(IDS):
            tf = name in {"city", "street"} or name.startswith(IDS)
            comparisons.append(cl.ExactMatch(name).configure(term_frequency_adjustments=tf))
    tutorial = [*RULES, *((name,) for name in columns if name.startswith("identifiers_"))]
    rules = [tuple(rule.split("&")) for rule in given] or [rule for rule in tutorial if _has(rule, columns)]
    return SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="record_id",
        blocking_rules_to_generate_predictions=[block_on(*rule) for rule in rules],
        comparisons=comparisons,
        retain_matching_columns=False,
    )


def _has(rule: tuple[str, ...], columns: list[str]) -> bool:
    return all(part.removeprefix("substr(").split(",")[0] in columns for part in rule)


def main(records: str, out: str, mode: str, *rules: str) -> None:
    """Match the table and write scored pairs, and clusters at Splink's customary 0.95."""
    fast = mode == "fast"
    database = duckdb.connect()
    database.execute(
        "CREATE TABLE people AS SELECT *, given_name || ' ' || family_name AS full_name FROM read_parquet($path)",
        {"path": records},
    )
    api = DuckDBAPI(connection=database)
    columns = pq.read_schema(records).names
    linker = Linker(api.register("people"), settings(columns, list(rules)))
    sure = [block_on("given_name", "family_name", "birth_date")]
    if "postcode" in columns:
        sure.append(block_on("birth_date", "postcode"))
    linker.training.estimate_probability_two_random_records_match(sure, recall=0.6)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6 if fast else 1e7, seed=1)
    for rule in (block_on("given_name", "family_name"), block_on("birth_date")):
        linker.training.estimate_parameters_using_expectation_maximisation(
            rule, estimate_without_term_frequencies=fast, max_pairs=1e6 if fast else None
        )
    predictions = linker.inference.predict(threshold_match_probability=0.01)
    clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(predictions, 0.95)
    print(json.dumps(spent()))
    folder = Path(out)
    for name, query in (
        (
            "pairs",
            f"SELECT record_id_l AS l, record_id_r AS r, match_probability AS score FROM {predictions.physical_name}",
        ),
        ("clusters", f"SELECT record_id, cluster_id AS entity_id FROM {clusters.physical_name}"),
    ):
        database.execute(f"COPY ({query}) TO '{folder / name}.parquet'")


if __name__ == "__main__":
    main(*sys.argv[1:])
