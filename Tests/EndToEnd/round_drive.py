"""A whole round over HTTP: who takes part, and what each of them does. Used by the tests of the people's side."""

import base64
import hashlib
import http.client
import json
import secrets
import urllib.parse

from conftest import PASSWORD

ROUND = "rehearsal-2025"
PLATFORM = "yunshu"
CITY, COUNTY = "320500", "320583"


def credit_code(body):
    """Completes seventeen characters of a unified social credit code (GB 32100-2015)."""
    organisation = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    total = sum(organisation.index(c) * w for c, w in zip(body[8:16], (3, 7, 9, 10, 5, 8, 4, 2)))
    check = (11 - total % 11) % 11
    body = body[:16] + ("X" if check == 10 else str(check))
    alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    total = sum(alphabet.index(c) * pow(3, i, 31) for i, c in enumerate(body))
    return body + alphabet[(31 - total % 31) % 31]


COMPANY = credit_code("91320583MA1RD0X70")

# account, name, role, company, region
PEOPLE = [
    ("reporter", "填报员小陈", "reporter", COMPANY, ""),
    ("manager", "平台企业负责人陈立", "manager", COMPANY, ""),
    ("county", "昆山工信李科", "county-clerk", "", COUNTY),
    ("city", "苏州工信王科", "city-clerk", "", CITY),
    ("cityhead", "苏州工信赵处", "city-head", "", CITY),
    ("province", "省工信周敏", "operator", "", ""),
    ("approver", "省工信郑岚", "approver", "", ""),
    ("panelist", "会审组吴芳", "panel", "", ""),
    ("inspector", "派驻纪检沈正", "inspector", "", ""),
    ("verifier1", "核验机构钱进", "verifier", "", ""),
    ("verifier2", "核验机构孙立", "verifier", "", ""),
] + [(f"expert{n}", f"评审专家{n}", "expert", "", "") for n in range(1, 9)]


class Refused(Exception):
    """An answer that is no success, with what it says."""


class Person:
    """One account with its session."""

    def __init__(self, server, account, password=PASSWORD):
        self.server, self.account, self.password, self.token = server, account, password, None

    def sign_in(self):
        answer = self.json("POST", "/api/v1/sessions", {"account": self.account, "password": self.password})
        self.token = answer["token"]
        return self

    def ask(self, method, path, body=b"", headers=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=120)
        sent = dict(headers or {})
        if self.token:
            sent["Authorization"] = f"Bearer {self.token}"
        connection.request(method, path, body, sent)
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        return answer.status, dict((k.lower(), v) for k, v in answer.getheaders()), content

    def json(self, method, path, body=None, tag=None, want=(200, 201, 204)):
        headers = {"Content-Type": "application/json"}
        if tag is not None:
            headers["If-Match"] = f'"{tag}"'
        content = b"" if body is None else json.dumps(body).encode()
        status, _, answer = self.ask(method, path, content, headers)
        if status not in want:
            raise Refused(f"{self.account}: {method} {path} → {status}: {answer.decode(errors='replace')[:3000]}")
        return json.loads(answer) if answer else None

    def form(self, path, fields=None, files=None, want=(200, 303)):
        """A form as a browser sends it."""
        boundary = "----" + secrets.token_hex(12)
        parts = []
        for name, value in (fields or {}).items():
            parts.append(
                f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode())
        for name, (filename, content) in (files or {}).items():
            head = f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"; filename="{filename}"\r\n'
            parts.append(head.encode() + b"Content-Type: application/octet-stream\r\n\r\n" + content + b"\r\n")
        if files is not None:
            body = b"".join(parts) + f"--{boundary}--\r\n".encode()
            kind = f"multipart/form-data; boundary={boundary}"
        else:
            body, kind = urllib.parse.urlencode(fields or {}).encode(), "application/x-www-form-urlencoded"
        headers = {"Content-Type": kind}
        if self.token:
            headers["Cookie"] = f"heng_session={self.token}"
            headers["Origin"] = self.server.url
        token, self.token = self.token, None
        try:
            status, answered, content = self.ask("POST", path, body, headers)
        finally:
            self.token = token
        if status not in want:
            raise Refused(f"{self.account}: form {path} → {status}: {content.decode(errors='replace')[-2500:]}")
        return status, answered, content

    def upload(self, path, content, name="minutes.pdf"):
        digest = base64.b64encode(hashlib.sha256(content).digest()).decode()
        status, _, answer = self.ask(
            "POST", path, content, {"Content-Type": "application/pdf", "Content-Digest": f"sha-256=:{digest}:"})
        if status not in (200, 201):
            raise Refused(f"{self.account}: upload {path} → {status}: {answer.decode(errors='replace')[:2000]}")
        return json.loads(answer)


