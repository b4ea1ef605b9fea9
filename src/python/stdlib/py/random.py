"""Randomness, whose seed is the host's unless a program sets one. The numbers of a seed are ours, not CPython's."""

import _host
from math import cos as _cos, log as _log, pi as _pi, sqrt as _sqrt

_MASK = (1 << 64) - 1


class Random:
    def __init__(self, x=None):
        self.seed(x)

    def seed(self, a=None, version=2):
        if a is None:
            self._state = int.from_bytes(_host.random(8), "little")
        elif isinstance(a, int):
            self._state = abs(a) & _MASK
        else:
            from hashlib import sha256

            data = a.encode() if isinstance(a, str) else bytes(a) if isinstance(a, (bytes, bytearray)) else repr(a).encode()
            self._state = int.from_bytes(sha256(data).digest()[:8], "little")

    def getstate(self):
        return (self._state,)

    def setstate(self, state):
        (self._state,) = state

    def _next(self):
        """The next 64 bits of SplitMix64."""
        self._state = (self._state + 0x9E3779B97F4A7C15) & _MASK
        z = self._state
        z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9 & _MASK
        z = (z ^ z >> 27) * 0x94D049BB133111EB & _MASK
        return z ^ z >> 31

    def random(self):
        return (self._next() >> 11) / (1 << 53)

    def getrandbits(self, k, /):
        if k < 0:
            raise ValueError("number of bits must be non-negative")
        value = bits = 0
        while bits < k:
            value |= self._next() << bits
            bits += 64
        return value & ((1 << k) - 1)

    def randbytes(self, n):
        return self.getrandbits(n * 8).to_bytes(n, "little")

    def _below(self, n):
        bits = n.bit_length()
        while (value := self.getrandbits(bits)) >= n:
            pass
        return value

    def randrange(self, start, stop=None, step=1):
        if stop is None:
            start, stop = 0, start
        count = len(range(start, stop, step))
        if not count:
            raise ValueError(f"empty range in randrange({start}, {stop})" if step == 1 else f"empty range in randrange({start}, {stop}, {step})")
        return start + step * self._below(count)

    def randint(self, a, b):
        return self.randrange(a, b + 1)

    def choice(self, seq):
        if not len(seq):
            raise IndexError("Cannot choose from an empty sequence")
        return seq[self._below(len(seq))]

    def choices(self, population, weights=None, *, cum_weights=None, k=1):
        if weights is None and cum_weights is None:
            return [self.choice(population) for _ in range(k)]
        if cum_weights is None:
            cum_weights, total = [], 0
            for weight in weights:
                total += weight
                cum_weights.append(total)
        picked = []
        for _ in range(k):
            at = self.random() * cum_weights[-1]
            picked.append(next(item for item, bound in zip(population, cum_weights) if at < bound))
        return picked

    def shuffle(self, x):
        for at in range(len(x) - 1, 0, -1):
            other = self._below(at + 1)
            x[at], x[other] = x[other], x[at]

    def sample(self, population, k, *, counts=None):
        pool = list(population)
        if counts is not None:
            pool = [item for item, count in zip(pool, counts) for _ in range(count)]
        if not 0 <= k <= len(pool):
            raise ValueError("Sample larger than population or is negative")
        picked = []
        for _ in range(k):
            picked.append(pool.pop(self._below(len(pool))))
        return picked

    def uniform(self, a, b):
        return a + (b - a) * self.random()

    def triangular(self, low=0.0, high=1.0, mode=None):
        u = self.random()
        c = 0.5 if mode is None else (mode - low) / (high - low)
        if u > c:
            u, c, low, high = 1.0 - u, 1.0 - c, high, low
        return low + (high - low) * _sqrt(u * c)

    def gauss(self, mu=0.0, sigma=1.0):
        return mu + sigma * _sqrt(-2.0 * _log(1.0 - self.random())) * _cos(2 * _pi * self.random())

    normalvariate = gauss

    def expovariate(self, lambd=1.0):
        return -_log(1.0 - self.random()) / lambd


class SystemRandom(Random):
    def seed(self, *args, **kwds):
        self._state = 0

    def _next(self):
        return int.from_bytes(_host.random(8), "little")


_shared = Random()
seed, random, getrandbits, randbytes = _shared.seed, _shared.random, _shared.getrandbits, _shared.randbytes
randrange, randint, choice, choices = _shared.randrange, _shared.randint, _shared.choice, _shared.choices
shuffle, sample, uniform, triangular = _shared.shuffle, _shared.sample, _shared.uniform, _shared.triangular
gauss, normalvariate, expovariate = _shared.gauss, _shared.normalvariate, _shared.expovariate
getstate, setstate = _shared.getstate, _shared.setstate
