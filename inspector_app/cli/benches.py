"""What `bench` measures: each shelf brings its own floor, the window is timed from outside."""

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from time import perf_counter

from inspector_app.cli.parts import Parts
from inspector_app.domain.cases import Case, Source, Stage
from inspector_app.domain.inspections import Evidence
from inspector_app.domain.office import Inspector
from inspector_app.domain.papers import Paper, PaperState, Value
from inspector_app.domain.terms import compute
from inspector_app.errors import OutsideError
from inspector_app.ledger import bench as ledger_bench
from inspector_app.ledger.engine import connect
from inspector_app.ledger.files import FileStore
from inspector_app.ledger.ids import new_id
from inspector_app.ledger.ledger import Ledger
from inspector_app.papers import bench as papers_bench
from inspector_app.papers.render import render
from inspector_app.services import clocks_bench
from inspector_app.services.batch import draft_meeting, issue_all
from inspector_app.services.binder import bind_case
from inspector_app.services.cases import CaseForm, new_case
from inspector_app.services.desk import Desk
from inspector_app.services.papers import context
from inspector_app.services.settings import inspectors, save, save_inspector
from inspector_app.sheets import bench as sheets_bench
from inspector_app.sheets.ledger_out import write_case_ledger
from inspector_app.sheets.lines_out import CaseLine, LedgerHead

DAY = date(2026, 9, 28)
CASES = 1000
MEETING: Mapping[str, Value] = {
    "attendee": "法定代表人（负责人）或者项目负责人",
    "interview_date": date(2026, 10, 13),
    "interview_time": "09:30",
    "place": "演示会议室",
    "explain_by": date(2026, 10, 12),
}
FIRST_PAGE = """
import sys
from datetime import date
from functools import partial
from pathlib import Path
from inspector_app import app, app_window
data = Path(sys.argv[1])
app_window.first_page(partial(app.make_desk, data, today=date.fromisoformat(sys.argv[2])), data)
"""
EMPTY_WINDOW = """
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication([])
window = QMainWindow()
window.show()
app.processEvents()
"""
OFFSCREEN = {"QT_QPA_PLATFORM": "offscreen"}


@dataclass(frozen=True, slots=True)
class Measured:
    """Seconds for `n` of something, of the floor for the same; calls of a server and beats of a
    window's loop, if any."""

    n: int
    seconds: float
    floor: float
    calls: int | None = None
    beats: Mapping[str, Mapping[str, float]] | None = None


@dataclass(frozen=True, slots=True)
class Bench:
    """One measurement and how much it usually takes on."""

    usual: int
    run: Callable[[Parts, Path, int], Measured]


def best(work: Callable[[], object], times: int = 5) -> float:
    """The shortest of several runs: what else the machine does only ever adds."""
    shortest = float("inf")
    for _ in range(times):
        start = perf_counter()
        work()
        shortest = min(shortest, perf_counter() - start)
    return shortest


def invented_lines(count: int) -> list[CaseLine]:
    """Ledger lines, all made up."""
    return [
        CaseLine(
            case_id=f"{number:08d}",
            case_no=f"演示〔2026〕{number}号",
            county="湛河区",
            employer_name=f"演示第{number}建筑劳务有限公司",
            source=Source.VISIT,
            stage=Stage.RECTIFICATION,
            cause="拖欠农民工工资",
            project_name=f"演示第{number % 40}标段",
            filed_on=DAY - timedelta(days=number % 200),
            workers=number % 30 + 1,
            amount_fen=1_000_000 + number * 137,
            owing_fen=1_000_000 + number * 137,
            lead_name="演示李明",
        )
        for number in range(1, count + 1)
    ]


def head() -> LedgerHead:
    """The head of an invented ledger."""
    return LedgerHead("案件台账", "演示监察局", DAY, demo=True)


def export(_parts: Parts, folder: Path, count: int) -> Measured:
    """Write a ledger workbook; floor: the same values without any format."""
    found = sheets_bench.bench_export(invented_lines(count), head(), folder)
    return Measured(found.rows, found.seconds, found.floor)


