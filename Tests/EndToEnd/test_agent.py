"""The agent at a platform's side: what it sends, where it goes on after a cut, and how it answers a challenge."""

import csv
import json
import subprocess
import threading
import time

import openpyxl
import pytest

from conftest import HENG, ROOT
from port_drive import PLATFORM, ROUND, Server, device_lines, open_round
from round_drive import Person, credit_code
from test_port_faults import batches, devices

BASE = f"/api/v1/rounds/{ROUND}/platforms/{PLATFORM}"


@pytest.fixture(scope="module")
def site(tmp_path_factory, heng):
    server = Server(tmp_path_factory.mktemp("agent") / "data").start()
    manager, key = open_round(server)
    yield server, manager, key
    if server.process.poll() is None:
        server.stop()


def agent(*words, expect=0):
    run = subprocess.run([HENG, "agent", *map(str, words)], capture_output=True, text=True, timeout=120)
    assert run.returncode == expect, run.stderr + run.stdout
    return run


def test_a_file_is_sent_once_however_often_the_agent_runs_and_goes_on_after_a_kill(site, tmp_path):
    server, manager, key = site
    file = tmp_path / "november.ndjson"
    file.write_bytes(device_lines(0, 45_000))
    before = len(batches(manager))
    process = subprocess.Popen(
        [HENG, "agent", "push", file, "--server", server.url, "--key", key], stderr=subprocess.PIPE)
    journal = tmp_path / "november.ndjson.receipts"
    for _ in range(500):
        if journal.exists() and journal.read_text().count("batch"):
            break
        time.sleep(0.01)
    process.kill()
    process.wait()
    again = agent("push", file, "--server", server.url, "--key", key, "--lang", "en")
    assert "0 rejected" in again.stderr
    third = agent("push", file, "--server", server.url, "--key", key, "--lang", "en")
    assert "0 batches sent now, 5 had receipts before" in third.stderr, third.stderr
    assert len(batches(manager)) - before == 5
    assert devices(manager) == 45_000
    # Without its journal it asks again, gets the receipts it had, and nothing is counted twice.
    journal.unlink()
    agent("push", file, "--server", server.url, "--key", key)
    assert len(batches(manager)) - before == 5


def test_the_agent_waits_for_a_server_that_is_away(site, tmp_path):
    server, manager, key = site
    file = tmp_path / "away.ndjson"
    file.write_bytes(device_lines(100_000, 10))
    server.kill()
    answer = {}
    thread = threading.Thread(
        target=lambda: answer.update(run=agent("push", file, "--server", server.url, "--key", key, "--lang", "en")))
    thread.start()
    time.sleep(1.5)
    server.start()
    thread.join(60)
    assert "10 rows accepted" in answer["run"].stderr


def test_tables_go_through_a_column_map_and_wrong_rows_are_named_by_their_line(site, tmp_path):
    server, _, key = site
    (tmp_path / "map.yaml").write_text(
        "kind: device\nsheet: 设备\ncolumns: {id: 设备编号, ts: 日期, cloud: 部署}\n"
        "constants: {id_basis: serial}\nvalues: {cloud: {公有云: public, 私有云: private}}\n")
    book = openpyxl.Workbook()
    book.active.title = "设备"
    rows = [["设备编号", "日期", "部署"], ["T-1", "2025-11-03T08:00:00+08:00", "公有云"],
            ["", "2025-11-03T08:00:00+08:00", "私有云"], ["T-3", "2025-11-03T08:00:00+08:00", "云端"]]
    for row in rows:
        book.active.append(row)
    book.save(tmp_path / "month.xlsx")
    with open(tmp_path / "month.csv", "w", newline="") as out:
        csv.writer(out).writerows(rows)
    for name in ("month.xlsx", "month.csv"):
        run = agent("push", tmp_path / name, "--map", tmp_path / "map.yaml", "--server", server.url, "--key", key,
                    "--lang", "en", expect=1)
        assert "1 rows accepted, 2 rejected" in run.stderr, run.stderr
        assert "[field-missing]" in run.stderr and "[field-invalid]" in run.stderr
    checked = agent("check", tmp_path / "month.csv", "--map", tmp_path / "map.yaml", "--scheme",
                    ROOT / "Schemes/jiangsu-2025.yaml", "--lang", "en", expect=1)
    assert "1 rows good, 2 not" in checked.stderr, checked.stderr
    (tmp_path / "other.yaml").write_text("kind: device\ncolumns: {id: 编号}\n")
    refused = agent("push", tmp_path / "month.csv", "--map", tmp_path / "other.yaml", "--server", server.url, "--key",
                    key, "--lang", "en", expect=1)
    assert "no column “编号”" in refused.stderr


