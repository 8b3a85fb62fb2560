"""Prints SciPyValues.swift: python scipy_values.py > SciPyValues.swift (SciPy 1.17.1)."""

import itertools

import numpy
import scipy
from scipy import special, stats

print(f"// Made by scipy_values.py with SciPy {scipy.__version__}.")
print("enum SciPyValues {")


def table(name, labels, rows):
    print(f"  static let {name}: [({', '.join(f'{label}: Double' for label in labels)})] = [")
    for row in rows:
        print(f"    ({', '.join(repr(float(value)) for value in row)}),")
    print("  ]")


degrees = [1, 2.5, 7, 30, 400]
table("t", ["t", "degrees", "p"],
      [(t, d, 2 * stats.t.sf(t, d)) for t, d in itertools.product([0.1, 1, 2.5, 8], degrees)])
table("chiSquare", ["x", "degrees", "p"],
      [(x, d, stats.chi2.sf(x, d)) for x, d in itertools.product([0.2, 3, 25, 150], degrees)])
table("f", ["f", "numerator", "denominator", "p"],
      [(f, n, d, stats.f.sf(f, n, d)) for f, n, d in itertools.product([0.3, 1.5, 6], [1, 4.5, 60], [3, 25.5, 300])])
table("polygamma", ["x", "digamma", "trigamma"],
      [(x, special.digamma(x), special.polygamma(1, x)) for x in [1e-3, 0.3, 1, 4.75, 60, 1e6]])

random = numpy.random.default_rng(1)
p = numpy.round(random.beta(0.4, 1.5, 40), 6)
table("discoveries", ["p", "q"], zip(p, stats.false_discovery_control(p)))
one = numpy.round(random.normal(size=30), 1)
other = numpy.round(one + random.normal(size=30), 1)
table("ranked", ["one", "other"], zip(one, other))
print(f"  static let spearman = {float(stats.spearmanr(one, other).statistic)!r}")
print(f"  static let pearson = {float(stats.pearsonr(one, other).statistic)!r}")
print(f"  static let median = {float(numpy.median(one))!r}")
print(f"  static let deviation = {float(numpy.std(one, ddof=1))!r}")
print(f"  static let absoluteDeviation = {1.4826 * float(stats.median_abs_deviation(one))!r}")




scores = numpy.array([0.3, 2.2, 1.4, 3.1, 4.0, 2.9, 5.2, 3.3])
test = stats.permutation_test(
    (scores[:4], scores[4:]), lambda a, b, axis: (a.mean(axis=axis) - b.mean(axis=axis)) ** 2, vectorized=True,
    alternative="greater", permutation_type="independent", n_resamples=numpy.inf)
print(f"  static let permuted = {[float(score) for score in scores]}")
print(f"  static let permutation = {float(test.pvalue)!r}")
print("}")
