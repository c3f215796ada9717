"""A stretch of the month that `bench soak` lives through: the history counts as the model does."""

from __future__ import annotations

from pathlib import Path

from tests.scripts import script


def test_the_history_counts_what_the_model_counts(tmp_path: Path):
    month = script("soak_month").live(tmp_path, 0.1)
    rows = list(script("soak_storage").rows_of_month(month))
    assert (month.dropped, month.error) == (0, "")
    assert {"grid/dtsu.e_imp", "water_heater/ea_pos", "workshop/m203.TotWhImp"} <= month.counters.keys()
    assert month.counters["grid/dtsu.e_imp"].true > 1000
    assert rows[0].met, rows[0]
    assert all(energy.off < 0.01 for energy in month.integrals.values() if energy.true > 500)  # it ends within a load
