"""Schemathesis against the real binary: no request that the document allows, and none that it forbids, makes it fall."""

import json
import os
import pathlib
import shutil
import subprocess
import sys
import urllib.request

import pytest

from conftest import PASSWORD, ROOT, Server

# What must hold for every answer to every request, well formed or not.
CHECKS = ",".join(
    [
        "not_a_server_error",
        "status_code_conformance",
        "content_type_conformance",
        "response_headers_conformance",
        "response_schema_conformance",
    ]
)
# An event stream ends when its computation does, not when a client has read enough; signing in as somebody and ending
# the very session that asks would leave the rest of the run to nobody.
LEFT_OUT = r"/events$|/sessions/\{session\}$|/me/password$"


@pytest.fixture(scope="module")
def prepared(tmp_path_factory, heng):
    """An open round with one platform, so that most paths lead somewhere."""
    server = Server(tmp_path_factory.mktemp("contract") / "data").start()
    tokens = {"nobody": None, "admin": sign_in(server, "admin")}
    company = credit_code(server)
    for role, more in [("operator", {}), ("inspector", {}), ("manager", {"company": company})]:
        account = {"id": role, "displayName": role, "password": PASSWORD, "roles": [role], **more}
        send(server, "POST", "/api/v1/accounts", account, tokens["admin"])
        tokens[role] = sign_in(server, role)
    title = {"zh": "契约", "en": "Contract"}
    scheme = {"id": "r1", "scheme": "jiangsu-2025", "title": title, "kind": "rehearsal", "cutOff": "2027-12-15"}
    send(server, "POST", "/api/v1/rounds", scheme, tokens["operator"])
    owner = {"code": company, "name": "苏州云枢科技有限公司", "region": "320500"}
    platform = {"id": "p1", "name": "云枢平台", "type": "comprehensive", "operator": owner}
    send(server, "POST", "/api/v1/rounds/r1/platforms", platform, tokens["operator"])
    send(server, "POST", "/api/v1/rounds/r1/actions", {"action": "open", "reason": "x"}, tokens["operator"])
    key = send(server, "POST", "/api/v1/rounds/r1/platforms/p1/port-keys", {"name": "contract"}, tokens["manager"])
    tokens["port"] = key["key"]
    yield server, tokens
    server.stop()


def send(server, method, path, body, token):
    request = urllib.request.Request(server.url + path, json.dumps(body).encode(), method=method)
    request.add_header("Content-Type", "application/json")
    if token:
        request.add_header("Authorization", f"Bearer {token}")
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)


def sign_in(server, account):
    return send(server, "POST", "/api/v1/sessions", {"account": account, "password": PASSWORD}, None)["token"]


def credit_code(server):
    """A valid invented credit code (GB 32100-2015, with GB 11714 inside)."""
    letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    body = "91320500MA1ABCDE"
    weights = [3, 7, 9, 10, 5, 8, 4, 2]
    rest = 11 - sum(letters.index(c) * w for c, w in zip(body[8:16], weights)) % 11
    body += {10: "X", 11: "0"}.get(rest, str(rest))
    return body + alphabet[-sum(alphabet.index(c) * pow(3, i, 31) for i, c in enumerate(body)) % 31]


@pytest.mark.parametrize("role", ["nobody", "manager", "operator", "inspector", "port"])
def test_no_request_makes_the_server_fall_or_break_its_contract(prepared, role, tmp_path):
    server, tokens = prepared
    tool = shutil.which("schemathesis") or str(pathlib.Path(sys.executable).parent / "schemathesis")
    command = [tool, "run", f"{server.url}/api/openapi.yaml", "--checks", CHECKS, "--exclude-path-regex", LEFT_OUT]
    command += ["--max-examples", "12", "--seed", "2025", "--workers", "2", "--request-timeout", "20", "--no-color"]
    if role == "port":
        command += ["--include-path-regex", "^/port/"]
    if tokens[role]:
        command += ["--header", f"Authorization: Bearer {tokens[role]}"]
    hooks = dict(os.environ, SCHEMATHESIS_HOOKS="schemathesis_hooks", PYTHONPATH=str(pathlib.Path(__file__).parent))
    for phases in ("examples,coverage,fuzzing", "examples,fuzzing"):
        run = subprocess.run(
            command + ["--phases", phases], cwd=tmp_path, capture_output=True, text=True, env=hooks)
        # CPython 3.11 fails now and then while the tool describes its own lambdas (a fault of theirs, not an answer of
        # ours); then what is left of the phases is run.
        if "AST constructor recursion depth mismatch" not in run.stdout:
            break
    assert run.returncode == 0, run.stdout[-6000:] + run.stderr[-2000:]


def test_the_document_in_the_repository_is_the_one_that_is_served(prepared):
    server, _ = prepared
    served = server.get("/api/openapi.yaml").read()
    kept = ROOT / "docs/api/openapi.yaml"
    if os.environ.get("RECORD") == "1":
        kept.write_bytes(served)
    assert served == kept.read_bytes(), "run this test with RECORD=1 and commit docs/api/openapi.yaml"
