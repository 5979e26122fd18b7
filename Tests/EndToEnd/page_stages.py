"""A round at rest at eight places of its way, each a data folder of its own, so that every page has something to show."""

import json
import os
import pathlib
import shutil
import urllib.parse

import yaml

from conftest import PASSWORD, ROOT, Server
from round_drive import (
    COMPANY, COUNTY, LISTS, PLATFORM, ROUND, Person, accept_all, act, check_formally, compute, credit_code, draw_experts, fill_in, pdf,
    people, print_and_stamp, sample, verify_rest,
)

BASE = f"/api/v1/rounds/{ROUND}"
OWN = f"{BASE}/platforms/{PLATFORM}"
OTHER, OTHER_COMPANY = "hailan", credit_code("91320115MA1RD0X71")
# Who is needed besides the people of the drive.
MORE = [
    ("manager2", "海澜平台负责人许静", "manager", OTHER_COMPANY, ""),
    ("approver2", "省工信何源", "approver", "", ""),
    ("security", "安全管理员陆平", "security-administrator", "", ""),
    ("audit", "审计管理员秦川", "audit-administrator", "", ""),
]
# What people of the round wrote in Chinese, and names: data that stay Chinese on an English page.
WRITTEN = [
    "云枢工业互联网平台", "海澜船舶装备互联平台", "昆山云枢数字科技有限公司", "南京海澜船舶互联科技有限公司", "系统管理员", "省工信厅信息化推进处",
    "派驻纪检监察组", "平台营收占比与公开年报不符，年报第 31 页为 41%。", "平台营收占比应为 62%",
]
# Keep the prepared folders between runs while working on pages: a folder of your choice, empty at first.
KEPT = os.environ.get("STAGES_IN")


def value_ids():
    scheme = yaml.safe_load((ROOT / "Schemes/jiangsu-2025.yaml").read_text())
    every = [one for section in scheme["sections"] for group in section["groups"] for one in group["indicators"]]
    return {one["id"]: [f"{one['id']}.{part['id']}" for part in one.get("parts", [])] or [one["id"]] for one in every}


