"""Averages and spreads."""

import math
from collections import Counter
from fractions import Fraction

__all__ = [
    "StatisticsError", "fmean", "geometric_mean", "harmonic_mean", "mean", "median", "median_high", "median_low",
    "mode", "multimode", "pstdev", "pvariance", "quantiles", "stdev", "variance",
]


class StatisticsError(ValueError):
    """The data cannot answer."""


def _some(data, least, message):
    data = list(data)
    if len(data) < least:
        raise StatisticsError(message)
    return data


def _like(data, exact):
    """An exact result as the data's own kind of number."""
    if all(isinstance(x, int) for x in data):
        return exact.numerator if exact.denominator == 1 else float(exact)
    kind = next(type(x) for x in data if not isinstance(x, int))
    if kind is float or kind is Fraction:
        return kind(exact)
    return kind(exact.numerator) / exact.denominator


def mean(data):
    data = _some(data, 1, "mean requires at least one data point")
    return _like(data, sum(map(Fraction, data)) / len(data))


def fmean(data, weights=None):
    data = _some(data, 1, "fmean requires at least one data point")
    if weights is None:
        return math.fsum(data) / len(data)
    weights = list(weights)
    if len(weights) != len(data):
        raise StatisticsError("data and weights must be the same length")
    return math.fsum(x * weight for x, weight in zip(data, weights)) / math.fsum(weights)


def geometric_mean(data):
    data = _some(data, 1, "Must have a non-empty dataset")
    return math.exp(fmean(map(math.log, data)))


def harmonic_mean(data, weights=None):
    data = _some(data, 1, "harmonic_mean requires at least one data point")
    return _like(data, len(data) / sum(1 / Fraction(x) for x in data))


def median(data):
    data = sorted(_some(data, 1, "no median for empty data"))
    half = len(data) // 2
    return data[half] if len(data) % 2 else (data[half - 1] + data[half]) / 2


def median_low(data):
    data = sorted(_some(data, 1, "no median for empty data"))
    return data[(len(data) - 1) // 2]


def median_high(data):
    data = sorted(_some(data, 1, "no median for empty data"))
    return data[len(data) // 2]


def mode(data):
    return Counter(_some(data, 1, "no mode for empty data")).most_common(1)[0][0]


def multimode(data):
    counts = Counter(data)
    most = max(counts.values(), default=0)
    return [value for value, count in counts.items() if count == most]


def _squares(data, center):
    exact = [Fraction(x) for x in data]
    center = sum(exact) / len(exact) if center is None else Fraction(center)
    return sum((x - center) ** 2 for x in exact)


def variance(data, xbar=None):
    data = _some(data, 2, "variance requires at least two data points")
    return _like(data, _squares(data, xbar) / (len(data) - 1))


def pvariance(data, mu=None):
    data = _some(data, 1, "pvariance requires at least one data point")
    return _like(data, _squares(data, mu) / len(data))


def stdev(data, xbar=None):
    data = _some(data, 2, "stdev requires at least two data points")
    return math.sqrt(_squares(data, xbar) / (len(data) - 1))


def pstdev(data, mu=None):
    data = _some(data, 1, "pstdev requires at least one data point")
    return math.sqrt(_squares(data, mu) / len(data))


def quantiles(data, *, n=4, method="exclusive"):
    data = sorted(_some(data, 2, "must have at least two data points"))
    if n < 1:
        raise StatisticsError("n must be at least 1")
    size = len(data) + 1 if method == "exclusive" else len(data) - 1
    cuts = []
    for i in range(1, n):
        place, rest = divmod(i * size, n)
        if method == "exclusive":
            place, rest = _within(i * size, n, len(data))
            low, high = data[place - 1], data[place]
        else:
            low, high = data[place], data[min(place + 1, len(data) - 1)]
        cuts.append((low * (n - rest) + high * rest) / n)
    return cuts


def _within(scaled, n, count):
    place = min(max(scaled // n, 1), count - 1)
    return place, scaled - place * n
