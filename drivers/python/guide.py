"""Runs guide.ipynb and holds what its cells print against what stands in it; `--write` puts what they print now into it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient

GUIDE = Path(__file__).with_name("guide.ipynb")


def said(notebook: Any) -> list[tuple[str, str]]:
    """What every cell prints, shows or gives."""
    kinds = ("text/plain", "text/html", "image/svg+xml")
    told = []
    for cell in (cell for cell in notebook.cells if cell.cell_type == "code"):
        text = "".join(it.get("text", "") + "".join(it.get("data", {}).get(kind, "") for kind in kinds) for it in cell.outputs)
        told.append((cell.source, text))
    return told


def main() -> None:
    """Runs it."""
    notebook = nbformat.read(GUIDE, as_version=4)
    before = said(notebook)
    NotebookClient(notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": GUIDE.parent}}).execute()
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
    if "--write" in sys.argv:
        nbformat.write(notebook, GUIDE)
        return
    for (source, was), (_, now) in zip(before, said(notebook)):
        if was != now:
            sys.exit(f"{GUIDE.name} does not show what its cells print:\n{source}\n--- it shows\n{was}\n--- it prints\n{now}")
    print(f"guide   {len(before)} cells print what {GUIDE.name} shows")


if __name__ == "__main__":
    main()
