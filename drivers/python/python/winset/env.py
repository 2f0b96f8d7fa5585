"""Seats at the table as an environment of PettingZoo, with masks of the actions that are legal.

    from winset.env import TalksEnv
    env = TalksEnv(winset.Scenario("istanbul-2025.toml"), seats=["ukraine"])

Needs `pip install winset[env]`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
from gymnasium import spaces
from pettingzoo import AECEnv

from . import _winset
from ._scenario import Number, Scenario, package_words

Observation = dict[str, Any]


class TalksEnv(AECEnv[str, Observation, int]):
    """The talks of a scenario. Each seat is an agent; every other party does what the file's policy says.

    An agent is asked for a move (a gesture, talk, an offer or a last word, ...) or for a yes or a no. `packages` are the
    packages that can be offered; unless said otherwise all of a small deal space, or those that would do most often, those
    that the file names, and the present state. A game pays each agent, at its end, what the run pays its party, in hundreds
    of points.

    `reset(seed=s)` begins the first game under a seed, and every further `reset()` the next one: another world and other
    luck. The same seed and the same actions give the same game.

    An observation holds `action_mask`, and `observation`: six numbers for what is asked (a move, an answer, a signature,
    whether a text is put again, whether one escalates, whether one leaves), the round as a share of the last, years,
    whether the conflict goes on, one is pressed, and this is the last stage; what no deal, the best deal and one's policy
    come to, in hundreds of points; the states; whether a package lies on the table, and of it and of every package that can
    be offered whether it can be put there, whether it crosses a red line, its worth in hundreds of points, and the least
    chance that those at home bear it.
    """

    metadata = {"name": "winset_talks_v0", "is_parallelizable": False, "render_modes": ["ansi"]}

    def __init__(
        self,
        scenario: Scenario,
        *,
        seats: Iterable[str] | None = None,
        intents: Mapping[str, str] | None = None,
        packages: Iterable[str | Mapping[str, str]] | None = None,
        render_mode: str | None = None,
        reading: str | None = None,
        variant: Iterable[str] = (),
        set: Mapping[str, Number] | None = None,
        without: Iterable[str] = (),
    ) -> None:
        super().__init__()
        parties: list[str] = scenario.about()["parties"]
        self.possible_agents = parties if seats is None else [seats] if isinstance(seats, str) else list(seats)
        choices = scenario._choices(reading=reading, variant=variant, set=set, without=without)
        given = [f"{party}={intent}" for party, intent in (intents or {}).items()]
        offered = None if packages is None else [package_words(it) for it in packages]
        self._table = _winset.Table(scenario._held, choices, self.possible_agents, given, offered)
        self.render_mode = render_mode
        self.action_names: list[str] = self._table.actions
        n, seen = len(self.action_names), self._table.sees
        view = spaces.Dict({
            "observation": spaces.Box(-np.inf, np.inf, (seen,), np.float32),
            "action_mask": spaces.Box(0, 1, (n,), np.int8),
        })
        self.observation_spaces = {agent: view for agent in self.possible_agents}
        self.action_spaces = {agent: spaces.Discrete(n) for agent in self.possible_agents}
        self._blank: Observation = {"observation": np.zeros(seen, np.float32), "action_mask": np.zeros(n, np.int8)}
        self._seed, self._run = 1, -1

    def observation_space(self, agent: str) -> spaces.Space[Any]:
        """What an agent sees."""
        return self.observation_spaces[agent]

    def action_space(self, agent: str) -> spaces.Space[Any]:
        """The actions by number; `action_names` says what they are."""
        return self.action_spaces[agent]

    def reset(self, seed: int | None = None, options: dict[str, Any] | None = None) -> None:
        """Begins a game."""
        if seed is not None:
            self._seed, self._run = int(seed), -1
        self._run += 1
        self._table.open(self._seed, self._run)
        self.agents = list(self.possible_agents)
        self.rewards = dict.fromkeys(self.agents, 0.0)
        self._cumulative_rewards = dict.fromkeys(self.agents, 0.0)
        self.terminations = dict.fromkeys(self.agents, False)
        self.truncations = dict.fromkeys(self.agents, False)
        self.infos: dict[str, dict[str, Any]] = {agent: {} for agent in self.agents}
        self._asks()

    def observe(self, agent: str) -> Observation:
        """What an agent sees; nothing is seen, and nothing legal, while another one is asked."""
        now = self._now if agent == self.agent_selection and self._now is not None else self._blank
        return {name: array.copy() for name, array in now.items()}

    def step(self, action: int | None) -> None:
        """Takes the action of the agent that is asked."""
        if self.terminations[self.agent_selection]:
            self._was_dead_step(action)
            return
        if action is None:
            raise ValueError("an agent that is asked needs an action")
        self._cumulative_rewards[self.agent_selection] = 0.0
        self._clear_rewards()
        self._table.act(int(action))
        self._asks()
        self._accumulate_rewards()

    def _asks(self) -> None:
        asked = self._table.asked()
        if asked is not None:
            self.agent_selection, seen, mask = asked
            self._now: Observation | None = {
                "observation": np.array(seen, np.float32), "action_mask": np.frombuffer(mask, np.int8),
            }
            return
        ending, package, pays = self._table.ended() or ("", None, [])
        self._now = None
        points = dict(pays)
        for agent in self.agents:
            self.rewards[agent] = points.get(agent, 0.0) / 100
            self.terminations[agent] = True
            self.infos[agent] = {"ending": ending, "package": package}
        self.agent_selection = self.agents[0]

    def render(self) -> str | None:
        """The decisions so far, one a line."""
        return "\n".join(self._table.said()) if self.render_mode == "ansi" else None

    def close(self) -> None:
        """Nothing is left open."""
