"""The scenarios of the checkout, and the program beside which the package is tested."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

CHECKOUT = Path(__file__).resolve().parents[3]
SCENARIOS = sorted((CHECKOUT / "scenarios").glob("t*/*.toml"))
ISTANBUL = CHECKOUT / "scenarios/talks/istanbul-2025.toml"
LABOUR = CHECKOUT / "scenarios/textbook/labour-dispute.toml"


def program(*words: object) -> dict[str, Any]:
    """What the program answers as JSON."""
    winset = os.environ.get("WINSET") or shutil.which("winset")
    if winset is None:
        pytest.skip("the program is not on the PATH: set WINSET")
    asked = subprocess.run([winset, *map(str, words)], capture_output=True, text=True, check=False)
    assert asked.returncode in (0, 1), asked.stderr
    document: dict[str, Any] = json.loads(asked.stdout)
    return document
