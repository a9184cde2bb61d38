"""Fails when tests miss lines: domain and papers must be covered whole, the rest to 90 %."""

import json
import sys
from collections import defaultdict
from pathlib import Path

WHOLE = ("domain", "papers")
FLOOR = 90.0


def shelf_of(name: str) -> str:
    """The folder below inspector_app a file belongs to; "" for app.py and its neighbours."""
    parts = Path(name).parts
    inner = parts[parts.index("inspector_app") + 1 :]
    return inner[0] if len(inner) > 1 else ""


def problems(files: dict[str, dict[str, object]]) -> list[str]:
    """What keeps the gate shut."""
    found = []
    lines: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for name, report in sorted(files.items()):
        summary = report["summary"]
        shelf = shelf_of(name)
        lines[shelf][0] += summary["covered_lines"]
        lines[shelf][1] += summary["covered_lines"] + summary["missing_lines"]
        if shelf in WHOLE and report["missing_lines"]:
            missing = ", ".join(str(line) for line in report["missing_lines"])
            found.append(f"{name}: lines {missing} are never run by a test")
    for shelf, (covered, total) in sorted(lines.items()):
        share = 100.0 * covered / total if total else 100.0
        sys.stdout.write(f"{shelf or 'app':10} {share:6.2f} % of {total} lines\n")
        if share < FLOOR:
            found.append(f"{shelf or 'app'}: {share:.2f} % is below {FLOOR:.0f} %")
    return found


def main() -> int:
    """0 when every shelf is covered as it must be."""
    report = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    found = problems(report["files"])
    sys.stdout.writelines(f"{line}\n" for line in found)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
