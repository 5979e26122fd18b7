"""`heng sample repeat` against an independent draw in a few lines of Python, as the documentation gives them."""

import hashlib
import json
import subprocess

from conftest import HENG

SEED = hashlib.sha256(b"the root of a checkpoint").digest()
NAME = "r1/p1/companies-served"
STRATA = {"320100": range(2, 902), "320500": range(902, 2102), "abroad": range(2102, 2109)}


def draw(count=59):
    """The published draw, drawn here."""
    total = sum(map(len, STRATA.values()))
    places = {name: count * len(rows) // total for name, rows in STRATA.items()}
    by_rest = sorted(STRATA, key=lambda name: (-(count * len(STRATA[name]) % total), name))
    for name in by_rest[: count - sum(places.values())]:
        places[name] += 1
    lot = lambda number: hashlib.sha256(SEED + f"{NAME}/{number}".encode()).digest()
    drawn = sorted(n for name, rows in STRATA.items() for n in sorted(rows, key=lot)[: places[name]])
    return {
        "name": NAME, "list": "00" * 32, "freezeIndex": 40, "checkpointSize": 41, "seed": SEED.hex(), "count": count,
        "strata": [
            {"name": name, "rows": f"{rows[0]}-{rows[-1]}", "rowCount": len(rows), "drawnCount": places[name]}
            for name, rows in STRATA.items()],
        "drawn": ",".join(map(str, drawn)),
    }


def repeat(content, *more):
    return subprocess.run([HENG, "sample", "repeat", "-", *more], input=content.encode(), capture_output=True)


def test_a_published_draw_is_repeated_with_one_command(heng):
    run = repeat(json.dumps(draw()), "--lang", "en")
    assert run.returncode == 0, run.stderr.decode()
    assert "59 of 2107 rows" in run.stdout.decode()
    assert "重抽一致" in repeat(json.dumps(draw())).stdout.decode()


def test_a_row_that_was_chosen_instead_of_drawn_is_named(heng):
    published = draw()
    rows = published["drawn"].split(",")
    wanted = next(str(n) for n in range(2, 900) if str(n) not in rows)
    published["drawn"] = ",".join([wanted, *rows[1:]])
    run = repeat(json.dumps(published), "--lang", "en")
    said = run.stderr.decode()
    assert run.returncode == 1 and wanted in said and rows[0] in said, said


def test_what_is_no_draw_is_refused_with_a_sentence_and_wrong_usage_with_two(heng):
    assert repeat("{}").returncode == 1
    assert repeat("not json").returncode == 1
    assert repeat(json.dumps(draw()), "--checkpoint", "kept.txt").returncode == 2
