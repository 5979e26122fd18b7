"""Durable push beside clickhouse-server taking the same NDJSON over HTTP, in one run. Reports, asserts nothing.

    python Benchmarks/push.py [--seconds 20] [--connections 4] [--rows 10000] [--rate ROWS_A_SECOND] [--rounds 3]

Starts a server of its own on an empty folder, opens a round with sixteen platforms (each has a rate of its own) and sends
batches of device records with digest and a fresh idempotency key. What is acknowledged is compared with what the server
has after it was killed and started again. The driver works on the same machine and takes its share of the processors.
"""

import argparse
import base64
import hashlib
import os
import pathlib
import resource
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "Tests/EndToEnd"))

from conftest import Server  # noqa: E402
from port_drive import device_lines, open_round  # noqa: E402


def percentile(values, share):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


class Link:
    """One kept connection that sends whole requests and reads whole answers."""

    def __init__(self, port):
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.rest = b""

    def ask(self, head, body):
        self.socket.sendall(head)
        self.socket.sendall(body)
        while b"\r\n\r\n" not in self.rest:
            self.rest += self.more()
        top, self.rest = self.rest.split(b"\r\n\r\n", 1)
        length, chunked = 0, False
        for line in top.split(b"\r\n")[1:]:
            name, value = line.split(b":", 1)
            if name.lower() == b"content-length":
                length = int(value)
            if name.lower() == b"transfer-encoding":
                chunked = True
        if chunked:
            while not self.rest.endswith(b"0\r\n\r\n"):
                self.rest += self.more()
            length = len(self.rest)
        while len(self.rest) < length:
            self.rest += self.more()
        answer, self.rest = self.rest[:length], self.rest[length:]
        return int(top.split(b" ", 2)[1]), answer

    def more(self):
        piece = self.socket.recv(1 << 16)
        if not piece:
            raise ConnectionError("the server closed the connection")
        return piece


