"""The package says what the program says, and what a changed file says."""

from __future__ import annotations

import itertools
import pickle
import re
import tomllib
from pathlib import Path

import numpy as np
import pytest
from conftest import CHECKOUT, ISTANBUL, LABOUR, SCENARIOS, program

import winset


@pytest.mark.parametrize("file", SCENARIOS, ids=lambda file: file.stem)
def test_a_run_is_that_of_the_program(file: Path) -> None:
    found = winset.Scenario(file).run(runs=300, seed=7)
    assert found.summary == program("run", file, "--runs", 300, "--seed", 7, "--json")
    assert found.exists == found.summary["answer"]["exists"]["share"]


def test_every_choice_of_a_run_is_that_of_the_program() -> None:
    found = winset.Scenario(ISTANBUL).run(
        runs=257, seed=3, reading="stanovaya", set={"no_deal.ukraine.cost": [0.1, 0.2, 0.3]}, defeat="both",
        without=["claims", "mediator"], threads=2,
    )
    words = "--runs 257 --seed 3 --reading stanovaya --defeat both --without claims,mediator --json".split()
    assert found.summary == program("run", ISTANBUL, *words, "--set", "no_deal.ukraine.cost=[0.1, 0.2, 0.3]")


def test_a_precision_is_that_of_the_program() -> None:
    found = winset.Scenario(LABOUR).run(precision=0.02)
    assert found.summary == program("run", LABOUR, "--precision", 0.02, "--json")


def test_the_other_questions_are_those_of_the_program() -> None:
    talks, labour = winset.Scenario(ISTANBUL), winset.Scenario(LABOUR)
    assert labour.solve() == program("solve", LABOUR, "--json")
    assert labour.solve(world=5, seed=2) == program("solve", LABOUR, "--world", 5, "--seed", 2, "--json")
    assert labour.verdict(named="last-offer") == program("verdict", LABOUR, "--named", "last-offer", "--json")
    first = talks.about()["issues"][0]
    terms = {first["id"]: first["options"][1]["id"]}
    words = ",".join(map("=".join, terms.items()))
    assert talks.verdict(terms, runs=200) == program("verdict", ISTANBUL, "--package", words, "--runs", 200, "--json")
    assert talks.infer(runs=200) == program("infer", ISTANBUL, "--runs", 200, "--json")


def test_a_game_is_that_of_the_program() -> None:
    words = "--runs 200 --held-runs 50 --resamples 100 --break-even talks.mishap=0:0.05 --seed 2 --json".split()
    mine = winset.Scenario(ISTANBUL).game(
        runs=200, held_runs=50, resamples=100, break_even="talks.mishap=0:0.05", reading="stanovaya", seed=2
    )
    assert mine == program("game", ISTANBUL, "--reading", "stanovaya", *words)
    reckoned = CHECKOUT / "scenarios/textbook/alternating-offers.toml"
    assert winset.Scenario(reckoned).game() == program("game", reckoned, "--json")
    with pytest.raises(winset.ScenarioError, match="nobody chooses"):
        winset.Scenario(CHECKOUT / "scenarios/textbook/log-rolling.toml").game()


def test_a_payoff_table_is_solved_as_the_program_solves_it(tmp_path: Path) -> None:
    table = tmp_path / "game.csv"
    table.write_text(",left,right\nup,3;1,0;0\ndown,0;0,1;3\n")
    assert winset.game(table) == program("game", table, "--json")


def test_a_number_that_is_set_gives_what_the_changed_file_gives() -> None:
    """Numbers of every kind, one after another on one handle, so that what is kept would show."""
    text = ISTANBUL.read_text()
    talks = winset.Scenario(text)
    numbers = [it for it in talks.about()["inputs"] if it["written"]]
    for number in itertools.islice(numbers, 0, None, 9):
        value = number["most"] if number["most"] < 1 else (number["low"] + number["high"]) / 2
        fresh = winset.Scenario(text).set(number["path"], value).run(runs=6)
        assert talks.reset().set(number["path"], value).run(runs=6).json == fresh.json, number["path"]


def test_a_set_holds_until_it_is_undone() -> None:
    text = LABOUR.read_text()
    number = next(it for it in winset.Scenario(text).about()["inputs"] if it["uncertain"] and it["kind"] == "value")
    talks = winset.Scenario(text)
    before = talks.run(runs=50).json
    once = talks.run(runs=50, set={number["path"]: number["high"]}).json
    assert talks.run(runs=50).json == before != once
    assert talks.set(number["path"], number["high"]) is talks
    assert talks.run(runs=50).json == once == pickle.loads(pickle.dumps(talks)).run(runs=50).json
    other = talks.copy().reset()
    assert other.run(runs=50).json == before and talks.changed and not other.changed


def test_a_dict_is_the_scenario_of_its_file() -> None:
    for file in SCENARIOS:
        text = file.read_text()
        of_text, of_dict = (winset.Scenario(source, name="x") for source in (text, tomllib.loads(text)))
        assert of_text.run(runs=20).json == of_dict.run(runs=20).json, file


def test_threads_change_nothing() -> None:
    talks = winset.Scenario(ISTANBUL)
    one, many = (talks.run(runs=600, threads=threads) for threads in (1, 3))
    assert one.json == many.json and np.array_equal(one.margin, many.margin, equal_nan=True)


def test_what_it_says_of_a_file() -> None:
    labour = winset.Scenario(LABOUR)
    assert labour.name == str(LABOUR) and "title" in labour.text
    assert labour.check(runs=50)["contradicted"] in (True, False)
    assert {it["id"] for it in labour.about()["actors"]} >= set(labour.about()["parties"])


def test_mistakes_carry_their_place_and_what_would_do(tmp_path: Path) -> None:
    bad = tmp_path / "bad.toml"
    text = LABOUR.read_text()
    line = next(k for k, it in enumerate(text.splitlines(), 1) if "defeat_below" in it and not it.startswith("#"))
    bad.write_text(re.sub("defeat_below", "defeat_bellow", text))
    with pytest.raises(winset.ScenarioError) as caught:
        winset.Scenario(bad)
    finding = caught.value.findings[0]
    assert (finding.file, finding.line, finding.severity) == (str(bad), line, "error")
    assert "defeat_bellow" in finding.found and "defeat_below" in finding.hint
    assert f"{bad}:{line}" in str(caught.value)


@pytest.mark.parametrize(
    ("choices", "found"),
    [
        ({"runs": 0}, "--runs 0"), ({"seed": -1}, "--seed -1"), ({"reading": "nobody"}, "nobody"),
        ({"set": {"no.such": 1}}, "unknown path `no.such`"), ({"without": ["claim"]}, "claim"), ({"threads": 0}, "--threads 0"),
    ],
)
def test_choices_that_cannot_be_made_are_told_in_words(choices: dict[str, object], found: str) -> None:
    with pytest.raises(winset.ScenarioError, match=re.escape(found)) as caught:
        winset.Scenario(LABOUR).run(**choices)  # type: ignore[arg-type]
    assert caught.value.findings[0].hint or "whole number" in str(caught.value)
    with pytest.raises(winset.ScenarioError, match="unknown path"):
        winset.Scenario(LABOUR).set("no.such", 1)
    with pytest.raises(winset.ScenarioError, match="could not be read"):
        winset.Scenario(CHECKOUT / "no-such.toml")
