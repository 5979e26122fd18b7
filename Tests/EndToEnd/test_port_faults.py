"""What must hold when the port's server is killed, its disk is full, its files are damaged, or it is started twice."""

import http.client
import json
import os
import pathlib
import random
import sqlite3
import subprocess
import threading
import time

import pytest

from conftest import HENG, ROOT
from port_drive import OVERVIEW, PLATFORM, ROUND, Server, device_lines, open_round, push

ROWS = 50


@pytest.fixture
def site(tmp_path, heng):
    server = Server(tmp_path / "data").start()
    manager, key = open_round(server)
    yield server, manager, key
    if server.process.poll() is None:
        server.stop()


def devices(manager):
    """Devices counted in November and the accepted rows of batches, as the interface says them."""
    overview = manager.json("GET", OVERVIEW)
    count = next(one for one in overview["counts"] if one["indicator"] == "devices-connected")
    return count["perMonth"][-1]["value"] if count.get("counted") is not None else 0


def batches(manager):
    found, cursor = [], ""
    while cursor is not None:
        page = manager.json("GET", f"{OVERVIEW}/batches?limit=500" + (f"&cursor={cursor}" if cursor else ""))
        found, cursor = found + page["items"], page["next"]
    return found


def doctor(server):
    run = subprocess.run([HENG, "doctor", "--data", server.data, "--lang", "en"], capture_output=True, text=True)
    return run.returncode, run.stdout + run.stderr


def test_kill_9_during_a_hundred_pushes_loses_nothing_acknowledged_and_doubles_nothing(site):
    server, manager, key = site
    acknowledged, lock = {}, threading.Lock()
    waiting = list(range(100))

    def client():
        while True:
            with lock:
                if not waiting:
                    return
                number = waiting.pop(0)
            body = device_lines(number * ROWS, ROWS, day=number % 28)
            while True:
                try:
                    status, answer = push(server, key, f"push-{number}", body)
                except (OSError, http.client.HTTPException, json.JSONDecodeError):
                    time.sleep(0.05)
                    continue
                if status in (201, 200):
                    with lock:
                        acknowledged[number] = answer
                    break
                # Still worked on by a request whose connection the kill cut, or overloaded.
                assert status in (409, 503), answer
                time.sleep(0.05)

    clients = [threading.Thread(target=client) for _ in range(4)]
    for one in clients:
        one.start()
    chance, kills = random.Random(2025), 0
    while any(one.is_alive() for one in clients) and kills < 6:
        before = len(acknowledged)
        while len(acknowledged) < before + 12 and any(one.is_alive() for one in clients):
            time.sleep(0.005)
        time.sleep(chance.random() * 0.05)
        server.kill()
        kills += 1
        server.start()
    for one in clients:
        one.join(120)
    assert kills >= 5 and len(acknowledged) == 100
    server.kill()
    server.start()
    manager.sign_in()
    kept = batches(manager)
    assert sorted(one["batch"] for one in kept) == sorted(one["batch"] for one in acknowledged.values())
    assert devices(manager) == 100 * ROWS
    for number in (0, 50, 99):
        status, again = push(server, key, f"push-{number}", device_lines(number * ROWS, ROWS, day=number % 28))
        assert again == acknowledged[number], status
    status, said = doctor(server)
    assert status == 0, said


def test_a_full_disk_answers_503_and_keeps_everything_acknowledged(tmp_path, heng):
    place = tmp_path / "small"
    place.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=96m", "tmpfs", place], capture_output=True)
    if mounted.returncode != 0:
        pytest.skip("SKIPPED LOUDLY: only root may mount the small disk of this test")
    server = Server(place / "data").start()
    try:
        manager, key = open_round(server)
        assert push(server, key, "first", device_lines(0, ROWS))[0] == 201
        ballast = place / "ballast"
        free = os.statvfs(place)
        ballast.write_bytes(bytes(free.f_bavail * free.f_bsize - (20 << 20)))
        taken, refused = 1, 0
        for number in range(1, 4000):
            status, answer = push(server, key, f"push-{number}", device_lines(number * ROWS, ROWS, day=number % 28))
            if status == 201:
                taken += 1
                continue
            assert status == 503 and answer["type"].endswith("collect.storage-full"), answer
            refused += 1
            if refused == 3:
                break
        assert refused == 3 and taken > 1
        # Not even the last byte is free: reading goes on.
        try:
            with open(place / "rest", "wb") as rest:
                while True:
                    rest.write(bytes(1 << 16))
        except OSError:
            pass
        assert push(server, key, "no-room", device_lines(9_000_000, ROWS))[0] == 503
        assert devices(manager) == taken * ROWS
        ballast.unlink()
        (place / "rest").unlink()
        server.kill()
        server.start()
        manager.sign_in()
        assert devices(manager) == taken * ROWS
        assert len(batches(manager)) == taken
        assert push(server, key, "no-room", device_lines(9_000_000, ROWS))[0] == 201
        assert devices(manager) == (taken + 1) * ROWS
        assert doctor(server)[0] == 0
    finally:
        server.kill()
        subprocess.run(["umount", place], check=True)


