"""A CUPS of the test's own with the PDF printer of Debian, on loopback, ended with the tests."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

QUEUE = "inspector"
PPD = Path("/usr/share/ppd/cups-pdf/CUPS-PDF_opt.ppd")
CONF = """Listen 127.0.0.1:{port}
DefaultAuthType None
WebInterface No
Browsing Off
LogLevel warn
<Location />
  Order allow,deny
  Allow from 127.0.0.1
</Location>
<Location /admin>
  Order allow,deny
  Allow from 127.0.0.1
</Location>
<Policy default>
  <Limit All>
    Order deny,allow
  </Limit>
</Policy>
"""
FILES = """ServerRoot {root}/conf
RequestRoot {root}/spool
CacheDir {root}/cache
StateDir {root}/state
TempDir {root}/tmp
AccessLog {root}/log/access
ErrorLog {root}/log/error
PageLog {root}/log/page
Sandboxing relaxed
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int, seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    pytest.fail("cupsd does not answer")


@pytest.fixture(scope="session")
def queue() -> Iterator[str]:
    """The name of a print queue whose pages land in the user's PDF folder."""
    # Not below pytest's folders: filters run as user lp, and pytest keeps those to itself.
    root = Path(tempfile.mkdtemp(prefix="cups-"))
    root.chmod(0o755)
    for part in ("conf", "spool", "cache", "state", "tmp", "log"):
        (root / part).mkdir()
    (root / "tmp").chmod(0o1777)
    port = free_port()
    conf, files = root / "conf" / "cupsd.conf", root / "conf" / "cups-files.conf"
    conf.write_text(CONF.format(port=port))
    files.write_text(FILES.format(root=root))
    server = subprocess.Popen(
        ["/usr/sbin/cupsd", "-f", "-c", str(conf), "-s", str(files)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    before = os.environ.get("CUPS_SERVER")
    os.environ["CUPS_SERVER"] = f"127.0.0.1:{port}"
    try:
        wait_for(port)
        subprocess.run(
            ["lpadmin", "-p", QUEUE, "-E", "-v", "cups-pdf:/", "-P", str(PPD)],
            check=True,
            capture_output=True,
        )
        yield QUEUE
    finally:
        server.terminate()
        server.wait(10)
        shutil.rmtree(root, ignore_errors=True)
        if before is None:
            del os.environ["CUPS_SERVER"]
        else:
            os.environ["CUPS_SERVER"] = before


@pytest.fixture
def received() -> Iterator["Received"]:
    """What the printer received since the test began; taken away afterwards."""
    tray = Received(Path(pwd.getpwuid(os.getuid()).pw_dir) / "PDF")
    yield tray
    tray.clear()


class Received:
    """The folder cups-pdf writes to."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._new = folder, not folder.exists()
        self._known = self._there()

    def _there(self) -> set[tuple[Path, int]]:
        """Files with their time: a job may take the name of an older one."""
        return {(path, path.stat().st_mtime_ns) for path in self._folder.glob("*.pdf")}

    def _fresh(self) -> list[Path]:
        return sorted(path for path, _ in self._there() - self._known)

    def one(self, seconds: float = 60) -> Path:
        """The one file that has come when the queue has done its job."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            # The backend writes a blank file first: only the end of the job says it is whole.
            if not _waiting() and (fresh := self._fresh()):
                return fresh[0]
            time.sleep(0.2)
        pytest.fail("nothing came out of the printer")

    def clear(self) -> None:
        """Take away what this test printed."""
        for path in self._fresh():
            path.unlink()
        if self._new and self._folder.exists() and not any(self._folder.iterdir()):
            shutil.rmtree(self._folder)


def _waiting() -> bool:
    """Whether a job is still on its way."""
    told = subprocess.run(["lpstat", "-o", QUEUE], capture_output=True, text=True, check=True)
    return bool(told.stdout.strip())
