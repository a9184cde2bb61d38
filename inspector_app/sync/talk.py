"""What the parts of one exchange share: both sides, who may stop it, what was done so far."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from datetime import datetime

from inspector_app.ledger.ledger import Ledger
from inspector_app.ledger.unit import Change, UnitOfWork
from inspector_app.sync.attachments.file_policy import FilePost
from inspector_app.sync.numbers.number_line import Series
from inspector_app.sync.transport import Transport


@dataclass(frozen=True, slots=True)
class Progress:
    """Where the exchange is: a Chinese word for the step, and how much of it is done."""

    step: str
    done: int
    total: int


@dataclass(slots=True)
class Report:
    """What an exchange did."""

    me: str = ""
    epoch: str = ""
    pushed: int = 0
    received: int = 0
    disputed: int = 0
    refused: int = 0
    held: int = 0
    left_out: int = 0
    files_sent: int = 0
    files_received: int = 0
    file_troubles: int = 0
    cancelled: bool = False
    recovery: bool = False
    paused: bool = False
    keeper: bool = False
    reforked: bool = False
    unlike: list[str] = field(default_factory=list)  # scopes that do not add up
    skew_seconds: int = 0
    twins: list[tuple[Series, int]] = field(default_factory=list)  # numbers borne twice
    changes: list[Change] = field(default_factory=list)
    touched: set[str] = field(default_factory=set)  # scopes whose history went on by our sets

    def then(self, more: "Report") -> "Report":
        """Both as one, when another exchange followed at once: what was done adds up, how things
        stand is what the later one found."""
        return replace(
            more,
            pushed=self.pushed + more.pushed,
            received=self.received + more.received,
            disputed=self.disputed + more.disputed,
            left_out=max(self.left_out, more.left_out),  # each counts all of the scopes it read
            files_sent=self.files_sent + more.files_sent,
            files_received=self.files_received + more.files_received,
            file_troubles=max(self.file_troubles, more.file_troubles),  # tried again
            reforked=self.reforked or more.reforked,
            unlike=list(dict.fromkeys((*self.unlike, *more.unlike))),  # compared once a day
            twins=list(dict.fromkeys((*self.twins, *more.twins))),
            changes=[*self.changes, *more.changes],
            touched=self.touched | more.touched,
        )


class Cancelled(Exception):  # noqa: N818  # not an error: the person asked for it
    """Raised between two steps when the person no longer wants it."""


class Again(Exception):  # noqa: N818  # a turn of the conversation
    """The shared database is not where we thought: greet again."""


class Talk:
    """One conversation of this PC's ledger with the shared database."""

    def __init__(
        self,
        ledger: Ledger,
        transport: Transport,
        *,
        now: Callable[[], datetime],
        page: int | None = None,
        progress: Callable[[Progress], None] = lambda _: None,
        cancelled: Callable[[], bool] = lambda: False,
        files: FilePost | None = None,
        demo: bool = False,
        other: str = "",
    ) -> None:
        self.ledger, self.transport, self.now, self.page = ledger, transport, now, page
        self._tell, self._cancelled = progress, cancelled
        self.files = files
        self.demo = demo  # nothing of this ledger is real
        self.other = other  # id of another database somebody means to go over to
        self.report = Report()
        self.heads: dict[str, int] = {}  # scope -> where the shared database stood when greeted

    def stop_if_asked(self) -> None:
        """A place to stop between two steps."""
        if self._cancelled():
            raise Cancelled

    def tell(self, step: str, done: int, total: int) -> None:
        """Say how far it is."""
        self._tell(Progress(step, done, total))

    def work(self) -> AbstractContextManager[UnitOfWork]:
        """A unit of work of the exchange, by whoever the shared database says we are."""
        return self.ledger.work("同步", actor=self.report.me, at=self.now())