def test_a_flipped_bit_is_named_by_the_doctor_and_on_the_port_page_and_counted_nowhere(site):
    server, manager, key = site
    bad = push(server, key, "bad", device_lines(0, ROWS))[1]["batch"]
    push(server, key, "good", device_lines(ROWS, ROWS))
    assert devices(manager) == 2 * ROWS
    server.stop()
    database = sqlite3.connect(server.data / "heng.sqlite")
    place, length = database.execute(
        "SELECT f.place, f.length FROM port_frame f JOIN port_batch b ON b.position = f.batch WHERE b.id = ?", (bad,)
    ).fetchone()
    database.close()
    with open(server.data / "port/batch-00000001.hseg", "r+b") as segment:
        segment.seek(place + length - 90)
        byte = segment.read(1)[0]
        segment.seek(place + length - 90)
        segment.write(bytes([byte ^ 8]))
    status, said = doctor(server)
    assert status == 1 and "batch-00000001.hseg" in said and bad in said and str(place) in said
    server.start()
    manager.sign_in()
    overview = manager.json("GET", OVERVIEW)
    assert overview["state"] == "damaged" and overview["counts"] == []
    assert [one["batch"] for one in overview["damages"]] == [bad]
    status, _, page = manager.ask(
        "GET", f"/company/rounds/{ROUND}/port?platform={PLATFORM}", headers={"Cookie": f"heng_session={manager.token}"})
    assert status == 200 and bad in page.decode()
    # Taking the batch back and sending it again mends it.
    body = json.dumps({"reason": "damaged"}).encode()
    link = http.client.HTTPConnection("127.0.0.1", server.port)
    link.request("POST", f"/port/v1/batches/{bad}/void", body,
                 {"Authorization": f"Bearer {key}", "Content-Type": "application/json"})
    assert link.getresponse().status == 200
    push(server, key, "bad-again", device_lines(0, ROWS))
    assert manager.json("GET", OVERVIEW)["state"] == "healthy"
    assert devices(manager) == 2 * ROWS


def test_a_second_server_on_the_same_folder_is_refused(site):
    server, manager, key = site
    with pytest.raises(RuntimeError, match="port"):
        Server(server.data).start()
    second = subprocess.run(
        [HENG, "serve", "--data", server.data, "--port", "0", "--schemes", ROOT / "Schemes", "--lang", "en"],
        capture_output=True, text=True, timeout=60, env=dict(os.environ, SWIFT_BACKTRACE="enable=no"))
    assert second.returncode == 3 and "Another process" in second.stderr
    assert push(server, key, "still", device_lines(0, 1))[0] == 201


def test_a_torn_write_behind_the_last_batch_is_cut_off_at_the_next_start(site):
    server, manager, key = site
    push(server, key, "one", device_lines(0, ROWS))
    server.kill()
    segment = pathlib.Path(server.data / "port/batch-00000001.hseg")
    whole = segment.read_bytes()
    end = len(whole.rstrip(b"\0")) // 4096 * 4096 + 4096
    with open(segment, "r+b") as file:
        file.seek(end)
        file.write(whole[4096:4096 + 1500])
    server.start()
    manager.sign_in()
    assert segment.read_bytes()[end:].strip(b"\0") == b""
    assert devices(manager) == ROWS
    push(server, key, "two", device_lines(ROWS, ROWS))
    assert devices(manager) == 2 * ROWS
    assert doctor(server)[0] == 0
