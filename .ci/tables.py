"""Opens the tables of a folder of results with pandas, polars and DuckDB, as CSV and as Parquet: all must agree.

Parquet says what a column holds; in CSV each reader guesses, so there it is only asked whether a column is numbers or text.
"""

import math
import sys
from pathlib import Path

import duckdb
import pandas
import polars

WHOLE = {"experiment", "point", "seed", "runs", "replication", "block", "count", "deals"}
WHOLE_IN_RUNS = {"one_exists", "reached", "rounds"}
TEXT = {"scenario", "reading", "variant", "policy", "status", "message", "drawn_reading", "ending", "cause", "package", "blocked",
        "outcome", "at"}


def expected(table, column):
    if column in WHOLE or (table == "runs" and column in WHOLE_IN_RUNS):
        return "whole"
    return "text" if column in TEXT else "number"


def kind(name):
    """What a reader's name of a type means."""
    name = name.lower()
    if name in ("int64", "bigint"):
        return "whole"
    if name in ("float64", "double"):
        return "number"
    return "text" if name in ("str", "string", "object", "varchar") else name


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


def summed(cells):
    """Count and sum of the numbers that are there, and of those that are finite exactly."""
    numbers = [float(x) for x in cells if x is not None and not (isinstance(x, float) and math.isnan(x))]
    return len(numbers), math.fsum(x for x in numbers if math.isfinite(x))


def check(folder, table):
    readers = {"pandas": with_pandas, "polars": with_polars, "DuckDB": with_duckdb}
    found = {(name, suffix): read(folder / f"{table}{suffix}")
             for name, read in readers.items() for suffix in (".csv", ".parquet")}
    types, cells = found["polars", ".parquet"]
    rows = len(next(iter(cells.values())))
    for (name, suffix), (its_types, its_cells) in found.items():
        where = f"{table}{suffix} by {name}"
        assert list(its_cells) == list(cells), f"{where}: other columns: {list(its_cells)}"
        assert {len(c) for c in its_cells.values()} == {rows}, f"{where}: not {rows} rows"
        for column, its_type in its_types.items():
            wanted = expected(table, column)
            empty = all(x is None for x in cells[column])
            if suffix == ".parquet":
                assert empty or its_type == wanted, f"{where}: `{column}` is {its_type}, not {wanted}"
            else:
                assert empty or column == "at" or (its_type == "text") == (wanted == "text"), f"{where}: `{column}` is {its_type}"
            if wanted == "text" and column != "at":
                assert [x or None for x in its_cells[column]] == cells[column], f"{where}: `{column}` reads otherwise"
            elif wanted != "text":
                ours, its = summed(cells[column]), summed(its_cells[column])
                assert ours == its, f"{where}: `{column}` adds up to {its}, not {ours}"
    print(f"agree   {table}: {rows} rows, {len(cells)} columns, pandas, polars and DuckDB, CSV and Parquet")


def main():
    folder = Path(sys.argv[1])
    tables = sorted(path.stem for path in folder.glob("*.parquet"))
    assert tables == ["distributions", "experiments", "runs", "survival"], tables
    for table in tables:
        check(folder, table)


main()
