"""Two desks that exchange: what people do at PCs of one bureau while apart."""

from datetime import datetime, time

from inspector_app.ledger.files import FileStore
from inspector_app.services.desk import Desk
from tests.helpers.desks import MONDAY, library, shipped_fonts
from tests.sync.conftest import CITY
from tests.sync.pcs import Pc

Apart = tuple[tuple[Desk, Pc], tuple[Desk, Pc]]


def desk_at(pc: Pc) -> Desk:
    """What a person does at a PC."""
    return Desk(
        ledger=pc.ledger,
        library=library().apart(),
        files=FileStore(pc.path.with_suffix(".files")),
        fonts=shipped_fonts,
        today=lambda: MONDAY,
        now=lambda: datetime.combine(MONDAY, time(9, 41)),
        city=CITY,
        actor=pc.me,
        demo=True,
    )


def meet(here: Apart) -> list[str]:
    """Both exchange; the groups that are disputed, the same on both."""
    (_, one), (_, two) = here
    for pc in (one, two, one):
        pc.sync()
    told = [[one.group for one in pc.conflicts()] for pc in (one, two)]
    assert told[0] == told[1]
    assert one.rows() == two.rows()
    return told[0]


def choose_mine(here: Apart) -> None:
    (_, one), (_, two) = here
    for conflict in two.conflicts():
        two.resolve(conflict.id, "mine")
    two.sync()
    one.sync()


def undo_last(desk: Desk) -> None:
    last = desk.ledger.last_undoable(desk.actor)
    assert last is not None
    desk.ledger.undo(last.changeset_id, actor=desk.actor, at=desk.now())
