"""The house rules of docs/architecture.md that a machine can see; exit 1 with every fault and its place."""

import json
import pathlib
import re
import sys

root = pathlib.Path(__file__).resolve().parent.parent
faults = []


def fault(path, line, text):
    faults.append(f"{path.relative_to(root)}:{line}: {text}")


han = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")
risky = re.compile(r"\btry!|fatalError\(|@unchecked Sendable|nonisolated\(unsafe\)")
unfinished = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")

for path in sorted(root.glob("Sources/**/*.swift")):
    lines = path.read_text().split("\n")
    if len(lines) > 401:
        fault(path, 1, f"{len(lines)} lines; no file is longer than 400")
    proof = ""
    for number, line in enumerate(lines, 1):
        code = line.split("//", 1)[0]
        if han.search(line):
            fault(path, number, "Chinese text belongs in the catalogue, the scheme or a data file")
        if unfinished.search(line):
            fault(path, number, "unfinished work is not committed")
        if risky.search(code) and "Safe because" not in line + proof:
            fault(path, number, "needs a comment that proves it safe (Safe because …)")
        proof = (proof + line) if line.strip().startswith("//") else ""

for path in sorted(root.glob("Tests/**/*.swift")):
    lines = path.read_text().split("\n")
    if len(lines) > 601:
        fault(path, 1, f"{len(lines)} lines; no test file is longer than 600")
    for number, line in enumerate(lines, 1):
        if "@testable" in line:
            fault(path, number, "tests go through public interfaces")

catalogues = root / "Sources/Wording/Catalogues"
seen = {}
for path in sorted(catalogues.glob("zh-Hans.*.json")):
    english = catalogues / path.name.replace("zh-Hans", "en")
    zh, en = json.loads(path.read_text()), json.loads(english.read_text())
    for key in sorted(zh.keys() ^ en.keys()):
        fault(path, 1, f"{key} stands in one language only")
    for key in zh.keys() & en.keys():
        places = [set(re.findall(r"\{(\w+)\}", text)) for text in (zh[key], en[key])]
        if places[0] != places[1]:
            fault(path, 1, f"{key}: the places differ between the languages")
    for key in zh:
        if key in seen:
            fault(path, 1, f"{key} stands in {seen[key]} as well")
        seen[key] = path.name

for room in sorted(path.name for path in (root / "Sources").iterdir() if (path / "module.modulemap").exists() is False):
    if room not in ("CLI", "Joiner", "EmbedFilesTool") and not (root / "Tests" / f"{room}Tests").is_dir():
        faults.append(f"Sources/{room}: no tests folder")

print("\n".join(faults) or "house rules: nothing found", file=sys.stderr)
sys.exit(1 if faults else 0)
