#!/usr/bin/env python3
"""An independent scorer of edition 2025, written from the text of the indicators alone (50 digits, no shared code).

    score_check.py VALUES.csv          the expected points as CSV: unit,total,rank,rankInType,rankWithoutBonus,points…
    score_check.py --edge SEED COUNT   a field full of edge values, as a VALUES file

Its output for the trial field and for an edge field is kept beside it; the tests hold the engine to it to the cent.
"""
import csv
import random
import sys
from mpmath import mp, mpf, log, floor

mp.dps = 50

LOG = {  # points, floor, target: 20 % of the points at the floor, straight to 0 at 0
    "devices-connected": (5, 500, 300000), "data-points": (4, 3000, 5000000), "vcpu-cores": (3, 30, 6000),
    "data-volume": (3, 1, 1000), "industrial-models": (4, 5, 1500), "industrial-apps": (4, 8, 2000),
    "solutions": (4, 2, 150), "core-talent": (2, 5, 300), "ip-results": (4, 5, 400),
    "diagnosis-projects": (4, 2, 600), "companies-served": (5, 10, 20000), "parks-served": (3, 1, 20),
    "platform-revenue": (6, 100, 40000), "app-subscriptions": (4, 30, 150000), "killer-app-users": (3, 50, 80000),
    "registered-users": (1, 100, 200000), "monthly-active-users": (4, 20, 40000), "developers": (1, 2, 6000),
}
LINEAR = {"core-talent-share": (2, 0, 40), "revenue-share": (4, 0, 100)}
TIERS = {
    "dcmm-level": [(2, "1"), (3, "1.5"), (4, "1.8"), (5, "2")], "mlps-level": [(2, "1"), (3, "2")],
    "financing-round": [(1, "1"), (2, "2"), (3, "3")], "specialised-new": [(1, "1"), (2, "1.5"), (3, "2")],
}
MARKS = {"dual-carbon": 3, "regional-enablement": 3, "overseas": 3}
ASKED = {"综合型": 9, "特色型": 5, "专业型": 2}
SECTIONS = {
    "basic": """devices-connected data-points vcpu-cores data-volume industrial-models industry-llm dcmm-level mlps-level
        industrial-apps solutions core-talent core-talent-share ip-results standards""".split(),
    "service": """diagnosis-projects companies-served parks-served scenarios dual-carbon regional-enablement
        overseas""".split(),
    "operation": """independent-operation platform-revenue financing-round revenue-share app-subscriptions
        killer-app-users registered-users monthly-active-users developers""".split(),
    "bonus": ["honours", "specialised-new"],
}
ORDER = [i for s in SECTIONS.values() for i in s]


def cents(x):
    """Half up to two decimals, as an integer of hundredths.

    Fifty binary digits cannot hold 2.355 either: 1e-40 lifts what is exactly a half on paper back onto it.
    """
    return int(floor(x * 100 + mpf(1) / 2 + mpf("1e-40")))


def number(row, key):
    text = row.get(key, "")
    return None if text is None or text.strip() == "" else mpf(text)


def points(row, indicator):
    value = lambda part=None: number(row, indicator if part is None else f"{indicator}.{part}")
    zero = lambda x: mpf(0) if x is None else x
    if indicator in LOG:
        p, low, high = LOG[indicator]
        x = zero(value())
        if x <= 0:
            return mpf(0)
        if x < low:
            return p * mpf("0.2") * x / low
        if x >= high:
            return mpf(p)
        return p * (mpf("0.2") + mpf("0.8") * log(x / low) / log(mpf(high) / low))
    if indicator in LINEAR:
        p, low, high = LINEAR[indicator]
        return min(mpf(p), max(mpf(0), p * (zero(value()) - low) / (high - low)))
    if indicator in TIERS:
        x = zero(value())
        return max([mpf(v) for at, v in TIERS[indicator] if x >= at], default=mpf(0))
    if indicator in MARKS:
        return MARKS[indicator] * zero(value()) / 100
    if indicator == "industry-llm":
        return min(mpf(3), 2 * zero(value("filing")) + min(mpf(1), mpf("0.5") * zero(value("copyright"))))
    if indicator == "standards":
        return min(mpf(3), mpf("1.5") * zero(value("national-led")) + mpf("0.8") * zero(value("national-part"))
                   + mpf("0.8") * zero(value("industry-led")) + mpf("0.4") * zero(value("industry-part")))
    if indicator == "scenarios":
        accepted = zero(value("accepted"))
        if accepted <= 0:
            return mpf(0)
        return min(mpf(1), accepted / ASKED[row["type"]]) + 4 * zero(value("mark")) / 100
    if indicator == "independent-operation":
        return mpf(3) if zero(value()) == 1 else mpf(0)
    if indicator == "honours":
        return min(mpf(4), 3 * zero(value("dynamic-evaluation")) + zero(value("case-lists")))
    raise KeyError(indicator)


