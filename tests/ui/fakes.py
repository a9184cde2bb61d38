"""A desk and a backend without a ledger, and small pages, for tests of the window itself."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, cast

from inspector_app.services.desk import Desk
from inspector_app.ui.backend import Backend, Found, WindowFacts
from inspector_app.ui.bus import Changes

TODAY = date(2026, 11, 20)
RESOURCES = Path(__file__).parents[2] / "resources"


class Whole:
    """A ledger of which nothing was lost."""

    def lost(self) -> None:
        """Nothing."""


@dataclass
class FakeDesk:
    """What the window reads of a desk."""

    actor: str = "李明"
    actor_id: str | None = "i1"
    demo: bool = True
    city: str = "410400"
    rules_problem: str = ""
    ledger: Whole = field(default_factory=Whole)
    today: Callable[[], date] = field(default=lambda: TODAY)
    now: Callable[[], datetime] = field(default=lambda: datetime(2026, 11, 20, 9, 41, tzinfo=UTC))
    account_id: str = ""


def fake_desk(**values: Any) -> Desk:
    """A desk for windows that never touch the ledger."""
    return cast("Desk", FakeDesk(**values))


@dataclass
class FakeLedger:
    """Counts and hits that stand still, changes that are put in by hand, undo that is noted."""

    facts: WindowFacts = field(default_factory=lambda: WindowFacts(1284, 5, 3, "监察一科"))
    hits: tuple[Found, ...] = (
        Found("employer", "e1", "青禾建筑劳务有限公司", "案件 2 件"),
        Found("case", "c1", "平人社监〔2026〕137号", "青禾建筑劳务有限公司"),
        Found("clue", "l1", "线索〔2026〕12号", "青禾建筑劳务有限公司"),
    )
    changes: list[Changes] = field(default_factory=list)
    undone: list[str] = field(default_factory=list)

    def backend(self) -> Backend:
        """The calls of the window."""
        return Backend(
            facts=lambda: self.facts,
            search=lambda text: [hit for hit in self.hits if text in hit.title or text == "qh"],
            undo=self.undone.append,
            undo_last=lambda: "登记线索",
            drain=lambda: self.changes.pop(0) if self.changes else Changes(),
        )
