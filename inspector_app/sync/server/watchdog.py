"""Ends a server when the program that started it dies without a word, by kill -9 too."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# The pipe closes when we die, however we die. Our server may have been started anew meanwhile, and
# may not quite be up yet: who it is stands in its folder, now or within ten seconds.
_WATCH = """
read -r word && [ "$word" = done ] && exit
tries=0
while [ $tries -lt 100 ]; do
    pid=$(head -n 1 "$0/data/postmaster.pid" 2>/dev/null)
    [ -n "$pid" ] && break
    [ -d "$0/data" ] || break
    tries=$((tries + 1)); sleep 0.1
done
[ -n "$pid" ] && kill -QUIT "$pid" 2>/dev/null
while [ -n "$pid" ] && kill -0 "$pid" 2>/dev/null; do sleep 0.1; done
rm -rf "$0"
"""


@contextmanager
def dies_with_us(folder: Path) -> Iterator[None]:
    """While inside: should this process be killed, the server of the folder ends and the folder
    goes. On Windows nothing watches: there the folder's server is found and used again."""
    if os.name != "posix":
        yield
        return
    watcher = subprocess.Popen(  # noqa: S603  # a script of our own
        ["/bin/sh", "-c", _WATCH, str(folder)],
        stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        start_new_session=True,
    )  # fmt: skip
    try:
        yield
    finally:
        watcher.communicate(b"done\n")
