"""The last minutes before the deadline: many companies fill in, upload and submit at once. Reports, asserts no times.

    python Benchmarks/stampede.py [--companies 200] [--seconds 120]

Starts a server of its own on an empty folder and drives it over loopback. Every company signs in, saves its fields one
by one as the form does, hands in its lists, uploads evidence of 256 KiB a file, prints its papers, uploads the stamped
scans and submits. What was acknowledged is counted and compared with what the server has afterwards.
"""

import argparse
import collections
import os
import pathlib
import random
import shutil
import sys
import tempfile
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "Tests/EndToEnd"))

from conftest import PASSWORD, Server  # noqa: E402
from round_drive import (  # noqa: E402
    COUNTY, EVIDENCE, FIGURES, LISTS, ROUND, Person, Refused, cell_path, credit_code, pdf, people,
)


class Figures:
    """Milliseconds by kind of request, and what went wrong."""

    def __init__(self):
        self.times, self.faults, self.lock = collections.defaultdict(list), [], threading.Lock()

    def timed(self, kind, work):
        start = time.perf_counter()
        try:
            return work()
        finally:
            with self.lock:
                self.times[kind].append((time.perf_counter() - start) * 1000)

    def print(self):
        for kind, times in sorted(self.times.items()):
            times.sort()
            pick = lambda share: times[min(len(times) - 1, int(len(times) * share))]
            print(f"  {kind:10} {len(times):6} requests  median {pick(.5):8.1f} ms  p99 {pick(.99):8.1f} ms"
                  f"  slowest {times[-1]:8.1f} ms")


def submitted(person, path):
    """Submits; who is told that a scan is still being read presses again, as the page says."""
    for _ in range(10):
        try:
            return person.json("POST", path, {"action": "submit"})
        except Refused as refused:
            if "_scan_waiting" not in str(refused):
                raise
            time.sleep(2)
    raise Refused("the scans were never read")


def company(server, number, figures, kept, start):
    """One company's last minutes; `start` spreads them over the window."""
    time.sleep(start)
    platform = f"s{number:03d}"
    try:
        person = Person(server, f"m{number:03d}")
        figures.timed("sign-in", person.sign_in)
        small = {name: rows[:5] for name, rows in LISTS.items()}
        for indicator, rows in small.items():
            path = cell_path(indicator, platform) + "/items"
            figures.timed("list", lambda: person.json("PUT", path, {"rows": rows}, tag=0))
        for indicator, values in FIGURES.items():
            path = cell_path(indicator, platform) + "/draft"
            for figure, value in values.items():
                edit = {"id": f"{platform}-{figure}", "figure": figure, "text": str(value), "base": 0}
                figures.timed("autosave", lambda: person.json("PATCH", path, {"edits": [edit]}))
                with kept.lock:
                    kept.fields[platform].add(figure)
        for indicator, requirements in EVIDENCE.items():
            for requirement in requirements:
                content = pdf(f"{platform} {indicator} {requirement}")
                content = content[:9] + b"%" + random.Random(number).randbytes(131072).hex().encode() + b"\n" + content[9:]
                path = cell_path(indicator, platform) + f"/evidence?name=e.pdf&requirement={requirement}"
                figures.timed("upload", lambda: person.upload(path, content))
                with kept.lock:
                    kept.files[platform] += 1
        for kind in ("declaration", "commitment"):
            _, _, paper = figures.timed("print", lambda: person.ask("GET", f"/rounds/{ROUND}/papers/{platform}/{kind}.pdf"))
            figures.timed("scan", lambda: person.form(
                f"/company/rounds/{ROUND}/papers/{kind}/scan", {}, {"file": ("scan.pdf", paper)}))
        path = f"/api/v1/rounds/{ROUND}/platforms/{platform}/submission/actions"
        figures.timed("submit", lambda: submitted(person, path))
        with kept.lock:
            kept.submitted.add(platform)
    except Exception as fault:  # every kind of fault is a finding here
        with figures.lock:
            figures.faults.append(f"{platform}: {str(fault)[:300]}")


class Kept:
    """What the server has acknowledged."""

    def __init__(self):
        self.lock = threading.Lock()
        self.fields, self.files, self.submitted = collections.defaultdict(set), collections.Counter(), set()


def prepare(server, companies):
    who = people(server)
    who["province"].json("POST", "/api/v1/rounds", {
        "id": ROUND, "scheme": "jiangsu-2025", "kind": "rehearsal", "cutOff": "2099-12-15",
        "title": {"zh": "末日压力演练", "en": "Stampede"}})
    who["province"].json("POST", f"/api/v1/rounds/{ROUND}/actions", {"action": "open", "reason": "rehearsal"})
    admin = Person(server, "admin").sign_in()
    codes = [credit_code(f"91320583MA{n:03d}TP{n % 97:02d}") for n in range(companies)]
    for first in range(0, companies, 100):
        lines = ["account,name,roles,company,region,password"] + [
            f"m{n:03d},manager {n},manager,{codes[n]},,{PASSWORD}" for n in range(first, min(first + 100, companies))]
        status, _, answer = admin.ask("POST", "/api/v1/accounts/import", "\n".join(lines).encode(), {"Content-Type": "text/csv"})
        assert status == 200, answer[:500]
    for n in range(companies):
        who["province"].json("POST", f"/api/v1/rounds/{ROUND}/platforms", {
            "id": f"s{n:03d}", "name": f"压力测试平台{n:03d}", "type": "specialist",
            "operator": {"code": codes[n], "name": f"压力测试企业{n:03d}有限公司", "region": COUNTY}})
    return who


def lost(who, kept):
    """Everything acknowledged that the server no longer has."""
    faults = []
    for platform, fields in kept.fields.items():
        for indicator, values in FIGURES.items():
            draft = who["province"].json("GET", cell_path(indicator, platform) + "/declared", want=(200, 404)) or {}
            there = draft.get("values") or {}
            faults += [f"{platform} {figure}" for figure in values if figure in fields and figure not in there]
    for platform, count in kept.files.items():
        there = sum(
            len(who["province"].json("GET", cell_path(indicator, platform) + "/evidence")["items"])
            for indicator in EVIDENCE)
        if there != count:
            faults.append(f"{platform}: {there} of {count} files")
    for platform in kept.submitted:
        state = who["province"].json("GET", f"/api/v1/rounds/{ROUND}/platforms/{platform}/submission")["state"]
        if state != "county-review":
            faults.append(f"{platform} is {state}")
    return faults


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--companies", type=int, default=200)
    options.add_argument("--seconds", type=float, default=120)
    options = options.parse_args()
    folder = pathlib.Path(tempfile.mkdtemp(prefix="stampede-"))
    server = Server(folder / "data").start()
    figures, kept = Figures(), Kept()
    try:
        who = prepare(server, options.companies)
        random.seed(2025)
        # Most come late: the density grows towards the deadline.
        starts = [options.seconds * random.random() ** 0.5 for _ in range(options.companies)]
        began = time.monotonic()
        threads = [
            threading.Thread(target=company, args=(server, n, figures, kept, starts[n]))
            for n in range(options.companies)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        print(f"{options.companies} companies beginning within {options.seconds:.0f} s, all done after "
              f"{time.monotonic() - began:.0f} s; {os.cpu_count()} cores with the driver on the same machine")
        figures.print()
        gone = lost(who, kept)
        print(f"  submitted {len(kept.submitted)}, faults {len(figures.faults)}, acknowledged and lost {len(gone)}")
        for text in (figures.faults + gone)[:20]:
            print("   ", text)
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)
    return 1 if gone or figures.faults else 0


if __name__ == "__main__":
    sys.exit(main())
