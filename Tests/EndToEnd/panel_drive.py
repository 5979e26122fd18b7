"""Brings one platform to the panel through the API alone; used by the tests of papers and of the panel."""

import yaml

from conftest import ROOT
from round_drive import (
    COMPANY, COUNTY, PLATFORM, ROUND, accept_all, act, check_formally, compute, draw_experts, fill_in, people,
    print_and_stamp, sample,
    submission, verify_rest,
)

BASE = f"/api/v1/rounds/{ROUND}"
AUTHORITY = f"/authority/rounds/{ROUND}"


def value_ids():
    """Every indicator with the values that it is told by."""
    scheme = yaml.safe_load((ROOT / "Schemes/jiangsu-2025.yaml").read_text())
    every = [one for section in scheme["sections"] for group in section["groups"] for one in group["indicators"]]
    return {one["id"]: [f"{one['id']}.{part['id']}" for part in one.get("parts", [])] or [one["id"]] for one in every}


def move_round(who, action):
    who["approver" if action == "publish" else "province"].json(
        "POST", f"{BASE}/actions", {"action": action, "reason": "演练通知"})


def to_company(server, name="云枢工业互联网平台", lists=None, **periods):
    """The round is open, one platform has filled in everything and is not yet submitted."""
    who = people(server)
    who["province"].json("POST", "/api/v1/rounds", {
        "id": ROUND, "scheme": "jiangsu-2025", "kind": "rehearsal", "cutOff": "2099-12-15",
        "title": {"zh": "2025 年度评价演练", "en": "Rehearsal 2025"}})
    process = who["province"].json("GET", f"{BASE}/process")
    days = {one: periods.get(one, 0) for one in process["periods"]}
    who["province"].json("PUT", f"{BASE}/process", days, tag=process["version"])
    move_round(who, "open")
    who["manager"].json("POST", f"{BASE}/platforms", {
        "id": PLATFORM, "name": name, "type": "specialist",
        "operator": {"code": COMPANY, "name": "昆山云枢数字科技有限公司", "region": COUNTY}})
    fill_in(who["manager"], lists=lists)
    return who


def to_panel(who):
    """From the filled form to a computed result before the panel."""
    print_and_stamp(who["manager"])
    act(who["manager"], "submit")
    for office, action in [("county", "pass"), ("city", None)]:
        accept_all(who[office])
        if action:
            act(who[office], action)
    status, _, summary = who["cityhead"].ask("GET", f"{AUTHORITY}/papers/summary.pdf")
    assert status == 200
    who["cityhead"].form(f"{AUTHORITY}/summary/scan", {}, {"file": ("summary.pdf", summary)})
    stamp_is_there(who)
    act(who["cityhead"], "recommend", details={"letter": "苏工信推〔2026〕12号"})
    act(who["province"], "take-in")
    check_formally(who["province"])
    act(who["province"], "pass")
    move_round(who, "review")
    sample(who)
    verify_rest(who["province"], value_ids())
    act(who["province"], "finish", "核验完毕，建议通过")
    act(who["approver"], "finish", "同意")
    move_round(who, "evaluate")
    for number, seat in enumerate(draw_experts(who)):
        who[seat].json("POST", f"{BASE}/experts/pledge", {"agreed": True})
        who[seat].json(
            "PUT", f"{BASE}/platforms/{PLATFORM}/marks/scenarios", {"mark": 76 + 2 * number, "reason": ""}, tag=0)
    assert who["province"].json("POST", f"{BASE}/experts/settlement", {})["waiting"] == 0
    act(who["province"], "skip-site")
    move_round(who, "panel")
    assert compute(who["province"]) == "finished"
    assert submission(who["province"])["state"] == "panel"
    return who


def stamp_is_there(who):
    """What only a person can see on the city's stamped table, confirmed by one."""
