"""PCs and server killed at any moment, on a line that cuts: no word is lost, none is doubled."""

import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
import pytest
from psycopg import conninfo
from sqlalchemy import select

from inspector_app.ledger.ledger import Ledger
from inspector_app.ledger.schema import BUSINESS, business_columns
from inspector_app.sync import conflicts
from inspector_app.sync.server import embedded, install, users
from tests.helpers.chaos_pc import SCOPE
from tests.sync.chaos.proxy import Proxy
from tests.sync.conftest import SCOPES, VERSION, programs

REPO = Path(__file__).resolve().parents[3]
WHO = ("a1", "a2")
SECONDS = 4.0
LONG_SECONDS = float(os.environ.get("INSPECTOR_CHAOS_SECONDS", "600"))
SEED = int(os.environ.get("INSPECTOR_CHAOS_SEED", "0"))


@dataclass
class Bureau:
    """The server, the line to it, and the folders of the PCs."""

    folder: Path
    cluster: Path
    admin: str
    dsns: dict[str, str]
    proxy: Proxy
    seed: int
    kills: Counter[str] = field(default_factory=Counter)
    began: dict[str, int] = field(default_factory=dict)
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def ledger(self, who: str) -> Path:
        return self.folder / who / "ledger.db"

    def start(self, who: str) -> None:
        words = (self.ledger(who), self.dsns[who], self.folder / f"{who}.log", who)
        self.began[who] = self.size(who)
        turn = str(self.seed * 10_000 + self.kills[who])
        with (self.folder / f"{who}.err").open("ab") as said:
            self.running[who] = subprocess.Popen(
                [sys.executable, "-m", "tests.helpers.chaos_pc", *map(str, words), turn],
                cwd=REPO,
                stderr=said,
            )

    def size(self, who: str) -> int:
        log = self.folder / f"{who}.log"
        return log.stat().st_size if log.exists() else 0

    def let_work(self, who: str) -> None:
        """Until it has stored something since it began."""
        end = time.monotonic() + 60
        while self.size(who) == self.began[who] and time.monotonic() < end:
            self.proxy.wait(0.05)

    def kill(self, who: str) -> None:
        self.running[who].kill()
        assert self.running[who].wait(10) == -9, (self.folder / f"{who}.err").read_text()
        self.kills[who] += 1

    def kill_server(self) -> None:
        """As a power cut of the database's process; it starts again at once."""
        one = embedded._Cluster(self.cluster, programs(VERSION))
        port = json.loads(one.settings.read_text(encoding="utf-8"))["port"]
        one.run(
            "pg_ctl", "-D", str(one.data), "-l", str(one.log), "-w", "-m", "immediate",
            "-o", f"-c port={port}", "restart",
        )  # fmt: skip
        self.kills["server"] += 1

    def ask(self, query: str) -> list[tuple[object, ...]]:
        with psycopg.connect(self.admin, autocommit=True) as connection:
            return connection.execute(query.encode()).fetchall()


@pytest.fixture
def bureau(tmp_path: Path) -> Iterator[Bureau]:
    cluster = Path(tempfile.mkdtemp(prefix="inspector-chaos-"))
    bin_dir = programs(VERSION)
    seed = SEED or random.SystemRandom().randrange(1, 100_000)
    admin = embedded.start(cluster, bin_dir=bin_dir).dsn
    install.init(admin, SCOPES)
    dsns = {who: users.add_user(admin, who, [users.Grant(SCOPE)]) for who in WHO}
    port = int(str(conninfo.conninfo_to_dict(admin)["port"]))
    proxy = Proxy(port, seed)
    through = {who: conninfo.make_conninfo(dsn, port=proxy.port) for who, dsn in dsns.items()}
    one = Bureau(tmp_path, cluster, admin, through, proxy, seed)
    for who in WHO:
        (tmp_path / who).mkdir()
        Ledger.open(one.ledger(who)).close()
    yield one
    for process in one.running.values():
        process.kill()
        process.wait(10)
    proxy.close()
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


def settle(bureau: Bureau) -> None:
    """The storm is over: each exchanges by the command a person has."""
    bureau.proxy.calm = True
    bureau.proxy.cut_all()
    for who in (*WHO, *WHO):
        words = ["--data", str(bureau.folder / who), "sync", "--once"]
        done = subprocess.run(
            [sys.executable, "-m", "inspector_app", *words, "--dsn", bureau.dsns[who]],
            cwd=REPO, capture_output=True, text=True, timeout=120,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr


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


def storm(bureau: Bureau, seconds: float) -> Counter[str]:
    sys.stdout.write(f"\nINSPECTOR_CHAOS_SEED={bureau.seed}\n")
    rage(bureau, seconds)
    settle(bureau)
    found = nothing_is_lost_or_doubled(bureau)
    all_agree(bureau)
    figures = dict(found) | {f"kills of {who}": n for who, n in bureau.kills.items()}
    figures |= {"lines": bureau.proxy.lines, "cuts": bureau.proxy.cuts}
    sys.stdout.write(f"{figures}\n")
    return found


def test_nothing_is_lost_in_a_short_storm(bureau: Bureau) -> None:
    assert storm(bureau, SECONDS)["commits"] > 5
    assert all(bureau.kills[name] for name in (*WHO, "server"))


@pytest.mark.long
def test_nothing_is_lost_in_a_long_storm(bureau: Bureau) -> None:
    assert storm(bureau, LONG_SECONDS)["commits"] > 100