def rank(values):
    return [1 + sum(1 for other in values if other > value) for value in values]


def text(hundredths):
    return f"{hundredths // 100}.{hundredths % 100:02d}"


def score(rows, out):
    table = [{i: cents(points(row, i)) for i in ORDER} for row in rows]
    base = [sum(line[i] for s in ("basic", "service", "operation") for i in SECTIONS[s]) for line in table]
    totals = [b + min(500, sum(line[i] for i in SECTIONS["bonus"])) for b, line in zip(base, table)]
    ranks, plain = rank(totals), rank(base)
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["unit", "total", "rank", "rankInType", "rankWithoutBonus"] + ORDER)
    for n, row in enumerate(rows):
        mates = [t for t, other in zip(totals, rows) if other["type"] == row["type"]]
        in_type = 1 + sum(1 for t in mates if t > totals[n])
        writer.writerow([row["unit"], text(totals[n]), ranks[n], in_type, plain[n]]
                        + [text(table[n][i]) for i in ORDER])


PARTS = {
    "industry-llm": ["filing", "copyright"],
    "standards": ["national-led", "national-part", "industry-led", "industry-part"],
    "scenarios": ["accepted", "mark"], "honours": ["dynamic-evaluation", "case-lists"],
}


def edge(seed, count, out):
    """Values at, just below and just above every limit, empty cells, zeros, exact halves, small fields with ties."""
    draw = random.Random(seed)
    header = ["unit", "type"] + [c for i in ORDER for c in ([f"{i}.{p}" for p in PARTS[i]] if i in PARTS else [i])]
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)

    def cell(column):
        if draw.random() < 0.12:
            return ""
        name = column.split(".")[0]
        if name in LOG:
            _, low, high = LOG[name]
            pick = draw.randrange(8)
            if name in ("data-volume", "platform-revenue", "ip-results"):
                return [0, low, high, f"{low * 0.5:.2f}", f"{low + 0.01:.2f}", f"{high - 0.01:.2f}", f"{high * 3}.5",
                        f"{low * (high / low) ** draw.random():.3f}"][pick]
            return [0, low, high, max(1, low // 3), low - 1, low + 1, high + 1,
                    int(low * (high / low) ** draw.random())][pick]
        if name in LINEAR:
            return draw.choice(["0", "40", "100", "0.01", f"{draw.randrange(0, 1000) / 10:.1f}",
                                f"{draw.randrange(0, 10000) / 100:.2f}"])
        if name in TIERS:
            return draw.randrange(0, 6 if name == "dcmm-level" else 4)
        if name in MARKS or column == "scenarios.mark":
            return draw.choice(["0", "100", f"{draw.uniform(0, 100):.1f}", f"{draw.uniform(50, 95):.2f}"])
        if name == "independent-operation":
            return draw.randrange(2)
        if column == "honours.dynamic-evaluation":
            return draw.randrange(2)
        return draw.randrange(0, 10 if column == "scenarios.accepted" else 4)

    for n in range(count):
        row = [f"U{n + 1:03d}", draw.choice(list(ASKED))] + [cell(c) for c in header[2:]]
        writer.writerow(row)
        if n % 10 == 9:  # a twin: the same figures, so the same total
            writer.writerow([f"T{n + 1:03d}"] + row[1:])


if __name__ == "__main__":
    if sys.argv[1] == "--edge":
        edge(int(sys.argv[2]), int(sys.argv[3]), sys.stdout)
    else:
        with open(sys.argv[1], newline="", encoding="utf-8-sig") as file:
            score(list(csv.DictReader(file)), sys.stdout)
