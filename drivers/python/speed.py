"""What a call costs beside its runs: many calls, each with one number changed, by as many runs as are named.

python speed.py SCENARIO [CALLS] [PATH]
"""

from __future__ import annotations

import sys
import time

import winset


def main() -> None:
    """Prints milliseconds a call for several numbers of runs, and what is left of them for none."""
    scenario = winset.Scenario(sys.argv[1])
    calls = int(sys.argv[2]) if len(sys.argv) > 2 else 200
    numbers = [it for it in scenario.about()["inputs"] if it["uncertain"] and it["kind"] == "value"]
    path = sys.argv[3] if len(sys.argv) > 3 else numbers[0]["path"]
    it = next(it for it in scenario.about()["inputs"] if it["path"] == path)
    values = [it["low"] + (it["high"] - it["low"]) * k / calls for k in range(calls)]
    spent = {}
    for runs in (1, 16, 64):
        scenario.set(path, values[0]).run(runs=runs, threads=1)
        began = time.process_time()
        for value in values:
            scenario.set(path, value).run(runs=runs, threads=1, record=False).exists
        spent[runs] = (time.process_time() - began) / calls * 1000
        print(f"{runs:4} runs  {spent[runs]:8.3f} ms a call")
    each = (spent[64] - spent[16]) / 48
    print(f"{path}: a run {each:.3f} ms, a call {spent[16] - 16 * each:.3f} ms beside its runs ({spent[1] - each:.3f} by the call of one run)")


if __name__ == "__main__":
    main()