def drive(port, make_head, bodies, rows, seconds, connections, rate=None):
    """Sends for so long; rows a second and the milliseconds of every batch."""
    times, faults, taken, lock = [], [], [0], threading.Lock()
    start = time.perf_counter() + 0.2
    end = start + seconds
    counter = iter(range(1 << 40))

    def client(number):
        link = Link(port)
        time.sleep(max(0, start - time.perf_counter()))
        mine, at = [], number
        while time.perf_counter() < end:
            with lock:
                turn = next(counter)
            if rate:
                # An open schedule: a batch is due whether the one before it was slow or not, and waits count.
                due = start + turn * rows / rate
                time.sleep(max(0, due - time.perf_counter()))
                begun = due
            else:
                begun = time.perf_counter()
            body = bodies[turn % len(bodies)]
            status, answer = link.ask(make_head(turn, body), body[1])
            if status not in (200, 201):
                faults.append((status, answer[:200]))
                break
            mine.append((time.perf_counter() - begun) * 1000)
            at += connections
        with lock:
            times.extend(mine)
            taken[0] += len(mine)

    threads = [threading.Thread(target=client, args=(number,)) for number in range(connections)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    if faults:
        print("  faults:", faults[:3])
    return taken[0] * rows / (time.perf_counter() - start), times


def bodies_of(rows, count):
    made = []
    for index in range(count):
        body = device_lines(index * rows, rows, day=index % 28)
        made.append((base64.b64encode(hashlib.sha256(body).digest()).decode(), body))
    return made


def heng(folder, bodies, options, rounds):
    server = Server(folder / "data").start()
    try:
        manager, key = open_round(server)
        keys = [key] + more_keys(server, 15)
        run = os.urandom(4).hex()

        def head(turn, body):
            return (
                f"POST /port/v1/batches HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {keys[turn % len(keys)]}\r\n"
                f"Idempotency-Key: {run}-{turn}\r\nContent-Digest: sha-256=:{body[0]}:\r\n"
                f"Content-Type: application/x-ndjson\r\nContent-Length: {len(body[1])}\r\n\r\n").encode()

        drive(server.port, head, bodies, options.rows, 2, options.connections)
        for number in range(rounds):
            run = os.urandom(4).hex()
            before = cpu(server.process.pid)
            begun = time.perf_counter()
            speed, times = drive(
                server.port, head, bodies, options.rows, options.seconds, options.connections, options.rate)
            used = cpu(server.process.pid) - before
            report("heng", speed, times)
            print(f"  {'':12} server's processor time {used / (time.perf_counter() - begun):.2f} of 2 cores,"
                  f" {used / max(1, len(times)) * 1000:.2f} ms a batch")
            yield speed
        held = sum(path.stat().st_size for path in (folder / "data/port").iterdir())
        print(f"  {'':12} port files {held / 1e6:.0f} MB")
    finally:
        server.kill()


def more_keys(server, count):
    from conftest import PASSWORD
    from round_drive import Person, credit_code

    admin, operator = Person(server, "admin").sign_in(), Person(server, "operator").sign_in()
    keys, codes = [], [credit_code(f"91320500MA9{index:05d}") for index in range(count)]
    for index, code in enumerate(codes):
        operator.json("POST", "/api/v1/rounds/r1/platforms", {
            "id": f"q{index}", "name": f"平台{index}", "type": "comprehensive",
            "operator": {"code": code, "name": f"企业{index}", "region": "320500"}})
        admin.json("POST", "/api/v1/accounts", {
            "id": f"manager-{index}", "displayName": "负责人", "password": PASSWORD, "roles": ["manager"], "company": code})
        manager = Person(server, f"manager-{index}").sign_in()
        keys.append(manager.json("POST", f"/api/v1/rounds/r1/platforms/q{index}/port-keys", {"name": "x"})["key"])
    return keys


def cpu(process):
    fields = pathlib.Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def report(name, speed, times):
    if not times:
        print(f"  {name:12} nothing was taken")
        return
    print(f"  {name:12} {speed / 1e6:6.2f} M records/s   batch median {statistics.median(times):6.1f} ms"
          f"  p99 {percentile(times, .99):6.1f} ms  max {max(times):6.1f} ms  ({len(times)} batches)")


CLICKHOUSE = """<yandex><logger><level>error</level><log>{0}/log</log><errorlog>{0}/errlog</errorlog></logger>
<http_port>{1}</http_port><tcp_port>{2}</tcp_port><listen_host>127.0.0.1</listen_host><path>{0}/</path>
<tmp_path>{0}/tmp/</tmp_path><users_config>{0}/users.xml</users_config><mark_cache_size>1073741824</mark_cache_size>
<default_profile>default</default_profile><default_database>default</default_database></yandex>"""
USERS = """<yandex><profiles><default><max_insert_threads>2</max_insert_threads></default></profiles><quotas><default/></quotas>
<users><default><password></password><networks><ip>::/0</ip></networks><profile>default</profile><quota>default</quota>
</default></users></yandex>"""


def clickhouse(folder, bodies, options):
    """Debian's clickhouse-server with the same rows, MergeTree, one table; None when it is not installed."""
    binary = shutil.which("clickhouse-server") or shutil.which("clickhouse")
    if not binary:
        print("  clickhouse   is not installed (package clickhouse-server): SKIPPED")
        return None
    from conftest import free_port_pair

    place, port = folder / "clickhouse", free_port_pair()
    place.mkdir()
    (place / "config.xml").write_text(CLICKHOUSE.format(place, port, port + 1))
    (place / "users.xml").write_text(USERS.replace("<max_insert_threads>2</max_insert_threads>", ""))
    command = [binary] + ([] if binary.endswith("server") else ["server"]) + [f"--config-file={place}/config.xml"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        link = None
        for _ in range(100):
            try:
                link = Link(port)
                break
            except OSError:
                time.sleep(0.2)
        if link is None:
            print("  clickhouse   did not start: SKIPPED")
            return None

        def statement(query, length=0):
            from urllib.parse import quote
            return (f"POST /?query={quote(query)} HTTP/1.1\r\nHost: x\r\nConnection: keep-alive\r\n"
                    f"Content-Length: {length}\r\n\r\n").encode()

        columns = "kind String, id String, id_basis String, ts UInt64, cloud String, region String, n UInt64"
        status, answer = link.ask(
            statement(f"CREATE TABLE t ({columns}) ENGINE = MergeTree ORDER BY id PARTITION BY toDate(ts)"), b"")
        if status != 200:
            print("  clickhouse   refused the table:", answer[:200])
            return None
        head = lambda turn, body: statement("INSERT INTO t FORMAT JSONEachRow", len(body[1]))  # noqa: E731
        drive(port, head, bodies, options.rows, 2, options.connections)
        speeds = []
        for _ in range(options.rounds):
            speed, times = drive(port, head, bodies, options.rows, options.seconds, options.connections)
            report("clickhouse", speed, times)
            speeds.append(speed)
        return statistics.median(speeds)
    finally:
        process.kill()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--connections", type=int, default=4)
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--rate", type=float)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--folder", help="where the servers keep their files; a disk, not memory")
    options = parser.parse_args()
    bodies = bodies_of(options.rows, 64)
    print(f"{options.connections} connections, batches of {options.rows} rows ({len(bodies[0][1]) / 1e6:.2f} MB),"
          f" {options.seconds:.0f} s a round, digest checked, load before {os.getloadavg()[0]:.1f}")
    with tempfile.TemporaryDirectory(dir=options.folder) as name:
        folder = pathlib.Path(name)
        speeds = list(heng(folder, bodies, options, options.rounds))
        peer = None if options.rate else clickhouse(folder, bodies, options)
        if peer and speeds:
            print(f"  heng ÷ clickhouse {statistics.median(speeds) / peer:.2f} (medians of the rounds above)")
    print(f"  driver's processor time {resource.getrusage(resource.RUSAGE_SELF).ru_utime:.1f} s")


if __name__ == "__main__":
    main()
