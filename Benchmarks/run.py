"""Measures Heng beside its peers in one run and prints medians and ratios: run.py [RECORDS]."""

import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import time

root = pathlib.Path(__file__).resolve().parent.parent
shared = pathlib.Path(os.environ.get("HENG_SHARED", root.parent / "shared"))
heng = root / ".build/release/heng"
work = root / ".build/bench"
work.mkdir(parents=True, exist_ok=True)
records = int(sys.argv[1]) if len(sys.argv) > 1 else 2_000_000


def whole_process(command):
    """Seconds by the clock, and of the processor, of the whole process; what it printed."""
    before, start = os.times(), time.perf_counter()
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    seconds, after = time.perf_counter() - start, os.times()
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return seconds, used, done.stdout


def in_turn(commands, runs=5):
    """Every command once to warm up, then all of them in turn; medians by name, and what each printed last."""
    times, printed = {name: [] for name in commands}, {}
    for turn in range(runs + 1):
        for name, command in commands.items():
            seconds, used, printed[name] = whole_process(command)
            if turn:
                times[name].append((seconds, used))
    medians = {name: tuple(statistics.median(column) for column in zip(*each)) for name, each in times.items()}
    return medians, printed


def total(text):
    """Different identifiers over all platforms, from what a process printed."""
    rows = json.loads(text)
    return sum(row["distinct"] if isinstance(row, dict) else row[1] for row in rows)


def counting():
    generator = shared / "bench/gen_records.py"
    if not generator.exists():
        print("counting: ../shared/bench is absent, so neither input nor peers can be had; SKIPPED")
        return
    source = work / f"records-{records}.ndjson"
    if not source.exists():
        subprocess.run([sys.executable, generator, str(records), "7", source], check=True)
    commands = {"heng": [heng, "count", source, "--format", "json"]}
    for peer in ("duckdb", "chdb", "polars"):
        commands[peer] = [sys.executable, root / "Benchmarks/peer.py", shared / "bench/peers_distinct.py", peer, source]
    medians, printed = in_turn(commands)
    counts = {name: total(text) for name, text in printed.items()}
    print(f"counting {records} records, whole processes in turn, files warm, medians of five; load {os.getloadavg()[0]:.1f}")
    fastest = min(seconds for name, (seconds, _) in medians.items() if name != "heng")
    leanest = min(used for name, (_, used) in medians.items() if name != "heng")
    for name, (seconds, used) in medians.items():
        print(
            f"  {name:8s} {seconds:7.3f} s {records / seconds / 1e6:6.2f} M records/s   processor {used:7.3f} s"
            f"   distinct {counts[name]}"
        )
    ours, spent = medians["heng"]
    print(f"  Heng is {fastest / ours:.2f} × as fast as the fastest peer, and takes 1/{leanest / spent:.2f} of the processor of the leanest")
    assert len(set(counts.values())) == 1, "the engines count differently"
    packed_counting(source)


def packed_counting(source):
    commands = {}
    for suffix, pack in ((".gz", ["gzip", "-1", "-k", "-f"]), (".zst", ["zstd", "-q", "-f", "-k"])):
        if not shutil.which(pack[0]):
            print(f"  {pack[0]} is absent; {suffix} SKIPPED")
            continue
        file = pathlib.Path(str(source) + suffix)
        if not file.exists():
            subprocess.run([*pack, source], check=True)
        commands[suffix] = [heng, "count", file, "--format", "json"]
    for name, (seconds, used) in in_turn(commands)[0].items():
        print(f"  heng {name:5s} {seconds:6.3f} s {records / seconds / 1e6:6.2f} M records/s   processor {used:7.3f} s")


def scoring():
    field = shared / "spec/trial-field.csv"
    if not field.exists():
        print("scoring: ../shared/spec/trial-field.csv is absent; SKIPPED")
        return
    medians, _ = in_turn({"score": [heng, "score", root / "Schemes/jiangsu-2025.yaml", "--values", field, "--format", "json"]})
    print(f"heng score      {medians['score'][0]:8.3f} s  60 platforms × 32 indicators with sheets (whole process, median of 5)")


counting()
scoring()
