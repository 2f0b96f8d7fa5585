"""Holds documents of every verb against the JSON Schemas that the program prints."""

import json
import subprocess

import jsonschema

SCENARIOS = ["istanbul-2025", "labour-dispute", "camp-david-1978", "chicken", "split-the-pie"]
ASKED = ["run {} --runs 100", "solve {}", "trace {}", "verdict {} --package now", "compare {} @defeat=leader --runs 60",
         "ablations {} --runs 40", "directions {} --pairs 40", "game {} --runs 20 --resamples 10", "estimate {} --precision 0.2",
         "offers {} --tactics boulware,conceder", "sensitivity {} --points 64", "audit {} --worlds 64"]


def asked(line):
    return subprocess.run(["winset", *line.split(), "--json"], capture_output=True, text=True)


held = 0
for line in (ask.format(name) for ask in ASKED for name in SCENARIOS):
    answer = asked(line)
    if answer.returncode == 2:
        continue
    document = json.loads(answer.stdout)
    schema = json.loads(subprocess.check_output(["winset", "schema", "--of", document["verb"]]))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(document, schema)
    held += 1
print(f"agree   {held} documents and their schemas")
