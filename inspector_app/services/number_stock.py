"""Numbers held on lease: which series this PC keeps in stock, how many are left, fetching more."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from inspector_app.domain.county_series import own_series
from inspector_app.domain.numbering import Restart, Sharing
from inspector_app.errors import OutsideError, UserError
from inspector_app.ledger.rows import Rows
from inspector_app.ledger.unit import UnitOfWork
from inspector_app.services.desk import Desk
from inspector_app.services.settings import settings_in
from inspector_app.services.templates import forms_of
from inspector_app.sync import memory
from inspector_app.sync.numbers import leases
from inspector_app.sync.numbers.lease_round import NumberPost, Stock, fetch
from inspector_app.sync.numbers.leases import NumbersOut
from inspector_app.sync.numbers.number_line import NumberLine, Series

__all__ = ["NumbersOut"]

PAPER, CASE, CLUE = "paper", "case", "clue"
RUNNING_YEAR = 0
NEXT_YEAR_FROM = (12, 15)  # from this day on the numbers of the next year are held as well
LOW = 3
_OLD_COPY = "台账像是从旧副本恢复的，旧号可能已经用过；请先同步一次，再编号。"


@dataclass(frozen=True, slots=True)
class Office:
    """Who numbers: the scope its registers belong to and its 机关代字."""

    scope: str
    org: str


# ── whose register ───────────────────────────────────────────────────────────────────────────────
def office_of(desk: Desk, settings: Mapping[str, str], scope: str) -> Office:
    """The office whose register a matter of this scope is numbered in."""
    own = own_series(settings["county_series"])
    if scope in own:
        return Office(scope, own[scope])
    return Office(desk.city, settings["org_char"])


# ── taking ───────────────────────────────────────────────────────────────────────────────────────
@dataclass
class Mark:
    """Writes, once all is durable, how many numbers were taken (see sync.numbers.leases)."""

    desk: Desk
    drawn: int = 0
    taken: int = 0

    def __call__(self) -> None:
        try:
            leases.write_mark(self.desk.ledger.path, self.drawn)
        except OSError:
            return  # a mark that lags behind does no harm


def take(desk: Desk, uow: UnitOfWork, series: Series) -> int | None:
    """The smallest number on lease; None where this ledger numbers by itself."""
    connection = uow.connection
    if not leases.mode(connection):
        return None
    if leases.is_older_copy(connection, leases.read_mark(desk.ledger.path)):  # nobody else writes
        raise UserError(_OLD_COPY, kind="old_copy")
    mark = next((one for one in uow.after if isinstance(one, Mark)), None)
    if mark is None:
        mark = Mark(desk)
        uow.after.append(mark)
    try:
        no = leases.take(connection, series)
    except NumbersOut as out:
        more = mark.taken + (20 if mark.taken else 1)
        raise NumbersOut({series: more}, online=leases.mode(connection) == leases.ONLINE) from out
    mark.drawn, mark.taken = int(memory.get(connection, leases.DRAWN, 0)), mark.taken + 1
    leases.note_used(connection, series)
    return no


def require(desk: Desk, needs: Mapping[Series, int]) -> None:
    """Refuse work that will take more numbers than are held, before any of it is done."""
    known = leases.read_mark(desk.ledger.path)
    with desk.ledger.read() as view:
        connection = view.connection
        how = leases.mode(connection)
        if not how:
            return
        if leases.is_older_copy(connection, known):
            raise UserError(_OLD_COPY, kind="old_copy")
        held = leases.free(connection)
    lacking = {one: count for one, count in needs.items() if len(held.get(one, ())) < count}
    if lacking:
        raise NumbersOut(lacking, online=how == leases.ONLINE)


def get_more(desk: Desk, line: NumberLine, needs: Mapping[Series, int]) -> None:
    """Fetch what is needed over the line, now; where a stock is kept, up to that."""
    with desk.ledger.read() as view:
        keeps = leases.mode(view.connection) == leases.LEASED
        settings = settings_in(desk, view)
    for series, count in needs.items():
        full = size_of(settings, series[1]) if keeps else 0
        try:
            fetch(desk.ledger, line, series, max(count, full), desk.actor, desk.now())
        except OutsideError as error:
            if error.kind != "rights":
                raise
            words = (
                f"这个账号取不到{series_words(desk, series)}：请管理员给它加上辖区 {series[0]}。"
            )
            raise OutsideError(words, kind="rights") from error


# ── the stock ────────────────────────────────────────────────────────────────────────────────────
@dataclass(frozen=True, slots=True)
class Wanted:
    """What this PC holds as the bureau chose it; asked after all else was received."""

    desk: Desk

    def __call__(self, rows: Rows, scopes: frozenset[str], how: str) -> Stock:
        """Of every series in use in its office, and of what it numbers in."""
        today = self.desk.today()
        if how != leases.LEASED or memory.get(rows.connection, leases.RETIRED, False):
            return Stock(today, {})
        settings = settings_in(self.desk, rows)
        wanted = {
            (scope, name, year): size_of(settings, name)
            for scope, name in self._in_use(rows, settings, scopes, today)
            for year in _years(settings, name, today)
        }
        return Stock(today, {one: count for one, count in wanted.items() if count})

    def _in_use(
        self, rows: Rows, settings: Mapping[str, str], scopes: frozenset[str], today: date
    ) -> set[tuple[str, str]]:
        home = self._home(settings, scopes)
        recent = (RUNNING_YEAR, today.year - 1, today.year)
        found = leases.series_in_use(rows.connection, home, recent)
        found |= {(scope, name) for scope in home for name in (CASE, CLUE)}
        mine = leases.used_here(rows.connection)
        found |= {one for one, year in mine.items() if year in recent and one[0] in scopes}
        together = settings["paper_series"] == Sharing.SHARED.label
        return {
            (scope, name)
            for scope, name in found
            if name in (CASE, CLUE) or (name == PAPER) == together
        }

    def _home(self, settings: Mapping[str, str], scopes: frozenset[str]) -> set[str]:
        own = {code for code in own_series(settings["county_series"]) if code in scopes}
        if len(own) == 1 and len(scopes - {self.desk.city}) == 1:
            return own
        return {self.desk.city} & scopes


def size_of(settings: Mapping[str, str], series: str) -> int:
    """How many numbers of a series are held where one is."""
    key = "case_number_stock" if series in (CASE, CLUE) else "number_stock"
    return int(settings[key] or 0)


def _years(settings: Mapping[str, str], series: str, today: date) -> tuple[int, ...]:
    running = settings["paper_restart"] == Restart.RUNNING.label
    if running and series not in (CASE, CLUE):
        return (RUNNING_YEAR,)
    soon = (today.month, today.day) >= NEXT_YEAR_FROM
    return (today.year, today.year + 1) if soon else (today.year,)


def post_of(desk: Desk) -> NumberPost:
    """What an exchange is to keep in stock here."""
    return NumberPost(Wanted(desk))


def series_words(desk: Desk, series: Series) -> str:
    """责令改正决定书 or 案号: what a series numbers, with the county that numbers by itself.

    Kinds are called as the bureau calls them, as far as its forms were read (`forms_of`).
    """
    scope, name, _ = series
    words = {CASE: "案号", CLUE: "线索号", PAPER: "文书"}.get(name)
    kinds = {kind.series: kind.id for kind in desk.library.kinds.values() if kind.series}
    where = desk.library.divisions.get(scope)
    own = f"（{where.name}）" if where is not None and scope != desk.city else ""
    return (words or desk.library.title(kinds.get(name, name))) + own


def twin_words(desk: Desk, series: Series, no: int) -> str:
    """What is said of a number that two PCs had used before they met."""
    year = f"{series[2]} 年" if series[2] else ""
    name = series_words(desk, series)
    return f"{name}{year}第 {no} 号在接入共享库以前两台电脑都用过，两份都保留，请核对。"


def retire(desk: Desk, *, on: bool) -> None:
    """Give back all numbers at the next exchange and hold none, or hold them again."""
    with desk.work("交还预留号" if on else "恢复预留号") as uow:
        memory.put(uow.connection, leases.RETIRED, True if on else None)
        if on:
            for one in leases.every(uow.connection):
                leases.give_back(uow.connection, one.series, [one.no], leases.REUSE)
        uow.commit()


@dataclass(frozen=True, slots=True)
class Held:
    """How numbers stand at this PC: the way they are given out, and what is left of each series."""

    mode: str
    retired: bool
    left: dict[Series, int]
    older_copy: bool
    few: dict[Series, int]  # from here on a series runs low

    def low(self) -> int | None:
        """The fewest numbers left of a series that runs low here; None while none does."""
        if self.mode != leases.LEASED or self.retired:
            return None
        return min((n for one, n in self.left.items() if n <= self.few[one]), default=None)

    def low_of(self, series: Series | None) -> str:
        """What is to be said before a number of the series is taken; empty when nothing is."""
        if series is None or not self.mode:
            return ""
        if self.mode == leases.ONLINE:
            return "字号制发时向共享库取，要连着网络。"
        left = self.left.get(series, 0)
        if left > self.few.get(series, LOW):
            return ""
        return f"本机预留号剩 {left} 个，" + ("用完要联网取。" if left else "要连着网络取一个。")


def held(desk: Desk) -> Held:
    """What is left here, series of this year this PC numbers in included that have none."""
    year, known = desk.today().year, leases.read_mark(desk.ledger.path)
    with desk.ledger.read() as view:
        connection = view.connection
        settings = settings_in(desk, view)
        forms_of(desk, view)  # what the bureau calls its kinds
        left = {one: len(nos) for one, nos in leases.free(connection).items()}
        for (scope, name), last in leases.used_here(connection).items():
            if last in (RUNNING_YEAR, year):
                left.setdefault((scope, name, last), 0)
        left = {one: count for one, count in left.items() if one[2] in (RUNNING_YEAR, year)}
        return Held(
            leases.mode(connection),
            bool(memory.get(connection, leases.RETIRED, False)),
            left,
            leases.is_older_copy(connection, known),
            {one: min(LOW, size_of(settings, one[1]) // 2) for one in left},
        )
