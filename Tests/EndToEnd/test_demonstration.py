"""The demonstration of forty platforms: one fixed ranking, the same through server and command line, whatever is killed."""

import json
import os
import pathlib
import random
import subprocess
import threading
import time
import urllib.request

import pytest

from conftest import HENG, PASSWORD, ROOT, Server, demonstrate, free_port_pair

ROUND = "demo-2025"
GOLDEN = pathlib.Path(__file__).parent / "golden" / "demo-2025.json"
KILLS = 10


def ask(server, path, account=None):
    """The bytes of an answer; signs in first when an account is given."""
    headers = {"Accept-Language": "en"}
    if account:
        body = json.dumps({"account": account, "password": PASSWORD}).encode()
        request = urllib.request.Request(
            server.url + "/api/v1/sessions", data=body, headers={"Content-Type": "application/json"}
        )
        headers["Authorization"] = "Bearer " + json.load(urllib.request.urlopen(request, timeout=30))["token"]
    return urllib.request.urlopen(urllib.request.Request(server.url + path, headers=headers), timeout=60).read()


def ranking(server):
    return ask(server, f"/api/v1/rounds/{ROUND}/result", "operator")


def differences(found, golden):
    """What a person needs to see when the files differ."""
    ours, theirs = ({unit["unit"]: unit for unit in json.loads(text)["units"]} for text in (found, golden))
    lines = []
    for unit in sorted(ours.keys() | theirs.keys()):
        a, b = ours.get(unit), theirs.get(unit)
        if a == b:
            continue
        points = {
            key: (b["points"].get(key), a["points"].get(key))
            for key in (a or {}).get("points", {})
            if b and a["points"][key] != b["points"].get(key)
        }
        lines.append(f"{unit}: {b and b['total']} → {a and a['total']} {points}")
    return "\n".join(lines)


def test_the_demonstration_gives_the_golden_ranking(finished_round):
    found = ranking(finished_round)
    if os.environ.get("RECORD") == "1":
        GOLDEN.write_bytes(found)
    golden = GOLDEN.read_bytes()
    assert found == golden, differences(found, golden)
    units = json.loads(found)["units"]
    assert len(units) == 40
    assert all("waiting" not in unit for unit in units), "a cell waits for outside data"


def test_the_public_reads_the_same_ranking(finished_round):
    public = json.loads(ask(finished_round, f"/api/v1/rounds/{ROUND}/result"))
    assert [(unit["unit"], unit["rank"], unit["total"]) for unit in public["units"]] == [
        (unit["unit"], unit["rank"], unit["total"]) for unit in json.loads(GOLDEN.read_bytes())["units"]
    ]


def test_the_command_line_scores_the_exported_values_to_the_same_bytes(finished_round, tmp_path):
    runs = json.loads(ask(finished_round, f"/api/v1/rounds/{ROUND}/computations", "operator"))["items"]
    run = next(run for run in runs if run["state"] == "finished")
    values = tmp_path / "values.csv"
    values.write_bytes(
        ask(finished_round, f"/api/v1/rounds/{ROUND}/computations/{run['id']}/values.csv", "operator")
    )
    command = [HENG, "score", ROOT / "Schemes/jiangsu-2025.yaml", "--values", values, "--format", "json"]
    scored = subprocess.run(command + ["--seed", run["lotSeed"]], capture_output=True, check=True)
    assert scored.stdout.strip() == GOLDEN.read_bytes().strip()


def test_driving_a_finished_round_again_says_so_and_changes_nothing(finished_round):
    before = ask(finished_round, "/api/v1/log/checkpoint")
    again = demonstrate(finished_round, check=False)
    assert again.returncode == 0
    assert "published already" in again.stderr

    def entries(checkpoint):
        return int(checkpoint.decode().split("\n")[1])

    # Signing in is written to the log, nothing else.
    assert entries(ask(finished_round, "/api/v1/log/checkpoint")) - entries(before) <= 2
    assert ranking(finished_round) == GOLDEN.read_bytes()


def test_the_planted_cheats_are_found(finished_round):
    """What the authority sees: struck certificates, struck codes, rejected sensors, claims beyond the count."""
    found = {unit["unit"]: unit for unit in json.loads(GOLDEN.read_bytes())["units"]}
    assert found["P15"]["points"]["dcmm-level"] == 0, "an expired certificate was accepted"
    assert found["P18"]["points"]["dcmm-level"] == 0, "another's certificate was accepted"

    def port(platform):
        return json.loads(ask(finished_round, f"/api/v1/rounds/{ROUND}/platforms/{platform}/port", "operator"))

    inflated = {count["indicator"]: count for count in port("P23")["counts"]}
    assert all(count["deviation"] > 0.9 for count in inflated.values()), "twice the count went unseen"
    sensors = port("P11")
    assert "type-unknown" in json.dumps(sensors), "sensors were taken for devices"
    assert next(c for c in sensors["counts"] if c["indicator"] == "devices-connected")["deviation"] > 0.5
    late = next(c for c in port("P26")["counts"] if c["indicator"] == "devices-connected")
    assert [month["value"] > 0 for month in late["perMonth"]] == [False, False, True]
    alone = {count["indicator"]: count for count in port("P32")["counts"]}
    assert {count["evidenceLevel"] for count in alone.values()} == {0}


@pytest.mark.parametrize("seed", [int(os.environ.get("KILL_SEED", "1"))])
def test_killing_the_server_ten_times_loses_nothing_acknowledged(finished_round, tmp_path, seed):
    """An acknowledged batch is never sent again, so that a lost one would change the ranking; a doubled one too."""
    moments = random.Random(seed)
    port = free_port_pair()
    server = Server(tmp_path / "data", port=port, registry=f"http://127.0.0.1:{port + 1}").start()
    outcome = {}
    driver = threading.Thread(target=lambda: outcome.update(run=demonstrate(server, check=False)))
    driver.start()
    # Shorter than the undisturbed run would have it: that one may have been measured while the machine was busier.
    pause = 0.7 * finished_round.demonstration_seconds / (KILLS + 1)
    killed = 0
    try:
        while driver.is_alive() and killed < KILLS:
            driver.join(moments.uniform(0.1, 1.2) * pause)
            if not driver.is_alive():
                break
            server.kill()
            killed += 1
            time.sleep(moments.uniform(0.0, 1.0))
            server.start()
        driver.join(600)
        assert not driver.is_alive(), "the demonstration did not end"
        assert outcome["run"].returncode == 0, outcome["run"].stderr[-3000:]
        assert killed == KILLS, f"the demonstration ended after {killed} kills"
        found = ranking(server)
        assert found == GOLDEN.read_bytes(), differences(found, GOLDEN.read_bytes())
    finally:
        if server.process.poll() is None:
            server.stop()
        driver.join(5)
