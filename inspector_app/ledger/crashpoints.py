"""Named points where a test kills the process, to prove that committed work survives.

INSPECTOR_CRASH_AT=name (or name:3 for the third time) kills there without any clean-up;
INSPECTOR_CRASH_LOG=file notes every point reached. In the office neither is set.
"""

import os
import signal
from collections import Counter

POINTS = (
    "work_begun",
    "rows_written",
    "after_pack",
    "before_commit",
    "after_commit",
    "file_written",
    "file_synced",
    "file_renamed",
)
# While a ledger is encrypted, decrypted or given another key.
REWRITING = (
    "file_sealed",
    "rewrite_begun",
    "rewrite_copied",
    "key_written",
    "rewrite_ready",
    "rewrite_replaced",
    "key_kept",
    "files_aside",
    "files_swapped",
)

_passed: Counter[str] = Counter()


def reach(name: str) -> None:
    """Say that the program stands at the point `name`."""
    log = os.environ.get("INSPECTOR_CRASH_LOG")
    wanted = os.environ.get("INSPECTOR_CRASH_AT")
    if not log and not wanted:
        return
    _passed[name] += 1
    if log:
        with open(log, "a", encoding="utf-8") as file:
            file.write(f"{name}\n")
    if wanted in (f"{name}:{_passed[name]}", name):
        os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
