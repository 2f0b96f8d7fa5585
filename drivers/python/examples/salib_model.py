"""winset as a model of SALib: Sobol' indices of the share of worlds in which a way out exists."""

import sys

import numpy as np
from SALib.analyze import sobol
from SALib.sample.sobol import sample

import winset

TALKS = winset.Scenario(sys.argv[1] if len(sys.argv) > 1 else "scenarios/textbook/labour-dispute.toml")
NUMBERS = [it for it in TALKS.about()["inputs"] if it["uncertain"] and it["kind"] == "value"]
PROBLEM = {"num_vars": len(NUMBERS), "names": [it["path"] for it in NUMBERS], "bounds": [[it["low"], it["high"]] for it in NUMBERS]}


def talks(point: np.ndarray) -> float:
    return TALKS.run(runs=100, threads=1, record=False, set=dict(zip(PROBLEM["names"], point))).exists


def indices(count: int):
    points = sample(PROBLEM, count, calc_second_order=False, seed=1)
    return sobol.analyze(PROBLEM, np.array([talks(point) for point in points]), calc_second_order=False, seed=1)


if __name__ == "__main__":
    print(indices(64).to_df()[0])