def people(server):
    """Creates every account by import and signs all of them in."""
    admin = Person(server, "admin").sign_in()
    lines = ["account,name,roles,company,region,password"]
    lines += [",".join([*person, PASSWORD]) for person in PEOPLE]
    status, _, answer = admin.ask(
        "POST", "/api/v1/accounts/import", "\n".join(lines).encode(), {"Content-Type": "text/csv"})
    report = json.loads(answer)
    assert status == 200 and not report["faults"], report
    assert len(report["created"]) == len(PEOPLE)
    return {account: Person(server, account).sign_in() for account, *_ in PEOPLE}


def submission(person, platform=PLATFORM):
    return person.json("GET", f"/api/v1/rounds/{ROUND}/platforms/{platform}/submission")


def act(person, action, reason=None, details=None, platform=PLATFORM):
    body = {"action": action}
    if reason:
        body["reason"] = reason
    if details:
        body["details"] = details
    path = f"/api/v1/rounds/{ROUND}/platforms/{platform}/submission/actions"
    return person.json("POST", path, body)["state"]


# MARK: Filling in


def pdf(text):
    """A small real PDF, different for every text."""
    content = f"BT /F1 12 Tf 60 700 Td ({text}) Tj ET".encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)


LISTS = {
    "industry-llm": [], "dcmm-level": [], "mlps-level": [], "solutions": [], "ip-results": [], "standards": [],
    "diagnosis-projects": [], "regional-enablement": [], "dual-carbon": [], "overseas": [],
    "core-talent": [
        {"name": "张三丰", "id-tail": "001X", "education": "硕士研究生", "certificate": "1028412021000022",
         "contract-from": "2021-07-01", "insured-months": "36", "region": CITY},
        {"name": "李清照", "id-tail": "2022", "education": "硕士研究生", "certificate": "1028412020000031",
         "contract-from": "2020-07-01", "insured-months": "48", "region": CITY},
    ],
    "companies-served": [
        {"name": f"苏州服务对象{n:02d}有限公司", "code": credit_code(f"9132050{n % 9 + 1}MA{n:02d}TF{n:02d}{n % 10}"),
         "region": CITY, "product": "设备上云"} for n in range(10, 45)
    ],
    "parks-served": [{"park": "昆山经济技术开发区", "level": "国家级", "region": COUNTY, "contract": "HT-2024-001"}],
    "scenarios": [
        {"scenario": "质量管控", "title": "轴承外观缺陷在线检测", "industry": "装备制造业",
         "customer": credit_code("91320583MA77CT770"),
         "summary": "在三条产线部署视觉检测，漏检率由百分之二点一降至百分之零点三，年减少返工损失二百六十万元。"}
    ],
}
FIGURES = {
    "mlps-level": {"mlps-level.report": 0},
    "core-talent-share": {"core-talent-share.employees": 40},
    "independent-operation": {
        "independent-operation.legal-person": 1, "independent-operation.main-business": 1,
        "independent-operation.no-negative-list": 1,
    },
    "platform-revenue": {"platform-revenue": 3260.5},
    "financing-round": {"financing-round": 0},
    "revenue-share": {"revenue-share.service-revenue": 3100, "revenue-share.operator-revenue": 5200},
}
EVIDENCE = {
    "core-talent": ["insurance-list"], "core-talent-share": ["staff-list"], "scenarios": ["cases"],
    "independent-operation": ["licence", "revenue-report"], "platform-revenue": ["audit-report"],
    "revenue-share": ["audit-report"],
}


def cell_path(indicator, platform=PLATFORM):
    return f"/api/v1/rounds/{ROUND}/platforms/{platform}/cells/{indicator}"


def fill_in(person, platform=PLATFORM, lists=None):
    """Every uploaded indicator: lists, figures, evidence."""
    for indicator, rows in (lists or LISTS).items():
        path = cell_path(indicator, platform) + "/items"
        head = person.ask("GET", path)[1]
        report = person.json("PUT", path, {"rows": rows}, tag=head["etag"].strip('"'))
        assert report["accepted"] == len(rows), (indicator, report)
    for indicator, values in FIGURES.items():
        path = cell_path(indicator, platform) + "/declared"
        head = person.ask("GET", path)[1]
        person.json("PUT", path, {"values": values}, tag=head["etag"].strip('"'))
    for indicator, requirements in EVIDENCE.items():
        for requirement in requirements:
            path = cell_path(indicator, platform) + f"/evidence?name={requirement}.pdf&requirement={requirement}"
            person.upload(path, pdf(f"{platform} {indicator} {requirement}"))


