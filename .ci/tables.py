"""Opens every table of folders of results with pandas, polars and DuckDB: all must agree, and hold what `winset schema --tables` says.

Parquet says what a column holds; in CSV each reader guesses, so there it is only asked whether a column is numbers or text.
"""

import json
import math
import subprocess
import sys
from pathlib import Path

import duckdb
import pandas
import polars

COLUMNS = [(c["name"], c["holds"]) for c in json.loads(subprocess.check_output(["winset", "schema", "--tables"]))["columns"]]


def expected(column):
    """What a column holds: the first name or family that fits; a path is an input, which is a number."""
    for name, holds in COLUMNS:
        fits = column.endswith(name[1:]) if name.startswith("*") else column.startswith(name[:-1]) if name.endswith("*") else column == name
        if fits and "." not in column:
            return holds
    return "number"


def kind(name):
    """What a reader's name of a type means."""
    name = name.lower()
    if name in ("int64", "bigint"):
        return "whole"
    if name in ("float64", "double"):
        return "number"
    return "text" if name in ("str", "string", "object", "varchar", "date") else name


def with_pandas(path):
    csv = path.suffix == ".csv"
    frame = pandas.read_csv(path) if csv else pandas.read_parquet(path)
    cells = {c: [None if pandas.isna(x) else x for x in frame[c].tolist()] for c in frame.columns}
    return {c: kind(str(t)) for c, t in frame.dtypes.items()}, cells


def with_polars(path):
    frame = polars.read_csv(path, infer_schema_length=None) if path.suffix == ".csv" else polars.read_parquet(path)
    return {c: kind(str(t)) for c, t in frame.schema.items()}, frame.to_dict(as_series=False)


def with_duckdb(path):
    reader = "read_csv" if path.suffix == ".csv" else "read_parquet"
    # A sample of all rows, so that a type is not guessed from the first ones.
    relation = duckdb.sql(f"select * from {reader}('{path}'{', sample_size = -1' if path.suffix == '.csv' else ''})")
    rows = relation.fetchall()
    types = {c: kind(str(t)) for c, t in zip(relation.columns, relation.types)}
    return types, {c: [row[i] for row in rows] for i, c in enumerate(relation.columns)}


READERS = {"pandas": with_pandas, "polars": with_polars, "DuckDB": with_duckdb}


def summed(cells):
    """Count and sum of the numbers that are there, and of those that are finite exactly."""
    numbers = [float(x) for x in cells if x is not None and not (isinstance(x, float) and math.isnan(x))]
    return len(numbers), math.fsum(x for x in numbers if math.isfinite(x))


def check(path):
    """One table, as CSV and, where it is there, as Parquet."""
    paths = [p for p in (path, path.with_suffix(".parquet")) if p.exists()]
    found = {(name, p): read(p) for p in paths for name, read in READERS.items()}
    _, cells = found["polars", paths[-1]]
    rows = len(next(iter(cells.values())))
    for (name, p), (its_types, its_cells) in found.items():
        where = f"{p.name} by {name}"
        assert list(its_cells) == list(cells), f"{where}: other columns: {list(its_cells)}"
        assert {len(c) for c in its_cells.values()} == {rows}, f"{where}: not {rows} rows"
        for column, its_type in its_types.items():
            wanted = expected(column)
            empty = all(x is None or x == "" for x in cells[column])
            # Words that look like numbers are numbers to who guesses: an option may be called `2`.
            guessed = p.suffix == ".csv" and wanted == "text" and its_type in ("whole", "number")
            if p.suffix == ".parquet":
                assert empty or its_type == wanted, f"{where}: `{column}` is {its_type}, not {wanted}"
            elif not guessed:
                assert empty or (its_type == "text") == (wanted == "text"), f"{where}: `{column}` is {its_type}, not {wanted}"
            if wanted == "text":
                alike = [str(x) if x not in (None, "") else None for x in its_cells[column]]
                ours = [str(x) if x not in (None, "") else None for x in cells[column]]
                assert guessed or alike == ours, f"{where}: `{column}` reads otherwise"
            else:
                ours, its = summed(cells[column]), summed(its_cells[column])
                assert ours == its, f"{where}: `{column}` adds up to {its}, not {ours}"
    return f"{path.stem} ({rows} x {len(cells)})"


def main():
    for folder in map(Path, sys.argv[1:]):
        tables = sorted(folder.glob("*.csv"))
        assert tables, f"no table in {folder}"
        print(f"agree   {folder.name}: {', '.join(check(path) for path in tables)}")


main()
