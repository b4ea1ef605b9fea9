"""Randomness for secrets: always the host's."""

import base64
import _host
from hmac import compare_digest
from random import SystemRandom

DEFAULT_ENTROPY = 32
_system = SystemRandom()
randbits, choice = _system.getrandbits, _system.choice


def randbelow(exclusive_upper_bound):
    if exclusive_upper_bound <= 0:
        raise ValueError("Upper bound must be positive.")
    return _system._below(exclusive_upper_bound)


def token_bytes(nbytes=None):
    return _host.random(DEFAULT_ENTROPY if nbytes is None else nbytes)


def token_hex(nbytes=None):
    return token_bytes(nbytes).hex()


def token_urlsafe(nbytes=None):
    return base64.urlsafe_b64encode(token_bytes(nbytes)).rstrip(b"=").decode("ascii")
