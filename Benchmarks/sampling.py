"""A province's field verified by sample: 60 platforms with 3 800 rows each are frozen and drawn. Reports, asserts no times.

    python Benchmarks/sampling.py [--platforms 60]

Starts a server of its own on an empty folder and drives it over loopback: hands the lists in, takes the submissions to
verification, draws, and asks for small pages meanwhile to see whether they are answered.
"""

import argparse
import os
import pathlib
import shutil
import sys
import tempfile
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "Tests/EndToEnd"))

from conftest import PASSWORD, Server  # noqa: E402
from round_drive import CITY, COUNTY, Person, credit_code, people  # noqa: E402

ROUND = "demonstration-scale"


def rows(indicator, count):
    code = lambda n: credit_code(f"913205{n % 9 + 1:02d}MB{n:06d}0")
    make = {
        "companies-served": lambda n: {"name": f"服务对象{n}有限公司", "code": code(n), "region": CITY, "product": "设备上云"},
        "solutions": lambda n: {
            "title": f"解决方案{n}", "mode": "数字化管理", "scenario": "质量管控", "industry": "装备制造业", "customer": code(n), "region": CITY},
        "ip-results": lambda n: {"kind": "软件著作权", "copyright": f"2024SR{1000000 + n}", "title": f"软件{n}", "owner": "本企业", "date": "2024-05-31"},
        "parks-served": lambda n: {"park": f"产业园区{n}", "level": "设区市级", "region": COUNTY, "contract": f"HT-{n}"},
    }[indicator]
    return [make(n) for n in range(count)]


LISTS = {"companies-served": 3600, "solutions": 90, "ip-results": 98, "parks-served": 12}


def prepare(server, platforms):
    who = people(server)
    who["province"].json("POST", "/api/v1/rounds", {
        "id": ROUND, "scheme": "jiangsu-2025", "kind": "demonstration", "cutOff": "2099-12-15",
        "title": {"zh": "抽样规模测试", "en": "Scale of sampling"}})
    who["province"].json("POST", f"/api/v1/rounds/{ROUND}/actions", {"action": "open", "reason": "scale"})
    admin = Person(server, "admin").sign_in()
    codes = [credit_code(f"91320583MA{n:03d}TP{n % 97:02d}") for n in range(platforms)]
    lines = ["account,name,roles,company,region,password"] + [
        f"m{n:03d},manager {n},manager,{codes[n]},,{PASSWORD}" for n in range(platforms)]
    status, _, answer = admin.ask("POST", "/api/v1/accounts/import", "\n".join(lines).encode(), {"Content-Type": "text/csv"})
    assert status == 200, answer[:500]
    contents = {indicator: rows(indicator, count) for indicator, count in LISTS.items()}
    handed = 0
    for n in range(platforms):
        platform = f"q{n:03d}"
        base = f"/api/v1/rounds/{ROUND}/platforms/{platform}"
        who["province"].json("POST", f"/api/v1/rounds/{ROUND}/platforms", {
            "id": platform, "name": f"平台{n:03d}", "type": "specialist",
            "operator": {"code": codes[n], "name": f"规模测试企业{n:03d}有限公司", "region": COUNTY}})
        manager = Person(server, f"m{n:03d}").sign_in()
        for indicator, content in contents.items():
            report = manager.json("PUT", f"{base}/cells/{indicator}/items", {"rows": content}, tag=0)
            assert report["accepted"] == len(content), (indicator, str(report)[:600])
            handed += len(content)
        steps = [(manager, "submit"), (who["county"], "pass"), (who["cityhead"], "recommend"), (who["province"], "take-in")]
        for person, action in steps:
            person.json("POST", f"{base}/submission/actions", {"action": action, "reason": "符合要求"})
    return who, handed


def processor_seconds(process):
    fields = pathlib.Path(f"/proc/{process.pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--platforms", type=int, default=60)
    options = options.parse_args()
    folder = pathlib.Path(tempfile.mkdtemp(prefix="sampling-"))
    server = Server(folder / "data").start()
    try:
        began = time.monotonic()
        who, handed = prepare(server, options.platforms)
        print(f"{handed} rows of {options.platforms} platforms handed in after {time.monotonic() - began:.1f} s")
        times, done = [], threading.Event()

        def look():
            reader = Person(server, "inspector").sign_in()
            while not done.is_set():
                start = time.perf_counter()
                reader.ask("GET", f"/api/v1/rounds/{ROUND}")
                times.append((time.perf_counter() - start) * 1000)
                time.sleep(0.05)

        watcher = threading.Thread(target=look)
        watcher.start()
        time.sleep(1)
        used, began = processor_seconds(server.process), time.monotonic()
        report = who["province"].json("POST", f"/api/v1/rounds/{ROUND}/samples", {})
        took, used = time.monotonic() - began, processor_seconds(server.process) - used
        done.set()
        watcher.join()
        lists = report["lists"]
        times.sort()
        print(f"drawn {sum(one['drawn'] for one in lists)} of {sum(one['rows'] for one in lists)} rows in {len(lists)} lists: "
              f"{took:.2f} s, {used:.2f} s of processor time")
        print(f"meanwhile {len(times)} requests: median {times[len(times) // 2]:.1f} ms, slowest {times[-1]:.1f} ms")
        peak = pathlib.Path(f"/proc/{server.process.pid}/status").read_text().split("VmHWM:")[1].split("kB")[0]
        print(f"peak memory of the server {int(peak) // 1024} MiB")
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
