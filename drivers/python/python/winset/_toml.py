"""Values and dicts as a scenario file writes them."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from datetime import date
from typing import Any


def value(it: Any) -> str:
    """A value on one line."""
    if isinstance(it, bool):
        return "true" if it else "false"
    if isinstance(it, str):
        return json.dumps(it, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(it, Mapping):
        return "{ " + ", ".join(f"{key(k)} = {value(v)}" for k, v in it.items()) + " }"
    if isinstance(it, date):
        return it.isoformat()
    if hasattr(it, "tolist"):  # numpy's numbers and arrays
        it = it.tolist()
    if isinstance(it, (list, tuple)):
        return "[" + ", ".join(map(value, it)) + "]"
    if isinstance(it, int):
        return str(it)
    if isinstance(it, float):
        return repr(it) if math.isfinite(it) else str(it)
    raise TypeError(f"a scenario holds no {type(it).__name__}")


def key(word: Any) -> str:
    """A key, quoted where it must be."""
    word = str(word)
    plain = word.isascii() and word.replace("-", "").replace("_", "").isalnum()
    return word if plain else value(word)


def document(scenario: Mapping[str, Any]) -> str:
    """A scenario as a text: one line an entry, so that findings have a place."""
    plain = [f"{key(k)} = {value(v)}" for k, v in scenario.items() if not isinstance(v, Mapping)]
    lines = plain
    for section, entries in scenario.items():
        if isinstance(entries, Mapping):
            lines += ["", f"[{key(section)}]", *(f"{key(k)} = {value(v)}" for k, v in entries.items())]
    return "\n".join(lines) + "\n"
