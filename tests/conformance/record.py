"""Records what real Alembic does, as the vectors that our own tests read.

    python record.py           makes tests/conformance/vectors anew and says what differs from the committed ones
    python record.py NAME ...  only these: autogenerate, operations, plans, programs, samples, commands

Ends with `N passed, N failed`; a difference is a failure, and the files are then as real Alembic wants them, so that
`git diff` shows the drift. Alembic iterates over sets in places: what differs only in such an order is no difference,
and the committed file stays as it is.
"""
import json
import re
import sys
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
VECTORS = HERE / "vectors"


def canonical(value):
    """The value without the orders that Alembic leaves to chance: words and lists are sorted."""
    if isinstance(value, dict):
        return {key: canonical(item) for key, item in sorted(value.items())}
    if isinstance(value, list):
        return sorted((canonical(item) for item in value), key=lambda item: json.dumps(item, sort_keys=True))
    if isinstance(value, str):
        return sorted(re.findall(r"[^\s,()\[\]]+", value))
    return value


def is_the_same(old, new):
    """Equal, or marked as unstable in order and equal without it."""
    if old == new:
        return True
    if not isinstance(new, dict) or new.get("order_stable", True):
        return False
    return canonical(old) == canonical(new)


def laid_out(value, indent=0):
    """JSON in which whatever fits on a line stands on one: a person reads the difference."""
    flat = json.dumps(value, ensure_ascii=False)
    if len(flat) + indent <= 120 or not isinstance(value, dict | list) or not value:
        return flat
    inner = " " * (indent + 1)
    if isinstance(value, dict):
        lines = [f"{inner}{json.dumps(key, ensure_ascii=False)}: {laid_out(item, indent + 1)}" for key, item in value.items()]
        return "{\n" + ",\n".join(lines) + "\n" + " " * indent + "}"
    return "[\n" + ",\n".join(inner + laid_out(item, indent + 1) for item in value) + "\n" + " " * indent + "]"


def keep(name, facts):
    """Writes `facts`, a dict of cases, to vectors/NAME.json. Gives the numbers of same and of different cases."""
    path = VECTORS / f"{name}.json"
    before = json.loads(path.read_text()) if path.exists() else {}
    merged = {}
    differing = [case for case in before if case not in facts]
    for case, new in facts.items():
        same = case in before and is_the_same(before[case], new)
        merged[case] = before[case] if same else new
        if not same:
            differing.append(case)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(laid_out(merged) + "\n")
    for case in differing:
        print(f"  differs: {name}: {case}")
    return len(facts) - len([case for case in differing if case in facts]), len(differing)


def main(wanted):
    import autogenerate
    import commands
    import models
    import operations
    import plans
    import programs
    import samples

    passed = failed = 0
    # The programs first: the others leave classes behind that would be configured with theirs.
    for recorder in (programs, autogenerate, models, operations, plans, samples, commands):
        if wanted and recorder.__name__ not in wanted:
            continue
        for name, facts in recorder.record():
            good, bad = keep(f"{recorder.__name__}/{name}", facts)
            passed, failed = passed + good, failed + bad
            print(f"{recorder.__name__}/{name}: {good} as recorded, {bad} differ")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.path.insert(0, str(HERE))
    sys.exit(main(sys.argv[1:]))
