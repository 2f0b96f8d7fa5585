"""What many worlds say."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    from . import _winset


@dataclass(frozen=True, repr=False)
class Figure:
    """A picture, which a notebook shows."""

    name: str
    title: str
    description: str
    svg: str

    def _repr_svg_(self) -> str:
        return self.svg

    def __repr__(self) -> str:
        return f"<winset.Figure {self.name}: {self.title}>"


class Figures(Mapping[str, Figure]):
    """Pictures by name; a notebook shows all of them."""

    def __init__(self, figures: list[Figure]) -> None:
        self._by_name = {figure.name: figure for figure in figures}

    def __getitem__(self, name: str) -> Figure:
        return self._by_name[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_name)

    def __len__(self) -> int:
        return len(self._by_name)

    def _repr_html_(self) -> str:
        return "".join(f"<figure>{it.svg}</figure>" for it in self.values())


class Table:
    """A table in Arrow's memory, which pandas, polars, pyarrow and DuckDB take over without copying where they can:

        pandas.DataFrame.from_arrow(table), polars.DataFrame(table), pyarrow.table(table)
    """

    def __init__(self, arrow: _winset.Arrow) -> None:
        self._arrow = arrow

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        return self._arrow.stream()

    def __arrow_c_schema__(self) -> object:
        return self._arrow.schema()

    def __len__(self) -> int:
        return self._arrow.rows

    @property
    def columns(self) -> list[str]:
        """The names of its columns."""
        return self._arrow.columns

    def __repr__(self) -> str:
        return f"<winset.Table of {len(self)} rows: {', '.join(self.columns)}>"


class Result:
    """An answer: `summary` as a dict, single runs and packages as tables, pictures, and a page."""

    def __init__(self, held: _winset.Answer) -> None:
        self._held = held

    @property
    def exists(self) -> float:
        """The share of worlds in which a deal exists that is a defeat for nobody."""
        return self._held.exists

    @property
    def reached(self) -> float | None:
        """The share of runs that end in one; None where the scenario has no talks."""
        return self._held.reached

    def margin_quantile(self, p: float) -> float | None:
        """A quantile of the margins of all worlds that have a finite one."""
        return self._held.margin_quantile(p)

    @cached_property
    def json(self) -> str:
        """What `winset run --json` prints."""
        return self._held.json()

    @cached_property
    def summary(self) -> dict[str, Any]:
        """The same as a dict."""
        document: dict[str, Any] = json.loads(self.json)
        return document

    @cached_property
    def runs(self) -> Table:
        """One row a run: its world's margin, and how the talks ended."""
        held = self._held.runs()
        if held is None:
            raise ValueError("the runs were not recorded: ask for them by run(record=True)")
        return Table(held)

    @cached_property
    def packages(self) -> Table:
        """One row a package that leads or that the file names."""
        return self.table("packages")

    @cached_property
    def tables(self) -> list[str]:
        """The names of all tables but that of the runs; `winset schema --tables` says what they hold."""
        return self._held.sheets()

    def table(self, name: str) -> Table:
        """A table by name: `packages`, `verdicts`, `terms`, `unknowns`, `endings`, ..."""
        held = self._held.sheet(name)
        if held is None:
            raise KeyError(f"no table {name!r}: there are {', '.join(self.tables)}")
        return Table(held)

    @cached_property
    def margin(self) -> npt.NDArray[np.float64]:
        """The margin of every run's world; NaN where none can be measured, infinite where nobody could call any a defeat."""
        return np.frombuffer(self.runs._arrow.numbers("margin"), dtype=np.float64)

    def figures(self, *, theme: str = "light", width: float | None = None) -> Figures:
        """Every picture that can be drawn; those of talks need run(courses=True)."""
        return Figures([Figure(*it) for it in self._held.figures(theme == "dark", width)])

    @cached_property
    def page(self) -> str:
        """The report as one HTML file: what `winset report` writes, where courses were heard."""
        return self._held.page()

    def __str__(self) -> str:
        return self._held.words()[2]

    def __repr__(self) -> str:
        return f"<winset.Result: {self._held.words()[1]}>"

    def _repr_html_(self) -> str:
        screen = self._held.words()[2].replace("&", "&amp;").replace("<", "&lt;")
        return f"<pre>{screen}</pre>"
