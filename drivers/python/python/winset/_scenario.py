"""Scenarios, and what is asked of them."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from . import _toml, _winset
from ._findings import Finding, ScenarioError
from ._result import Result

Source = str | os.PathLike[str] | Mapping[str, Any]
Number = Any
"""What a file may say of a number: `0.3`, `[0.1, 0.3, 0.5]`, `{"discrete": ...}`, or such a text."""


def read(path: str | os.PathLike[str]) -> str:
    """The text of a file in UTF-8."""
    try:
        return Path(path).read_bytes().decode()
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise _alone(f"`{path}` could not be read: {why}", str(path)) from error


class Scenario:
    """A scenario: compiled when it is first asked something, and asked as often as one likes.

    `source` is the path of a file, the text of one (it has more than one line), or a dict with the keys of one.
    `name` is what it is called in messages and in results; that of a file is its path.
    """

    __slots__ = ("_held", "_set")

    def __init__(self, source: Source, *, name: str | None = None) -> None:
        if isinstance(source, Mapping):
            given, text = "scenario", _toml.document(source)
        elif isinstance(source, str) and "\n" in source:
            given, text = "scenario", source
        else:
            given, text = os.fspath(source), read(source)
        self._held = _winset.Scenario(name or given, text)
        self._set: dict[str, str] = {}

    # Changing numbers.

    def set(self, path: str, value: Number) -> Scenario:
        """Changes one number, as `--set PATH=VALUE` does, and gives the scenario back.

        It stays changed until it is set anew or `reset`. Only what hangs on the number is compiled again.
        """
        changed = {**self._set, path: _written(value)}
        self._held.judge(self._choices(set=changed, base={}))
        self._set = changed
        return self

    def reset(self) -> Scenario:
        """Undoes every `set`, and gives the scenario back."""
        self._set = {}
        return self

    def copy(self) -> Scenario:
        """Another scenario with the same numbers, which shares all that is compiled."""
        other: Scenario = object.__new__(type(self))
        other._held, other._set = self._held, dict(self._set)
        return other

    # What it is.

    @property
    def name(self) -> str:
        """What it is called."""
        return self._held.name

    @property
    def text(self) -> str:
        """The text of its file, without what was set."""
        return self._held.text

    @property
    def changed(self) -> dict[str, str]:
        """What was set, by path, as a file writes it."""
        return dict(self._set)

    @property
    def warnings(self) -> list[Finding]:
        """What is legal in it, but odd."""
        return [Finding._of(told) for told in self._held.warnings]

    def about(self) -> dict[str, Any]:
        """Everything that can be chosen: issues, parties, accounts, and all numbers with their ranges."""
        about: dict[str, Any] = _opened(self._held.about())["about"]
        return about

    # Questions.

    def run(
        self,
        *,
        runs: int = 10_000,
        seed: int = 1,
        reading: str | None = None,
        variant: Iterable[str] = (),
        set: Mapping[str, Number] | None = None,
        defeat: str | None = None,
        without: Iterable[str] = (),
        agreeing: bool = False,
        threads: int | None = None,
        precision: float | None = None,
        record: bool = True,
        courses: bool = False,
    ) -> Result:
        """Draws many worlds, and runs the talks once in each: `winset run`.

        `set` changes numbers for this call only. `record` keeps a row of every run, for `Result.runs` and
        `Result.margin`; `courses` hears the course of talks, for the pictures that show them.
        """
        choices = self._choices(runs, seed, reading, variant, set, defeat, without, agreeing, threads)
        return Result(self._held.run(choices, precision, record, courses))

    def solve(self, *, world: int | None = None, **choices: Any) -> dict[str, Any]:
        """Every package of one world, the likeliest or that of a run: `winset solve --json`."""
        return _json(self._held.solve(self._choices(**choices), world))

    def verdict(
        self, package: str | Mapping[str, str] | None = None, *, named: str | None = None, side: str | None = None,
        **choices: Any,
    ) -> dict[str, Any]:
        """One package, by its terms or the name that the file gives it: `winset verdict --json`."""
        terms = None if package is None else package_words(package)
        return _json(self._held.verdict(self._choices(**choices), terms, named, side))

    def check(self, *, runs: int = 2000) -> dict[str, Any]:
        """What the file holds, what is odd in it, and how its anchors fare; it is asked of the file, whatever was set."""
        return _opened(self._held.check(runs))

    def infer(self, *, by_play: bool = False, **choices: Any) -> dict[str, Any]:
        """What the record of the scenario says of accounts and intents: `winset infer --json`."""
        return _json(self._held.infer(self._choices(**choices), by_play))

    def game(
        self,
        *,
        runs: int = 10_000,
        plan: str | None = None,
        break_even: Iterable[str] = (),
        map: Iterable[str] = (),
        explore: bool = False,
        held_runs: int = 1000,
        resamples: int = 1000,
        **choices: Any,
    ) -> dict[str, Any]:
        """Who would choose which intent, on what the talks pay: `winset game SCENARIO --json`.

        `plan` is the one that is asked about, `PARTY.INTENT`: the program's `--for`.
        """
        asked: _winset._Game = {
            "runs": str(runs), "about": plan, "break_even": _words(break_even), "map": _words(map), "explore": explore,
            "held_runs": str(held_runs), "resamples": str(resamples),
        }
        return _json(self._held.game(self._choices(**{"runs": 1, **choices}), asked))

    # How it is asked.

    def _choices(
        self,
        runs: int = 10_000,
        seed: int = 1,
        reading: str | None = None,
        variant: Iterable[str] = (),
        set: Mapping[str, Number] | None = None,
        defeat: str | None = None,
        without: Iterable[str] = (),
        agreeing: bool = False,
        threads: int | None = None,
        base: Mapping[str, str] | None = None,
    ) -> _winset._Choices:
        changed = {**(self._set if base is None else base), **{path: _written(it) for path, it in (set or {}).items()}}
        return {
            "runs": str(runs),
            "seed": str(seed),
            "reading": reading,
            "variant": _words(variant),
            "set": [f"{path}={text}" for path, text in changed.items()],
            "defeat": defeat,
            "without": _words(without),
            "agreeing": agreeing,
            "threads": None if threads is None else str(threads),
        }

    def __reduce__(self) -> tuple[Any, ...]:
        return _again, (self.name, self.text, self._set)

    def __repr__(self) -> str:
        return f"<winset.Scenario {self.name}>"


def game(table: str | os.PathLike[str]) -> dict[str, Any]:
    """What is in equilibrium in a table of payoffs, a `.csv` or an `.nfg`: `winset game TABLE --json`."""
    name = os.fspath(table)
    return _json(_winset.table_game(name, read(table), name.lower().endswith(".nfg")))


def package_words(package: str | Mapping[str, str]) -> str:
    """A package as `issue=option,issue=option`."""
    return package if isinstance(package, str) else ",".join(f"{issue}={option}" for issue, option in package.items())


def _again(name: str, text: str, changed: dict[str, str]) -> Scenario:
    """A scenario from what was pickled of it."""
    it: Scenario = object.__new__(Scenario)
    it._held, it._set = _winset.Scenario(name, text), changed
    return it


def _words(words: Iterable[str]) -> list[str]:
    return [words] if isinstance(words, str) else list(words)


def _written(value: Number) -> str:
    """A value behind `--set PATH=`: text stands as it is."""
    return value if isinstance(value, str) else _toml.value(value)


def _json(text: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(text)
    return document


def _opened(reply: str) -> dict[str, Any]:
    """What the door says."""
    told = _json(reply)
    if "ok" in told:
        ok: dict[str, Any] = told["ok"]
        return ok
    found = told["findings"]
    finding = [{"severity": f["severity"], "found": f["message"], "file": "", "line": f["line"], "column": f["column"],
                "accepted": f.get("label"), "hints": f["hints"]} for f in found]
    raise ScenarioError.of("\n".join(f["message"] for f in found), finding)


def _alone(found: str, file: str) -> ScenarioError:
    """An error that concerns a file as a whole."""
    finding = {"severity": "error", "found": found, "file": file, "line": None, "column": None, "accepted": None, "hints": ()}
    return ScenarioError.of(f"error: {found}", [finding])
