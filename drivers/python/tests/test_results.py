"""Tables that other libraries take over, pictures, and the page."""

from __future__ import annotations

import csv
import subprocess
from pathlib import Path

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from conftest import ISTANBUL, LABOUR, program

import winset


@pytest.fixture(scope="module")
def found() -> winset.Result:
    return winset.Scenario(ISTANBUL).run(runs=300, courses=True)


def test_the_runs_are_those_of_the_program(found: winset.Result, tmp_path: Path) -> None:
    program("run", ISTANBUL, "--runs", 300, "--record", "--out", tmp_path / "out", "--json")
    with (tmp_path / "out/runs.csv").open() as file:
        rows = list(csv.DictReader(file))
    table = pa.table(found.runs)
    assert table.column_names == list(rows[0]) == found.runs.columns and len(table) == len(found.runs) == 300
    for row, mine in zip(rows, table.to_pylist()):
        for head, cell in row.items():
            said = "" if mine[head] is None else mine[head]
            if isinstance(said, float):
                assert float(cell) == said, head
            else:
                assert cell == str(said), head


def test_columns_have_the_types_of_what_stands_in_them(found: winset.Result) -> None:
    runs = pa.schema(found.runs)
    assert runs.field("run").type == pa.int64() and runs.field("one_exists").type == pa.int64()
    assert runs.field("margin").type == pa.float64() and runs.field("ending").type == pa.string()
    assert all(runs.field(name).type == pa.float64() for name in runs.names if name.startswith(("gain_", "payoff_")))
    packages = pa.table(found.packages)
    assert packages.schema.field("would_do_count").type == pa.int64()
    shares = [it["would_do"]["share"] for it in found.summary["answer"]["packages"]]
    assert packages["would_do_share"].to_pylist()[: len(shares)] == shares


def test_long_tables_are_joined_by_list_and_place(found: winset.Result) -> None:
    assert {"packages", "verdicts", "terms", "unknowns", "endings"} <= set(found.tables)
    verdicts, packages = (pd.DataFrame.from_arrow(found.table(name)) for name in ("verdicts", "packages"))
    together = verdicts.merge(packages, on=["list", "place"])
    assert len(together) == len(verdicts) and (together["worlds_of"] == together["would_do_of"]).all()
    with pytest.raises(KeyError, match="there are packages"):
        found.table("package")


def test_pandas_and_polars_read_the_same(found: winset.Result) -> None:
    frame, lazy = pd.DataFrame.from_arrow(found.runs), pl.DataFrame(found.runs)
    assert list(frame.columns) == lazy.columns and frame["margin"].to_numpy() == pytest.approx(lazy["margin"].to_numpy(), nan_ok=True)
    assert frame["one_exists"].mean() == found.exists and lazy["one_exists"].mean() == found.exists


def test_numbers_are_taken_over_without_copying(found: winset.Result) -> None:
    """Two tables made of one stream's memory stand at one address."""
    where = [pa.table(found.runs)["payoff_ukraine"].chunk(0).buffers()[1].address for _ in range(2)]
    assert where[0] == where[1] == pl.DataFrame(found.runs)["payoff_ukraine"].to_arrow().buffers()[1].address


def test_the_margin_is_an_array(found: winset.Result) -> None:
    assert found.margin.dtype == np.float64 and found.margin.shape == (300,)
    finite = found.margin[np.isfinite(found.margin)]
    assert (finite >= 0).sum() + np.isposinf(found.margin).sum() == found.summary["answer"]["exists"]["count"]
    assert found.margin_quantile(0.5) == pytest.approx(np.median(finite), abs=0.01)
    with pytest.raises(ValueError, match="record=True"):
        winset.Scenario(LABOUR).run(runs=5, record=False).margin


def test_pictures_and_the_page_are_there(found: winset.Result, tmp_path: Path) -> None:
    figures = found.figures(width=600)
    assert "outcomes" in figures and len(figures) > 8 and figures["outcomes"]._repr_svg_().startswith("<svg")
    assert figures["outcomes"].description and "<svg" in figures._repr_html_()
    assert found._repr_html_().startswith("<pre>") and "one exists" in str(found)
    assert found.page.lower().startswith("<!doctype html>") and "<svg" in found.page
    assert "talks" not in winset.Scenario(LABOUR).run(runs=20).figures()
