"""PCs and server killed at any moment, on a line that cuts: no word is lost, none is doubled.

The long storm: `INSPECTOR_CHAOS_SECONDS=600 pytest -m long -s tests/sync/chaos`, and
`INSPECTOR_CHAOS_SEED` to have the same dice again. It kills a server of its own that writes
through to the disk, and everybody exchanges by the command at its end.
"""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from psycopg import conninfo
from sqlalchemy import select

from inspector_app.ledger.ledger import Ledger
from inspector_app.ledger.schema import BUSINESS, business_columns
from inspector_app.sync import conflicts
from inspector_app.sync.exchange import Exchange
from inspector_app.sync.pg import PgTransport
from inspector_app.sync.server import embedded, install, users
from inspector_app.sync.talk import Talk
from tests.helpers.chaos_pc import SCOPE
from tests.sync.chaos.proxy import Proxy
from tests.sync.conftest import SCOPES, VERSION, Cluster, programs

REPO = Path(__file__).resolve().parents[3]
WHO = ("a1", "a2")
SECONDS = 1.0  # and one round at least
LONG_SECONDS = float(os.environ.get("INSPECTOR_CHAOS_SECONDS", "600"))
DISPUTES = "SELECT id FROM sync.conflict"
SEED = int(os.environ.get("INSPECTOR_CHAOS_SEED", "0"))


class Nursery:
    """Where the processes of the PCs come from."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.helpers.chaos_pc"],
            cwd=REPO, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip

    def ask(self, asked: object) -> int:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(asked) + "\n")
        self.process.stdin.flush()
        return int(self.process.stdout.readline())

    def close(self) -> None:
        self.process.communicate(timeout=10)


@dataclass
class Bureau:
    """The server, the line to it, and the folders of the PCs."""

    folder: Path
    cluster: Path
    admin: str
    dsns: dict[str, str]
    proxy: Proxy
    seed: int
    fsync: bool
    nursery: Nursery = field(default_factory=Nursery)
    kills: Counter[str] = field(default_factory=Counter)
    began: dict[str, int] = field(default_factory=dict)
    running: dict[str, int] = field(default_factory=dict)

    def ledger(self, who: str) -> Path:
        return self.folder / who / "ledger.db"

    def start(self, who: str) -> None:
        words = (self.ledger(who), self.dsns[who], self.folder / f"{who}.log", who)
        self.began[who] = self.size(who)
        turn = self.seed * 10_000 + self.kills[who]
        self.running[who] = self.nursery.ask([*map(str, words), str(turn)])

    def size(self, who: str, ending: str = "log") -> int:
        log = self.folder / f"{who}.{ending}"
        return log.stat().st_size if log.exists() else 0

    def let_work(self, who: str) -> None:
        """Until it has stored something since it began."""
        end = time.monotonic() + 60
        while self.size(who) == self.began[who] and time.monotonic() < end:
            self.proxy.wait(0.05)

    def kill(self, who: str) -> None:
        process = self.running.pop(who)
        os.kill(process, signal.SIGKILL)
        assert self.nursery.ask(process) == -9, (self.folder / f"{who}.err").read_text()
        self.kills[who] += 1

    def close(self) -> None:
        for who in list(self.running):
            self.kill(who)
        self.nursery.close()
        self.proxy.close()

    def kill_server(self) -> None:
        """As a power cut of the database's process; it starts again at once."""
        one = embedded._Cluster(self.cluster, programs(VERSION))
        port = json.loads(one.settings.read_text(encoding="utf-8"))["port"]
        one.run(
            "pg_ctl", "-D", str(one.data), "-l", str(one.log), "-w", "-m", "immediate",
            "-o", f"-c port={port} -c fsync={'on' if self.fsync else 'off'}", "restart",
        )  # fmt: skip
        self.kills["server"] += 1

    def ask(self, query: str) -> list[tuple[object, ...]]:
        with psycopg.connect(self.admin, autocommit=True) as connection:
            return connection.execute(query.encode()).fetchall()


@contextmanager
def opened(
    folder: Path, cluster: Path, admin: str, dsns: dict[str, str], *, fsync: bool
) -> Iterator[Bureau]:
    """PCs with empty ledgers behind a bad line to that server."""
    seed = SEED or random.SystemRandom().randrange(1, 100_000)
    proxy = Proxy(int(str(conninfo.conninfo_to_dict(admin)["port"])), seed)
    through = {who: conninfo.make_conninfo(dsn, port=proxy.port) for who, dsn in dsns.items()}
    one = Bureau(folder, cluster, admin, through, proxy, seed, fsync)
    for who in WHO:
        (folder / who).mkdir()
        Ledger.open(one.ledger(who)).close()
    try:
        yield one
    finally:
        one.close()


@pytest.fixture
def bureau(tmp_path: Path, cluster: Cluster) -> Iterator[Bureau]:
    """On the server of the session: it is killed as well and goes on."""
    shared = cluster.copy()
    dsns = {who: shared.of(who) for who in WHO}
    with opened(tmp_path, cluster.folder, shared.dsn, dsns, fsync=False) as one:
        yield one
    cluster.drop(shared)


@pytest.fixture
def durable_bureau(tmp_path: Path) -> Iterator[Bureau]:
    """On a server of its own that writes through to the disk."""
    cluster = Path(tempfile.mkdtemp(prefix="inspector-chaos-"))
    bin_dir = programs(VERSION)
    admin = embedded.start(cluster, bin_dir=bin_dir).dsn
    install.init(admin, SCOPES)
    dsns = {who: users.add_user(admin, who, [users.Grant(SCOPE)]) for who in WHO}
    try:
        with opened(tmp_path, cluster, admin, dsns, fsync=True) as one:
            yield one
    finally:
        embedded.stop(cluster, bin_dir=bin_dir)
        shutil.rmtree(cluster)


