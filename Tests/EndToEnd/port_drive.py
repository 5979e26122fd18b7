"""A server of its own with one open demonstration round, a platform and its port key: for benchmarks and fault tests."""

import base64
import hashlib
import http.client
import json

from conftest import PASSWORD, Server
from round_drive import Person, credit_code

PLATFORM, ROUND = "p1", "r1"
OVERVIEW = f"/api/v1/rounds/{ROUND}/platforms/{PLATFORM}/port"


def open_round(server):
    """Makes accounts, round, platform and key; the operator's session and the key."""
    company = credit_code("91320500MA1ABCDE")
    admin = Person(server, "admin").sign_in()
    lines = ["account,name,roles,company,region,password", f"operator,操作员,operator,,,{PASSWORD}",
             f"manager,负责人,manager,{company},,{PASSWORD}"]
    status, _, answer = admin.ask(
        "POST", "/api/v1/accounts/import", "\n".join(lines).encode(), {"Content-Type": "text/csv"})
    assert status == 200, answer
    operator, manager = Person(server, "operator").sign_in(), Person(server, "manager").sign_in()
    operator.json("POST", "/api/v1/rounds", {
        "id": ROUND, "scheme": "jiangsu-2025", "title": {"zh": "试", "en": "Trial"}, "kind": "demonstration",
        "cutOff": "2025-12-15"})
    operator.json("POST", f"/api/v1/rounds/{ROUND}/platforms", {
        "id": PLATFORM, "name": "平台", "type": "comprehensive",
        "operator": {"code": company, "name": "企业", "region": "320500"}})
    operator.json("POST", f"/api/v1/rounds/{ROUND}/actions", {"action": "open", "reason": "x"})
    key = manager.json("POST", f"/api/v1/rounds/{ROUND}/platforms/{PLATFORM}/port-keys", {"name": "x"})["key"]
    return manager, key


def device_lines(first, count, day=0):
    """Records of so many devices on a day of November 2025."""
    moment = 1_761_926_400 + 3600 + day * 86_400
    return "".join(
        f'{{"kind":"device","id":"HL-{number:010d}","id_basis":"serial","ts":{moment},"cloud":"private",'
        f'"region":"320500","n":288}}\n' for number in range(first, first + count)).encode()


def headers(key, idempotency, body):
    digest = base64.b64encode(hashlib.sha256(body).digest()).decode()
    return {"Authorization": f"Bearer {key}", "Idempotency-Key": idempotency, "Content-Digest": f"sha-256=:{digest}:",
            "Content-Type": "application/x-ndjson"}


def push(server, key, idempotency, body, connection=None):
    """Status and answer of one push."""
    link = connection or http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    link.request("POST", "/port/v1/batches", body, headers(key, idempotency, body))
    answer = link.getresponse()
    text = answer.read()
    if connection is None:
        link.close()
    return answer.status, json.loads(text)


__all__ = ["OVERVIEW", "PLATFORM", "ROUND", "Server", "device_lines", "headers", "open_round", "push"]
