"""winset from Python: is there a settlement that no side need regard as a defeat, and do the talks get there?

    import winset
    talks = winset.Scenario("istanbul-2025.toml")
    found = talks.set("no_deal.ukraine.cost", 0.3).run(runs=2000)
    found.exists, found.reached, found.summary["answer"]["margin"]
"""

from ._findings import Finding, ScenarioError
from ._scenario import Scenario, game, read
from ._result import Figure, Result, Table

__all__ = ["Figure", "Finding", "Result", "Scenario", "ScenarioError", "Table", "game", "read"]