def rage(bureau: Bureau, seconds: float) -> None:
    """Kill and cut for so long, in rounds: everybody once a round, in any order."""
    dice = random.Random(bureau.seed)  # noqa: S311  # a test's dice
    end, wait = time.monotonic() + seconds, bureau.proxy.wait
    for who in WHO:
        bureau.start(who)
    while not bureau.kills or time.monotonic() < end:
        for what in dice.sample((*WHO, "server", "lines"), 4):
            if what in WHO:
                bureau.let_work(what)
            wait(dice.uniform(0.1, 1.0))
            if what in WHO:
                bureau.kill(what)
                bureau.start(what)
            elif what == "server":
                bureau.kill_server()
            else:
                bureau.proxy.cut_all()
    for who in WHO:
        bureau.let_work(who)
        bureau.kill(who)


def settle(bureau: Bureau, *, by_command: bool) -> None:
    """The storm is over: each exchanges, in the long storm by the command a person has."""
    bureau.proxy.calm = True
    bureau.proxy.cut_all()
    for who in (*WHO, *WHO):
        if not by_command:
            exchange(bureau, who)
            continue
        words = ["--data", str(bureau.folder / who), "sync", "--once"]
        done = subprocess.run(
            [sys.executable, "-m", "inspector_app", *words, "--dsn", bureau.dsns[who]],
            cwd=REPO, capture_output=True, text=True, timeout=120,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr


def exchange(bureau: Bureau, who: str) -> None:
    ledger, line = Ledger.open(bureau.ledger(who)), PgTransport(bureau.dsns[who])
    assert Exchange(Talk(ledger, line, now=lambda: datetime.now(UTC))).run().unlike == []
    line.close()
    ledger.close()


def words_of(bureau: Bureau) -> list[str]:
    return [
        word
        for who in WHO
        for word in (bureau.folder / f"{who}.log").read_text(encoding="utf-8").split()
    ]


def nothing_is_lost_or_doubled(bureau: Bureau) -> Counter[str]:
    """Every word that was stored on a PC is applied once, or stands in a conflict or a refusal."""
    applied: Counter[str] = Counter()
    for (detail,) in bureau.ask("SELECT detail FROM sync.audit WHERE kind IN ('ins', 'upd')"):
        assert isinstance(detail, dict)
        applied.update(str(new) for _, new in detail.values())
    said = bureau.ask("SELECT theirs::text, mine::text FROM sync.conflict")
    beside = " ".join(str(text) for pair in said for text in pair)
    refused = ""
    for who in WHO:
        ledger = Ledger.open(bureau.ledger(who))
        with ledger.read() as view:
            refused += str([one.ops for one in conflicts.refused(view.connection)])
        ledger.close()
    found: Counter[str] = Counter(commits=0)
    for word in words_of(bureau):
        here = (applied[word] > 0, word in beside, word in refused)
        assert any(here), f"{word} is lost"
        assert applied[word] <= 1, f"{word} was applied {applied[word]} times"
        found["commits"] += 1
        found[("applied", "disputed", "refused")[here.index(True)]] += 1
    return found


def all_agree(bureau: Bureau) -> None:
    there = {
        (str(t), str(row_id)): data
        for t, row_id, data in bureau.ask("SELECT t, id, data FROM sync.row WHERE NOT gone")
    }
    for who in WHO:
        ledger = Ledger.open(bureau.ledger(who))
        with ledger.read() as view:
            here = {
                (table.name, row["id"]): dict(row)
                for table in BUSINESS
                for row in view.connection.execute(select(*business_columns(table))).mappings()
            }
        assert here == there, who
        assert ledger.check() == [], who
        ledger.close()
    assert bureau.ask("SELECT * FROM sync.verify()") == []
    assert bureau.ask("SELECT set_id, place FROM sync.audit WHERE kind IN ('ins', 'upd', 'del')"
                      " GROUP BY 1, 2 HAVING count(*) > 1") == []  # fmt: skip


def storm(bureau: Bureau, seconds: float, *, by_command: bool) -> Counter[str]:
    sys.stdout.write(f"\nINSPECTOR_CHAOS_SEED={bureau.seed}\n")
    rage(bureau, seconds)
    settle(bureau, by_command=by_command)
    found = nothing_is_lost_or_doubled(bureau)
    all_agree(bureau)
    figures = {"lost": 0, "doubled": 0, **found, "conflicts": len(bureau.ask(DISPUTES))}
    figures |= {f"kills of {who}": n for who, n in bureau.kills.items()}
    figures["pushed twice"] = sum(bureau.size(who, "twice") for who in WHO)
    for name in ("lines", "slow", "cuts", "resets"):
        figures[name] = getattr(bureau.proxy, name)
    sys.stdout.write(f"{figures}\n")
    return found


def test_nothing_is_lost_in_a_short_storm(bureau: Bureau) -> None:
    assert storm(bureau, SECONDS, by_command=False)["commits"] > 5
    assert all(bureau.kills[name] for name in (*WHO, "server"))
    assert bureau.proxy.cuts + bureau.proxy.resets > 0  # a line that holds proves nothing


@pytest.mark.long
def test_nothing_is_lost_in_a_long_storm(durable_bureau: Bureau) -> None:
    found = storm(durable_bureau, LONG_SECONDS, by_command=True)
    assert found["commits"] > 100
    assert min(durable_bureau.kills[name] for name in (*WHO, "server")) > LONG_SECONDS / 60
    assert min(durable_bureau.proxy.cuts, durable_bureau.proxy.resets) > LONG_SECONDS / 60
    assert durable_bureau.ask(DISPUTES)