def intake(_parts: Parts, folder: Path, count: int) -> Measured:
    """Read a ledger workbook as an import does; floor: the bare reader."""
    path = folder / "ledger.xlsx"
    write_case_ledger(path, invented_lines(count), head(), masked=False)
    found = sheets_bench.bench_import(path, DAY)
    return Measured(found.rows, found.seconds, found.floor)


def of_ledger(
    measure: Callable[[Path, int], ledger_bench.Figures],
) -> Callable[[Parts, Path, int], Measured]:
    """A measurement the ledger brings itself."""

    def run(_parts: Parts, folder: Path, count: int) -> Measured:
        found = measure(folder, count)
        return Measured(found["n"], found["seconds"], found["floor_seconds"])

    return run


def filled_ledger(path: Path, count: int) -> None:
    """A ledger with that many invented cases."""
    ledger = Ledger.open(path)
    employer, cases = ledger_bench.invented(count)
    at = datetime.combine(DAY, datetime.min.time(), UTC)
    with ledger.work("演示数据", actor="演示", at=at) as uow:
        uow.add_all([employer, *cases])
        uow.commit()
    ledger.close()


def ledger_open(_parts: Parts, folder: Path, count: int) -> Measured:
    """Open a ledger and read its head; floor: SQLite opens the same file and reads one row."""
    path = folder / "ledger.db"
    filled_ledger(path, count)

    def ours() -> None:
        ledger = Ledger.open(path)
        ledger.head()
        ledger.close()

    def floor() -> None:
        raw = connect(path, None, read_only=True, busy_ms=0)
        raw.execute("SELECT count(*) FROM meta").fetchall()
        raw.close()

    return Measured(count, best(ours), best(floor))


def orders(parts: Parts, _folder: Path, count: int) -> Measured:
    """Set a one-page order, warm, seconds of one; floor: the same characters on a bare page."""
    with parts.scratch(DAY) as desk:
        kind = desk.library.kinds["rectification_order"]
        found = papers_bench.one_page_order(kind, context(desk), desk.fonts(), count)
    return Measured(count, found["seconds"], found["floor_seconds"])


def notices(parts: Parts, folder: Path, count: int) -> Measured:
    """Call so many units to one meeting: the drafts, then number, page and archive of each; floor:
    the same characters on bare pages, each stored and synced to disk."""
    with parts.scratch(DAY) as desk:
        people = [_an_inspector(desk, name) for name in ("演示李明", "演示赵强")]
        save(desk, {"address": "演示路1号", "phone": "0375-0000000", "contact": "演示李明"})
        cases = [_a_case(desk, number, people).id for number in range(1, count + 1)]
        issue_all(desk, [draft_meeting(desk, cases[:1], MEETING)[0].id])  # warms fonts and widths
        start = perf_counter()
        done = issue_all(desk, [paper.id for paper in draft_meeting(desk, cases, MEETING)])
        seconds = perf_counter() - start
        if done.stopped or len(done.papers) != count:
            raise OutsideError(f"测量没有完成：{done.stopped}", kind="bench")
        store, text = FileStore(folder / "floor"), str(MEETING) * 4
        start = perf_counter()
        for number in range(count):
            store.put(papers_bench.bare(f"{number}{text}", desk.fonts()))
        return Measured(count, seconds, perf_counter() - start)


def binder(parts: Parts, folder: Path, count: int) -> Measured:
    """Bind a case file of so many pages, every fifth a photo of 12 million pixels; floor: the
    bound pages copied one by one into a new file."""
    with parts.scratch(DAY) as desk:
        people = [_an_inspector(desk, name) for name in ("演示李明", "演示赵强")]
        case = _a_case(desk, 1, people)
        _fill(desk, case.id, count)
        out = folder / "case.pdf"
        seconds = best(lambda: bind_case(desk, case.id, out), 3)
        pages = out.read_bytes()
        return Measured(count, seconds, best(lambda: papers_bench.joined(pages), 3))