def test_a_watched_folder_is_emptied_into_sent(site, tmp_path):
    server, manager, key = site
    folder = tmp_path / "outbox"
    folder.mkdir()
    (folder / "a.ndjson").write_bytes(device_lines(200_000, 5))
    (folder / "broken.xlsx").write_bytes(b"no workbook")
    before = len(batches(manager))
    run = agent("watch", folder, "--once", "--server", server.url, "--key", key, "--lang", "en")
    assert (folder / "sent/a.ndjson").exists() and (folder / "sent/a.ndjson.receipts").exists()
    assert (folder / "broken.xlsx").exists() and "broken.xlsx" in run.stderr
    assert len(batches(manager)) - before == 1


def test_requests_are_signed_with_a_key_whose_private_half_stays_here(site, tmp_path):
    server, manager, key = site
    public = agent("key", tmp_path / "signing.key").stdout.strip()
    agent("key", tmp_path / "signing.key", expect=1)
    made = manager.json("POST", f"{BASE}/signing-keys", {"name": "机房", "algorithm": "ed25519", "publicKey": public})
    text = (tmp_path / "signing.key").read_text().replace("KEYID", made["id"])
    (tmp_path / "signing.key").write_text(text)
    file = tmp_path / "signed.ndjson"
    file.write_bytes(device_lines(300_000, 3))
    agent("push", file, "--server", server.url, "--key", key, "--signing-key", tmp_path / "signing.key")
    newest = batches(manager)[0]["batch"]
    http = Person(server, "x")
    status, _, answer = http.ask("GET", f"/port/v1/batches/{newest}", headers={"Authorization": f"Bearer {key}"})
    assert status == 200 and json.loads(answer)["receipt"]["signedBy"] == made["id"], answer
    stranger = text.split()
    (tmp_path / "other.key").write_text(f"ed25519 {made['id']} {'A' * 43}=\n")
    assert stranger[0] == "ed25519"
    file.write_bytes(device_lines(300_010, 3))
    refused = agent("push", file, "--server", server.url, "--key", key, "--signing-key", tmp_path / "other.key",
                    "--lang", "en", expect=1)
    assert "signature" in refused.stderr


def test_an_inventory_is_committed_challenged_and_answered_for(site, tmp_path):
    server, manager, key = site
    operator = Person(server, "operator").sign_in()
    (tmp_path / "devices.ndjson").write_bytes(device_lines(0, 1500))
    inventory = tmp_path / "inventory.txt"
    agent("commit", tmp_path / "devices.ndjson", "--inventory", inventory, "--server", server.url, "--key", key)
    assert len(inventory.read_text().splitlines()) == 1500
    drawn = operator.json("POST", f"{BASE}/challenges", {})
    assert len(drawn["leaves"]) == 400
    listed = agent("answer", "--inventory", inventory, "--server", server.url, "--key", key, expect=1).stdout.split()
    assert len(listed) == 400
    company = credit_code("91320500MA1ABCDE")
    with open(tmp_path / "samples.csv", "w", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["id", "ts", "sample", "owner", "region", "place"])
        for name in listed[:-1]:
            writer.writerow([name, "2025-11-03T08:00:00+08:00", "主轴 1200 转/分", company, "320500", "3 号车间"])
        writer.writerow([listed[-1], "2024-01-01T08:00:00+08:00", "旧数据", company, "320500", "3 号车间"])
    run = agent("answer", "--inventory", inventory, "--samples", tmp_path / "samples.csv", "--server", server.url,
                "--key", key, "--lang", "en", expect=1)
    assert "399 answers good, 1 still open" in run.stderr and "sample-outside" in run.stderr, run.stderr
    outcome = operator.json("GET", f"{BASE}/challenges")["items"][0]["outcome"]
    assert outcome["good"] == 399 and 0.98 < outcome["answeredBound"] < 0.99
    (tmp_path / "other.txt").write_text("HL-1\nHL-2\n")
    other = agent("answer", "--inventory", tmp_path / "other.txt", "--server", server.url, "--key", key, "--lang", "en",
                  expect=1)
    assert "is not the one" in other.stderr
