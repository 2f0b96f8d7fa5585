"""winset as a model of the EMA Workbench: which of its uncertain numbers decide whether the talks get there?"""

import sys

from ema_workbench import Model, RealParameter, ScalarOutcome, perform_experiments

import winset

TALKS = winset.Scenario(sys.argv[1] if len(sys.argv) > 1 else "scenarios/textbook/labour-dispute.toml")
NUMBERS = {f"p{k}": it for k, it in enumerate(TALKS.about()["inputs"]) if it["uncertain"] and it["kind"] == "value"}


def talks(**numbers: float) -> dict[str, float]:
    found = TALKS.run(runs=100, threads=1, record=False, set={NUMBERS[p]["path"]: x for p, x in numbers.items()})
    return {"exists": found.exists, "reached": found.reached or 0.0}


def experiments(count: int):
    model = Model("talks", function=talks)
    model.uncertainties = [RealParameter(p, it["low"], it["high"]) for p, it in NUMBERS.items()]
    model.outcomes = [ScalarOutcome("exists"), ScalarOutcome("reached")]
    return perform_experiments(model, count)


if __name__ == "__main__":
    design, outcomes = experiments(200)
    print(design.describe().T, {name: values.mean() for name, values in outcomes.items()})
