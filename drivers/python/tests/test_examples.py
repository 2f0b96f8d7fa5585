"""Both examples run, and find what they should."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from conftest import CHECKOUT

sys.path.insert(0, str(CHECKOUT / "drivers/python/examples"))
sys.argv[1:] = [str(CHECKOUT / "scenarios/textbook/labour-dispute.toml")]


def test_the_model_of_the_ema_workbench() -> None:
    import ema_model

    design, outcomes = ema_model.experiments(20)
    assert len(design) == 20 and set(outcomes) == {"exists", "reached"}
    assert ((0 <= outcomes["exists"]) & (outcomes["exists"] <= 1)).all() and np.ptp(outcomes["exists"]) > 0
    point = {name: float(design[name].iloc[3]) for name in ema_model.NUMBERS}
    assert ema_model.talks(**point)["exists"] == outcomes["exists"][3]


def test_the_model_of_salib() -> None:
    import salib_model

    found = salib_model.indices(16)
    assert len(found["ST"]) == salib_model.PROBLEM["num_vars"] and np.isfinite(found["ST"]).all()