def _fill(desk: Desk, case_id: str, count: int) -> None:
    """Papers of one page each and photos, stored as if they had been issued and attached."""
    kind = desk.library.kinds["rectification_order"]
    values = papers_bench.short_values(kind)
    photos = set(range(4, count, 5))
    with desk.work("测量") as uow:
        for number in range(count):
            if number in photos:
                kept = desk.files.put(papers_bench.photo(number))
                name = f"{number}.jpg"
                uow.add(Evidence(new_id(), kept, name, "image/jpeg", 0, DAY, case_id=case_id))
                continue
            page = render(
                kind, values | {"facts": f"第 {number} 份，演示。"}, context(desk), desk.fonts()
            )
            uow.add(
                Paper(
                    new_id(), case_id, kind.id, kind.version, PaperState.ISSUED, "{}",
                    number=f"演示令字第{number}号", issued_on=DAY,
                    sha256=desk.files.put(page.pdf), pages=page.pages,
                )
            )  # fmt: skip
        uow.commit()


def _an_inspector(desk: Desk, name: str) -> str:
    save_inspector(desk, Inspector("", name, desk.city, desk.city, f"演示{name}证号"))
    return next(one.id for one in inspectors(desk) if one.name == name)


def _a_case(desk: Desk, number: int, people: list[str]) -> Case:
    form = CaseForm(
        employer=f"演示第{number}建筑劳务有限公司",
        scope=desk.city,
        source=Source.VISIT,
        cause="拖欠农民工工资",
        received_on=DAY,
        project=f"演示第{number % 40}标段",
        workers=number % 30 + 1,
        amount_fen=1_000_000 + number * 137,
        lead_id=people[0],
        assist_id=people[1],
    )
    return new_case(desk, form)


def terms(parts: Parts, _folder: Path, count: int) -> Measured:
    """Due dates with their reasons, over all terms and many start days; floor: add days to a date
    and write both out."""
    library = parts.library()
    settings = {key: spec.default for key, spec in library.settings.items()}
    chosen = [one for one in library.chosen_terms(settings).values() if one.length]
    starts = [DAY - timedelta(days=number * 37 % 2600) for number in range(count)]
    asked = [(chosen[number % len(chosen)], start) for number, start in enumerate(starts)]

    def ours() -> None:
        for term, start in asked:
            compute(term, start, library.calendar)

    def floor() -> None:
        for term, start in asked:
            end = start + timedelta(days=term.length or 0)
            f"{start}，{end.year}年{end.month}月{end.day}日"

    return Measured(count, best(ours, 3), best(floor, 3))


def case_clocks(parts: Parts, _folder: Path, count: int) -> Measured:
    """All clocks of a case on which nearly everything has happened, for `count` cases at the pace
    of the quickest; floor: add days to as many dates and write them out."""
    ours, floor = clocks_bench.case_clocks(parts.library())
    return Measured(count, count * best(ours, count), count * best(floor, count))


def first_window(_parts: Parts, folder: Path, count: int) -> Measured:
    """From the start of the interpreter to the first page with its rows, on `count` cases;
    floor: Python and Qt alone show an empty window."""
    data = folder / "data"
    filled_ledger(data / "ledger.db", count)
    ours = [sys.executable, "-c", FIRST_PAGE, str(data), str(DAY)]
    floor = [sys.executable, "-c", EMPTY_WINDOW]
    return Measured(count, best(lambda: child(ours), 3), best(lambda: child(floor), 3))


def child(words: list[str], told: str = "") -> str:
    """Run a program without a screen to its end, with that on its stdin; what it wrote."""
    done = subprocess.run(  # noqa: S603 - our own program and Python, no input from outside
        words,
        env=OFFSCREEN | os.environ,
        input=told,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise OutsideError(f"测量没有完成：{done.stderr.strip()[-400:]}", kind="bench")
    return done.stdout


BENCHES: Mapping[str, Bench] = {
    "orders": Bench(20, orders),
    "notices": Bench(200, notices),
    "binder": Bench(100, binder),
    "terms": Bench(100_000, terms),
    "case-clocks": Bench(200, case_clocks),
    "ledger-open": Bench(CASES, ledger_open),
    "ledger-insert": Bench(CASES, of_ledger(ledger_bench.insert)),
    "ledger-first-page": Bench(CASES, of_ledger(ledger_bench.first_page)),
    "ledger-save": Bench(200, of_ledger(ledger_bench.save)),
    "ledger-encrypted": Bench(CASES, of_ledger(ledger_bench.encrypted)),
    "first-window": Bench(CASES, first_window),
    "import": Bench(5000, intake),
    "export": Bench(5000, export),
}
