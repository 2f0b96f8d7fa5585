"""The environment keeps to PettingZoo's rules, and its games are those of the library."""

from __future__ import annotations

import numpy as np
import pytest
from conftest import CHECKOUT, ISTANBUL
from pettingzoo.test import api_test, seed_test

import winset
from winset.env import TalksEnv

SMALL = CHECKOUT / "scenarios/textbook/labour-dispute.toml"


def played(env: TalksEnv, seed: int, luck: int) -> tuple[list[int], dict[str, float], str | None]:
    """A game of random legal actions."""
    env.reset(seed=seed)
    draw, actions, paid = np.random.default_rng(luck), [], dict.fromkeys(env.possible_agents, 0.0)
    for agent in env.agent_iter():
        seen, reward, over, _, _ = env.last()
        paid[agent] += reward
        if over:
            env.step(None)
            continue
        legal = np.flatnonzero(seen["action_mask"])
        assert len(legal) and env.observation_space(agent).contains(seen)
        actions.append(int(draw.choice(legal)))
        env.step(actions[-1])
    return actions, paid, env.render()


@pytest.mark.parametrize("file", [SMALL, ISTANBUL], ids=lambda file: file.stem)
def test_the_usual_test_of_the_api_passes(file: object) -> None:
    api_test(TalksEnv(winset.Scenario(file)), num_cycles=200)  # type: ignore[arg-type]


def test_a_seed_is_a_game() -> None:
    seed_test(lambda: TalksEnv(winset.Scenario(SMALL)), num_cycles=50)
    env = TalksEnv(winset.Scenario(ISTANBUL), seats=["ukraine"], render_mode="ansi")
    assert played(env, 3, 1) == played(env, 3, 1)
    games = [played(env, seed, 1)[2] for seed in range(6)]
    assert len(set(games)) > 1


def test_one_seat_is_one_agent_and_what_it_gets_is_what_the_run_pays() -> None:
    env = TalksEnv(winset.Scenario(ISTANBUL), seats="ukraine")
    assert env.possible_agents == ["ukraine"]
    _, paid, _ = played(env, 5, 2)
    assert env._table.ended() is not None
    points = dict(env._table.ended()[2])  # type: ignore[index]
    assert paid["ukraine"] == pytest.approx(points["ukraine"] / 100)


def test_what_is_not_legal_is_refused_in_words() -> None:
    env = TalksEnv(winset.Scenario(SMALL))
    env.reset(seed=1)
    illegal = int(np.flatnonzero(env.last()[0]["action_mask"] == 0)[0])
    with pytest.raises(winset.ScenarioError, match="cannot be done now"):
        env.step(illegal)
    with pytest.raises(winset.ScenarioError, match="unknown"):
        TalksEnv(winset.Scenario(SMALL), seats=["nobody"])


def test_packages_that_can_be_offered_are_chosen() -> None:
    talks = winset.Scenario(ISTANBUL)
    first = talks.about()["issues"][0]
    terms = [{first["id"]: option["id"]} for option in first["options"]]
    env = TalksEnv(talks, packages=terms)
    assert len(env.action_names) == 7 + 2 * len(terms)
    assert all(name.startswith("offer ") for name in env.action_names[7 : 7 + len(terms)])
