"""Writes results.csv: what scipy and exact fractions say of judged samples. Run it with any Python that has scipy."""

import csv
import pathlib
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from scipy.stats import beta

CASES = [
    # declared, places, rows of the list, drawn, good
    ("8000", 0, 8000, 59, 57), ("8000", 0, 8000, 59, 59), ("8000", 0, 8000, 59, 47), ("8000", 0, 8000, 59, 48),
    ("20000", 0, 20000, 59, 31), ("210.4", 1, 300, 59, 50), ("33.3", 1, 31, 30, 29), ("31", 0, 31, 31, 25),
    ("12.5", 1, 10, 10, 7), ("150", 0, 150, 59, 1), ("150", 0, 150, 59, 0), ("299", 0, 299, 30, 24),
    ("299", 0, 299, 30, 23), ("1", 0, 40, 30, 15), ("0", 0, 40, 30, 15), ("99999.9", 1, 120000, 59, 58),
]


def half_up(value, places):
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


target = pathlib.Path(__file__).with_name("results.csv")
with target.open("w", newline="") as file:
    out = csv.writer(file, lineterminator="\n")
    out.writerow(["declared", "places", "rows", "drawn", "good", "verified", "share", "bound", "limit", "decision"])
    for declared, places, rows, drawn, good in CASES:
        share = Fraction(good, drawn)
        limit = float(beta.ppf(0.05, good, drawn - good + 1)) if good else 0.0
        bound = Fraction(declared) * (share if rows == drawn else Fraction(str(round(limit, 6))))
        out.writerow([
            declared, places, rows, drawn, good, half_up(Fraction(declared) * share, places),
            half_up(share * 100, 2), half_up(bound, places), f"{limit:.9f}", "yes" if share < Fraction(4, 5) else "no",
        ])
