"""Start of the program: hands the command line to app; a bug is answered so that scripts see it."""

import json
import sys
from types import TracebackType

from inspector_app.app import main as run
from inspector_app.turns import take_turns


def main() -> int:
    """Entry point of `inspector-app`."""
    take_turns()
    if "--json" in sys.argv:
        sys.excepthook = answer_bug
    return run()


def answer_bug(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    """A bug ends with its traceback on stderr and exit code 1; `--json` still gets its document."""
    body = {"kind": "bug", "message": f"程序出错：{kind.__name__}", "field": ""}
    sys.stdout.write(json.dumps({"error": body}, ensure_ascii=False) + "\n")
    sys.__excepthook__(kind, error, trace)


if __name__ == "__main__":
    sys.exit(main())