class Way:
    """The main line of the round. After each part of it the server rests and its folder is copied."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.server = Server(self.folder / "main").start()
        self.who = people(self.server)
        self.import_more()

    def import_more(self):
        admin = Person(self.server, "admin").sign_in()
        lines = ["account,name,roles,company,region,password"] + [",".join([*one, PASSWORD]) for one in MORE]
        _, _, answer = admin.ask(
            "POST", "/api/v1/accounts/import", "\n".join(lines).encode(), {"Content-Type": "text/csv"})
        report = json.loads(answer)
        assert not report["faults"], report
        for account, *_ in MORE:
            self.who[account] = Person(self.server, account).sign_in()

    def rest(self, stage, dress=None):
        """Copies the folder as `stage`; `dress` adds to the copy what the main line does not need."""
        self.server.stop()
        place = self.folder / stage
        shutil.copytree(self.server.data, place)
        key = pathlib.Path(f"{self.server.data}.personal-key")
        if key.exists():
            shutil.copy(key, f"{place}.personal-key")
        if dress:
            copy = Server(place).start()
            try:
                dress({name: self.on(copy, person) for name, person in self.who.items()})
            finally:
                copy.stop()
        self.server.start()

    @staticmethod
    def on(server, person):
        moved = Person(server, person.account)
        moved.token = person.token
        return moved

    def round_act(self, person, action):
        self.who[person].json("POST", f"{BASE}/actions", {"action": action, "reason": "演练通知"})

    def go(self):
        who = self.who
        self.open()
        fill_in(who["manager"])
        who["reporter"].json("PUT", f"{OWN}/cells/platform-revenue/declared", {"values": {"platform-revenue": 3260.5}},
                             tag=tag(who["reporter"], f"{OWN}/cells/platform-revenue/declared"))
        self.rest("filling")
        print_and_stamp(who["manager"])
        act(who["manager"], "submit")
        accept_all(who["county"])
        act(who["county"], "pass")
        self.rest("review", dress_review)
        accept_all(who["city"])
        _, _, summary = who["cityhead"].ask("GET", f"/authority/rounds/{ROUND}/papers/summary.pdf")
        who["cityhead"].form(f"/authority/rounds/{ROUND}/summary/scan", {}, {"file": ("summary.pdf", summary)})
        act(who["cityhead"], "recommend", details={"letter": "苏工信推〔2026〕12号"})
        act(who["province"], "take-in")
        check_formally(who["province"])
        act(who["province"], "pass")
        self.round_act("province", "review")
        self.rest("sampling", dress_sampling)
        sample(who)
        verify_rest(who["province"], value_ids())
        act(who["province"], "finish", "核验完毕，建议通过")
        act(who["approver"], "finish", "同意")
        self.round_act("province", "evaluate")
        seats = draw_experts(who)
        self.rest("experts", lambda copy: dress_experts(copy, seats))
        (self.folder / "seats.json").write_text(json.dumps(seats))
        mark(who, seats, len(seats))
        settled = who["province"].json("POST", f"{BASE}/experts/settlement", {})
        assert settled["waiting"] == 0
        act(who["province"], "skip-site")
        self.round_act("province", "panel")
        assert compute(who["province"]) == "finished"
        present = urllib.parse.quote("吴芳、周敏、郑岚")
        who["panelist"].upload(
            f"{BASE}/panel/minutes?number=HS-2026-1&heldOn=2026-11-20&present={present}&name=minutes.pdf", pdf("minutes"))
        self.rest("panel")
        told = who["panelist"].json("POST", f"{BASE}/panel/settlements", {"platforms": [PLATFORM], "reason": "会审通过"})
        assert told["items"][0]["settled"], told
        self.rest("told", dress_told)
        who["manager"].json("POST", f"{OWN}/telling/acceptance", {})
        who["province"].json("PUT", f"{BASE}/notice/contacts", {
            "office": "省工信厅信息化推进处", "officePhone": "025-86660000", "inspection": "派驻纪检监察组",
            "inspectionPhone": "025-86661111"}, tag=0)
        act(who["province"], "lapse")
        self.round_act("province", "notice")
        self.rest("notice", lambda copy: dress_notice(copy, self.folder))
        who["province"].json("POST", f"{BASE}/notice/end", {})
        self.round_act("approver", "publish")
        self.rest("published", dress_published)
        self.server.stop()

    def open(self):
        who = self.who
        who["province"].json("POST", "/api/v1/rounds", {
            "id": ROUND, "scheme": "jiangsu-2025", "kind": "rehearsal", "cutOff": "2099-12-15",
            "title": {"zh": "2025 年度评价演练", "en": "Rehearsal 2025"}})
        process = who["province"].json("GET", f"{BASE}/process")
        who["province"].json(
            "PUT", f"{BASE}/process", {name: 0 for name in process["periods"]}, tag=process["version"])
        self.round_act("province", "open")
        for person, platform, name, company, owner, region in [
            ("manager", PLATFORM, "云枢工业互联网平台", COMPANY, "昆山云枢数字科技有限公司", COUNTY),
            ("manager2", OTHER, "海澜船舶装备互联平台", OTHER_COMPANY, "南京海澜船舶互联科技有限公司", "320115"),
        ]:
            who[person].json("POST", f"{BASE}/platforms", {
                "id": platform, "name": name, "type": "specialist",
                "operator": {"code": company, "name": owner, "region": region}})
        # The same file and the same people in two companies' hands: the desk raises a signal.
        path = f"{BASE}/platforms/{OTHER}/cells/platform-revenue/evidence?name=audit.pdf&requirement=audit-report"
        who["manager2"].upload(path, pdf(f"{PLATFORM} platform-revenue audit-report"))
        path = f"{BASE}/platforms/{OTHER}/cells/core-talent/items"
        who["manager2"].json("PUT", path, {"rows": LISTS["core-talent"]}, tag=tag(who["manager2"], path))


def tag(person, path):
    return person.ask("GET", path)[1].get("etag", '"0"').strip('"')


# MARK: What single stages show besides


def dress_review(who):
    """One cell accepted by the city, one returned, one handed over; a question asked and answered, one open."""
    batches = f"{BASE}/desk/batches"
    for body in (
        {"action": "accept", "items": [{"platform": PLATFORM, "indicator": "parks-served"}]},
        {"action": "return", "items": [{"platform": PLATFORM, "indicator": "core-talent-share"}],
         "reasonCode": "evidence-unreadable", "reason": "花名册第 2 页看不清，请重新扫描上传。"},
    ):
        who["city"].json("POST", batches, body)
    signals = who["province"].json("GET", f"{BASE}/signals")["items"]
    assert signals, "the shared file raises no signal"
    for signal in signals[:2]:
        query = who["province"].json(
            "POST", f"{BASE}/queries", {"signal": signal["key"], "question": "请说明该审计报告的来源，并提供委托合同。"})
    who["manager" if signals[:2][-1]["platform"] == PLATFORM else "manager2"].json(
        "POST", f"{BASE}/queries/{query['id']}/answer", {"text": "报告由我公司委托，合同已随附件上传。"})


def dress_sampling(who):
    """Lists drawn; half of the proof is there, some of it judged; a verifier was on site."""
    lists = f"{OWN}/samples"
    drawn = who["province"].json("POST", f"{BASE}/samples", {})["lists"]
    assert drawn
    for one in drawn:
        indicator = one["indicator"]
        rows = [row["row"] for row in who["manager"].json("GET", f"{lists}/{indicator}/rows?limit=100")["items"]]
        for number in rows[: max(1, len(rows) // 2)]:
            who["manager"].upload(
                f"{lists}/{indicator}/rows/{number}/proof?name=proof.pdf", pdf(f"proof {indicator} {number}"))
    who["province"].json("PUT", f"{OWN}/verifiers", {"sample": ["verifier1"], "site": ["verifier1", "verifier2"]}, tag=0)
    who["manager"].json("POST", f"{lists}/proof-complete", {})
    rows = [row["row"] for row in who["manager"].json("GET", f"{lists}/companies-served/rows?limit=100")["items"]]
    for number in rows[:4]:
        verdict = {"verdict": "good"} if number != rows[3] else {
            "verdict": "bad", "reasonCode": "mismatch", "note": "合同与所列企业不符"}
        who["verifier1"].json("PUT", f"{lists}/companies-served/rows/{number}/judgement", verdict, tag=0)
    who["verifier1"].form(f"/authority/rounds/{ROUND}/site-checks/{PLATFORM}", {
        "version": "0", "heldOn": "2026-11-19", "place": "昆山市前进东路 88 号机房", "present": "陈立、王工",
        "findings": "抽查三台设备，均在线并上报数据。", "finding-devices-connected": "agrees"})


def mark(who, seats, count):
    for number, seat in enumerate(seats[:count]):
        who[seat].json("POST", f"{BASE}/experts/pledge", {"agreed": True})
        who[seat].json("PUT", f"{OWN}/marks/scenarios", {"mark": 76 + 2 * number, "reason": ""}, tag=0)


def dress_experts(who, seats):
    """Two of five have marked; the first has signed and not yet marked."""
    mark(who, seats[1:], 2)
    who[seats[0]].json("POST", f"{BASE}/experts/pledge", {"agreed": True})


def dress_told(who):
    """The company asks for a recheck of one of its own cells."""
    who["manager"].json("POST", f"{OWN}/recheck", {
        "reason": "审计报告第 12 页口径不同，请复核。",
        "cells": [{"indicator": "revenue-share", "reason": "平台营收占比应为 62%"}]})


def dress_notice(who, folder):
    """An objection, its contact verified and accepted, heard by the company; and a second one that is new."""
    public = Person(who["province"].server, "nobody")
    numbers = []
    for name, identity, facts in [
        ("张明", "11010519491231002X", "平台营收占比与公开年报不符，年报第 31 页为 41%。"),
        ("李雪", "11010519491231002X", "服务企业名单中有两家企业已于 2024 年注销。"),
    ]:
        raised = public.json("POST", f"{BASE}/objections", {
            "platform": PLATFORM, "indicator": "revenue-share", "facts": facts, "name": name,
            "identityKind": "identity-card", "identity": identity, "contactKind": "phone", "contact": "13800138000"})
        numbers.append(raised)
    (folder / "objections.json").write_text(json.dumps(numbers))
    first = f"{BASE}/objections/{objection_number(numbers[0])}"
    who["province"].json("POST", f"{first}/contact", {"note": "11月20日 10:20 电话核实"})
    who["province"].json("POST", f"{first}/decision", {"reason": "有具体事实与依据，予以受理。"})
    who["manager"].json("POST", f"{first}/hearing", {"heard": "年报口径含硬件销售，本平台口径按通知第三条。"})


def objection_number(raised):
    return raised["id"]


def dress_published(who):
    """One correction decided and public, a second proposed."""
    for revenue, reason in ((2600, "年报更正，重新核定。"), (2080, "再次核对，扣除内部结算。")):
        values = {"revenue-share.service-revenue": revenue, "revenue-share.operator-revenue": 5200}
        made = who["approver"].json("POST", f"{BASE}/corrections", {
            "kind": "cell", "platform": PLATFORM, "indicator": "revenue-share", "values": values, "reason": reason})
        if revenue == 2600:
            who["approver2"].json(
                "POST", f"{BASE}/corrections/{made['correction']['number']}/decision", {"approves": True, "reason": "属实"})


def prepare(folder):
    """All stages under `folder`; what stands there already is used again when the developer keeps it."""
    folder = pathlib.Path(KEPT) if KEPT else pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / "ready").exists():
        Way(folder).go()
        (folder / "ready").touch()
    return folder
