"""Fits Hill curves with SciPy, one core, and says how long it took.

Reads {"doses": […], "start": [[E0, Emax, ln h, ln EC50], …], "responses": [[…], …]} from standard input and writes
{"version": …, "<method>": {"seconds": s a curve, "rss": […]}, …}. The Jacobian is analytic.
"""
import json
import sys
import time

import numpy as np
import scipy
from scipy.optimize import least_squares, leastsq

task = json.load(sys.stdin)
starts = np.array(task["start"])
responses = np.array(task["responses"])
# Dose 0 lies so low that the curve has not begun there.
log_doses = np.array([np.log(dose) if dose > 0 else -1e6 for dose in task["doses"]])
np.seterr(over="ignore")


def residuals(p, y):
    return p[0] + (p[1] - p[0]) / (1 + np.exp(-np.exp(p[2]) * (log_doses - p[3]))) - y


def jacobian(p, y):
    hill = np.exp(p[2])
    u = log_doses - p[3]
    g = 1 / (1 + np.exp(-hill * u))
    slope = (p[1] - p[0]) * hill * g * (1 - g)
    out = np.empty((log_doses.size, 4))
    out[:, 0] = 1 - g
    out[:, 1] = g
    out[:, 2] = slope * u
    out[:, 3] = -slope
    return out


def with_leastsq(start, y):
    return leastsq(residuals, start, args=(y,), Dfun=jacobian)[0]


def with_least_squares(method):
    return lambda start, y: least_squares(residuals, start, jac=jacobian, method=method, args=(y,)).x


answer = {"version": scipy.__version__}
for name, fit in [
    ("leastsq", with_leastsq),
    ("least_squares, lm", with_least_squares("lm")),
    ("least_squares, trf", with_least_squares("trf")),
]:
    best = float("inf")
    for _ in range(3):
        begin = time.perf_counter()
        fits = [fit(start, y) for start, y in zip(starts, responses)]
        best = min(best, time.perf_counter() - begin)
    rss = [float(np.sum(residuals(p, y) ** 2)) for p, y in zip(fits, responses)]
    answer[name] = {"seconds": best / len(fits), "rss": [r if np.isfinite(r) else 1e300 for r in rss]}
json.dump(answer, sys.stdout)
