"""recordlinkage as its documentation shows it: `python recordlinkage_engine.py RECORDS OUT default`.

Blocking on pairs of given name, family name, birth date and postcode, and on e-mail and phone; Jaro-Winkler at 0.85 on
names and street, exact on the rest; its ECM classifier, which needs no labels. Clusters are connected components of its
matches.
"""

import sys
import warnings
from pathlib import Path

import pandas as pd
import recordlinkage

warnings.simplefilter("ignore")
NEAR = ("given_name", "family_name", "street")
EXACT = ("birth_date", "sex", "city", "postcode", "phone", "email")
BLOCKS = (
    ("family_name", "given_name"),
    ("family_name", "birth_date"),
    ("given_name", "birth_date"),
    ("postcode", "family_name"),
    ("postcode", "given_name"),
    ("email",),
    ("phone",),
)


def main(records: str, out: str, _mode: str) -> None:
    """Match the table and write the pairs with their probabilities."""
    people = pd.read_parquet(records).set_index("record_id")
    index = recordlinkage.Index()
    for block in BLOCKS:
        if set(block) <= set(people.columns):
            index.block(list(block))
    pairs = index.index(people.dropna(subset=["given_name", "family_name"], how="all"))
    compare = recordlinkage.Compare()
    for name in people.columns:
        if name in NEAR:
            compare.string(name, name, method="jarowinkler", threshold=0.85, label=name)
        elif name in EXACT or name.startswith("identifiers_"):
            compare.exact(name, name, label=name)
    features = compare.compute(pairs, people)
    classifier = recordlinkage.ECMClassifier(binarize=0.5)
    classifier.fit(features)
    scores = classifier.prob(features)
    table = scores.rename("score").reset_index()
    table.columns = ["l", "r", "score"]
    table.to_parquet(Path(out) / "pairs.parquet")


if __name__ == "__main__":
    main(*sys.argv[1:])
