"""python -m tests.oracle DIR [--kind K]: how far our statistics agree with the reference implementations."""

import argparse
import sys
from pathlib import Path

from tests.oracle.case import FolderError, read_cases
from tests.oracle.excuses import find_excuses
from tests.oracle.kinds import judge


def main(arguments: list[str] | None = None) -> int:
    """0 all agree or are excused, 1 one disagrees without a reason, 2 the folder is no set of cases."""
    parser = argparse.ArgumentParser(prog="python -m tests.oracle", description=__doc__)
    parser.add_argument("dir", type=Path, metavar="DIR", help="a folder with manifest.json and cases/")
    parser.add_argument("--kind", help="only the cases of one kind")
    asked = parser.parse_args(arguments)
    try:
        return report(asked.dir, asked.kind)
    except FolderError as error:
        sys.stderr.write(f"{error}\n")
        return 2


def report(folder: Path, kind: str | None) -> int:
    agreed: dict[str, int] = {}
    counted: dict[str, int] = {}
    excused, lines = 0, []
    for case in read_cases(folder, kind):
        differences = judge(case)
        reasons = find_excuses(case, differences)
        counted[case.kind] = counted.get(case.kind, 0) + 1
        agreed[case.kind] = agreed.get(case.kind, 0) + (not differences)
        excused += bool(reasons)
        if differences:
            verdict = f"excused: {' '.join(reasons)}" if reasons else "DISAGREES"
            lines.append(f"{case.kind} {case.id}: {differences[0]} ({len(differences)} cells) - {verdict}")
    for name in sorted(counted):
        _print(f"{name}: {agreed[name]} / {counted[name]}")
    for line in lines:
        _print(line)
    agree, cases = sum(agreed.values()), sum(counted.values())
    _print(f"{agree} of {cases} cases agree, {excused} excused")
    return int(agree + excused < cases)


def _print(line: str) -> None:
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    sys.exit(main())
