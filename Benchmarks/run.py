"""Measures Heng beside its peers in one run and prints medians and ratios: run.py [RECORDS]."""

import pathlib
import re
import statistics
import subprocess
import sys
import time

root = pathlib.Path(__file__).resolve().parent.parent
shared = root.parent / "shared"
heng = root / ".build/release/heng"
work = root / ".build/bench"
work.mkdir(parents=True, exist_ok=True)
records = int(sys.argv[1]) if len(sys.argv) > 1 else 2_000_000


def whole_process(command, runs=5):
    """Median seconds of the whole process after one warm-up."""
    times = []
    for _ in range(runs + 1):
        start = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        times.append(time.perf_counter() - start)
    return statistics.median(times[1:])


def counting():
    generator = shared / "bench/gen_records.py"
    if not generator.exists():
        print("counting: ../shared/bench is absent, so neither input nor peers can be had; SKIPPED")
        return
    source = work / f"records-{records}.ndjson"
    if not source.exists():
        subprocess.run([sys.executable, generator, str(records), "7", source], check=True)
    ours = whole_process([heng, "count", source, "--format", "json"])
    print(f"heng count      {ours:8.3f} s  {records / ours / 1e6:6.2f} M records/s (whole process, median of 5)")
    output = subprocess.run(
        [sys.executable, shared / "bench/peers_distinct.py", source, "2"], capture_output=True, text=True, check=True
    ).stdout
    for name, seconds in re.findall(r"^(\w+)\s+([\d.]+) s", output, re.M):
        print(f"{name:15s} {float(seconds):8.3f} s  Heng is {float(seconds) / ours:5.2f} × as fast (peer: in process, best of 3)")


def scoring():
    field = shared / "spec/trial-field.csv"
    if not field.exists():
        print("scoring: ../shared/spec/trial-field.csv is absent; SKIPPED")
        return
    seconds = whole_process([heng, "score", root / "Schemes/jiangsu-2025.yaml", "--values", field, "--format", "json"])
    print(f"heng score      {seconds:8.3f} s  60 platforms × 32 indicators with sheets (whole process, median of 5)")


counting()
scoring()
