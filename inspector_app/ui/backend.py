"""What the window itself asks of the services: counts, search, undo, and what has changed."""

from collections.abc import Callable
from dataclasses import dataclass

from inspector_app.services import history, home, search, settings
from inspector_app.services.desk import Desk
from inspector_app.ui.bus import Changes


@dataclass(frozen=True, slots=True)
class Found:
    """One hit of the search over the ledger."""

    kind: str  # case, clue, employer, project, worker
    id: str
    title: str
    subtitle: str


@dataclass(frozen=True, slots=True)
class WindowFacts:
    """The numbers beside the navigation and in the status bar, and who sits here."""

    cases: int = 0
    overdue: int = 0
    clues: int = 0
    department: str = ""


@dataclass(frozen=True)
class Backend:
    """The calls, so that tests can put others in their place; all run on the worker."""

    facts: Callable[[], WindowFacts]
    search: Callable[[str], list[Found]]
    undo: Callable[[str], object]
    undo_last: Callable[[], str]
    drain: Callable[[], Changes]


class LedgerWatch:
    """Reads from the ledger's own trail what was committed since the last look.

    Other programs (a command line beside the window) are seen too.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._seen = desk.ledger.head()[0]

    def drain(self) -> Changes:
        """Everything committed since the last call, and what of it was this thread's."""
        ledger = self._desk.ledger
        own = ledger.take_own()
        changesets = ledger.changesets_since(self._seen)
        if not changesets:
            return Changes()
        # What is committed between the two looks is told now and once more the next time.
        touched = ledger.touched_since(self._seen)
        self._seen += len(changesets)
        roots = frozenset((one.root_type, one.root_id) for one in touched)
        return Changes(roots, changesets, own)


def _facts(desk: Desk) -> WindowFacts:
    seen = home.overview(desk)
    overdue = next((card.count for card in seen.cards if card.key == "overdue"), 0)
    people = {one.id: one.department for one in settings.inspectors(desk)}
    department = people.get(desk.actor_id or "", "")
    return WindowFacts(seen.all_cases, overdue, seen.open_clues, department)


def _search(desk: Desk, text: str) -> list[Found]:
    hits = search.search(desk, text)
    return [Found(hit.kind, hit.id, hit.title, hit.subtitle) for hit in hits]


def _undo_last(desk: Desk) -> str:
    entry, _ = history.undo_last(desk)
    return entry.action


def backend_of(desk: Desk) -> Backend:
    """The real calls of a desk."""
    return Backend(
        facts=lambda: _facts(desk),
        search=lambda text: _search(desk, text),
        undo=lambda changeset: history.undo(desk, changeset),
        undo_last=lambda: _undo_last(desk),
        drain=LedgerWatch(desk).drain,
    )
