"""Runs one engine of the peers' script once, as a process of its own: peer.py SCRIPT NAME FILE. Prints its rows as JSON."""

import json
import sys

script, name, path = sys.argv[1:4]
source = open(script).read()
# The script measures all its engines when it is run; only its functions are wanted here.
functions = source[: source.index("\nfor f in ")]
sys.argv = [script, path, "2"]
scope = {}
exec(compile(functions, script, "exec"), scope)
print(json.dumps([list(row) for row in scope[f"{name}_exact"]()]))
