"""What is wrong with a file or a question, as exceptions that carry every finding."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong, or odd."""

    severity: str
    """`error` or `warning`."""
    found: str
    """What was found, in one clause."""
    file: str
    """The file, as it was called."""
    line: int | None
    """Its line, from 1; None where it concerns no single line."""
    column: int | None
    """Its column, from 1, in characters."""
    accepted: str | None
    """What would be accepted at this place, where that can be said."""
    hints: tuple[str, ...]
    """What to do about it."""

    @property
    def hint(self) -> str:
        """The hints as one text."""
        return "; ".join(self.hints)

    @classmethod
    def _of(cls, told: Mapping[str, Any]) -> Finding:
        return cls(**{**told, "hints": tuple(told["hints"])})


class ScenarioError(ValueError):
    """A file, a choice or a value cannot be used. The text is what the program prints; `findings` holds the parts."""

    findings: tuple[Finding, ...] = ()

    @classmethod
    def of(cls, text: str, told: Iterable[Mapping[str, Any]]) -> ScenarioError:
        """The error of findings that are laid out as a text."""
        error = cls(text)
        error.findings = tuple(map(Finding._of, told))
        return error
