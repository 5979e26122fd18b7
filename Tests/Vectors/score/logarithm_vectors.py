#!/usr/bin/env python3
"""Vectors of the natural logarithm and the exponential for the engine's own routines.

    logarithm_vectors.py > logarithm.csv

Each line: function, argument as hexadecimal double, the result rounded to the nearest double, and the rest to 60 digits
in units of the last place of that double, so that a test can state the routine's error in ulp.
"""
import math
import random
from mpmath import mp, mpf, log, exp

mp.dps = 60
draw = random.Random(2025)


def line(name, x, value):
    near = float(value)
    rest = (value - mpf(near)) / mpf(math.ulp(near))
    print(f"{name},{x.hex()},{near.hex()},{mp.nstr(rest, 12)}")


arguments = [1.0, 2.0, 0.5, math.e, 10.0, 750.0, 600.0, 5000 / 3, 200.0, 1000.0, 4.0, 300.0, 250.0, 80.0, 2000.0,
             math.nextafter(1, 2), math.nextafter(1, 0), 1 + 1e-9, 1 - 1e-9, math.sqrt(2), math.nextafter(math.sqrt(2), 2),
             math.sqrt(0.5), 5e-324, 2.2250738585072014e-308, 1.7976931348623157e308, 1e-300, 1e300]
arguments += [draw.uniform(0.5, 2) for _ in range(250)]
arguments += [1 + draw.choice((-1, 1)) * 2.0 ** -draw.uniform(1, 52) for _ in range(150)]
arguments += [math.exp(draw.uniform(-20, 20)) for _ in range(200)]
arguments += [n / d for n in (501, 777, 1158, 99999, 299999) for d in (500, 3000, 30, 7)]
for x in arguments:
    line("ln", x, log(mpf(x)))
for x in [0.0, 1.0, -1.0, 0.5, 700.0, -700.0] + [draw.uniform(-30, 30) for _ in range(250)] \
        + [draw.uniform(-1, 1) * 2.0 ** -draw.uniform(0, 50) for _ in range(100)]:
    line("exp", x, exp(mpf(x)))