def print_and_stamp(person):
    """Prints the papers of this very version and uploads them again, as scans."""
    for kind in ("declaration", "commitment"):
        status, _, paper = person.ask("GET", f"/rounds/{ROUND}/papers/{PLATFORM}/{kind}.pdf")
        assert status == 200 and paper[:5] == b"%PDF-", (kind, status, paper[:300])
        person.form(f"/company/rounds/{ROUND}/papers/{kind}/scan", {}, {"file": (f"{kind}.pdf", paper)})


# MARK: The authority's part


def accept_all(person):
    return person.json("POST", f"/api/v1/rounds/{ROUND}/desk/batches",
                       {"action": "accept", "items": [{"platform": PLATFORM}]})


def check_formally(person, platform=PLATFORM):
    """Says of every line of the formal checklist that the machine leaves open or fails that it was looked at."""
    base = f"/api/v1/rounds/{ROUND}/platforms/{platform}/checklist"
    for line in person.json("GET", base)["items"]:
        if line.get("outcome") not in ("pass", "not-applicable"):
            person.json("PUT", f"{base}/{line['id']}", {
                "verdict": "pass", "automatic": line["automatic"], "reason": "演练：已查看原件，符合要求"})
    after = person.json("GET", base)
    assert (after["open"], after["failed"]) == (0, 0), after


def sample(who):
    """Draws, proves, judges and settles every list; the last customer's row is found bad."""
    base = f"/api/v1/rounds/{ROUND}"
    lists = f"{base}/platforms/{PLATFORM}/samples"
    drawn = who["province"].json("POST", f"{base}/samples", {})["lists"]
    rows = {}
    for one in drawn:
        indicator = one["indicator"]
        found = who["manager"].json("GET", f"{lists}/{indicator}/rows?limit=100")["items"]
        rows[indicator] = [row["row"] for row in found]
        for number in rows[indicator]:
            path = f"{lists}/{indicator}/rows/{number}/proof?name=proof.pdf"
            who["manager"].upload(path, pdf(f"proof {indicator} {number}"))
    who["manager"].json("POST", f"{lists}/proof-complete", {})
    for indicator, numbers in rows.items():
        for number in numbers:
            bad = indicator == "companies-served" and number == numbers[-1]
            verdict = {"verdict": "bad", "reasonCode": "mismatch", "note": "合同与所列企业不符"} if bad else {"verdict": "good"}
            who["city"].json("PUT", f"{lists}/{indicator}/rows/{number}/judgement", verdict, tag=0)
    who["province"].json("POST", f"{base}/samples/settlements", {})
    return rows


def verify_rest(person, indicators):
    """Gives every cell without a verified value one: as declared, and 0 where nothing is."""
    cells = person.json("GET", f"/api/v1/rounds/{ROUND}/platforms/{PLATFORM}/cells")["items"]
    for cell in cells:
        indicator = cell["indicator"]
        if cell["state"] == "verified" or indicator in ("dual-carbon", "regional-enablement", "overseas"):
            continue
        declared = person.json("GET", cell_path(indicator) + "/declared", want=(200, 404)) or {}
        values = dict(declared.get("values") or {})
        if indicator != "scenarios":
            for value in indicators[indicator]:
                values.setdefault(value, 0)
        person.json("PUT", cell_path(indicator) + "/verified",
                    {"values": values, "reason": "演练：按申报内容与佐证材料核定"}, tag=0)


def draw_experts(who):
    """Fills the pool and draws for the one indicator with a case."""
    for number in range(1, 9):
        who["province"].json("PUT", f"/api/v1/experts/expert{number}", {
            "name": f"评审专家{number}", "employer": f"某高校第{number}学院", "employerCode": "", "group": "",
            "fields": ["industrial-internet", "manufacturing"], "title": "教授", "contact": ""}, tag=0)
    panel = who["province"].json("POST", f"/api/v1/rounds/{ROUND}/experts/draws", {"indicator": "scenarios"})
    return [expert["expert"] for expert in panel["experts"]]


def compute(person):
    import time

    base = f"/api/v1/rounds/{ROUND}/computations"
    run = person.json("POST", base, want=(200, 201, 202))
    for _ in range(200):
        state = person.json("GET", f"{base}/{run['id']}")["state"]
        if state not in ("running", "waiting"):
            return state
        time.sleep(0.1)
    raise AssertionError("the computation did not end")
