"""Who may do what here: roles of the person at the desk, held against every change."""

from inspector_app.domain.office import Inspector
from inspector_app.domain.rights import Act, Roles, Touched, against, may, refused
from inspector_app.errors import UserError
from inspector_app.ledger.changes import Op
from inspector_app.ledger.rows import Rows
from inspector_app.ledger.unit import Guard

NOBODY = "本局已经设了职责，请先选定使用人：设置里“监察员”一页，或者加 --as 姓名。"


def in_force(view: Rows) -> bool:
    """Whether roles count: from the first administrator on; before, everybody is everything."""
    return view.first(Inspector, administrator=True, active=True) is not None


def roles_of(view: Rows, actor_id: str | None) -> Roles | None:
    """The roles of a person, none of a stranger; None while they are not in force."""
    if not in_force(view):
        return None
    person = view.first(Inspector, id=actor_id, active=True) if actor_id else None
    return person.roles if person else frozenset()


def refuse_unless(roles: Roles | None, act: Act, actor_id: str | None) -> None:
    """UserError with a sentence unless one of the roles allows the act."""
    if not may(roles, act):
        raise _refusal(refused(act), actor_id)


def guard_of(roles: Roles | None, actor_id: str | None) -> Guard | None:
    """What holds all that somebody of these roles is about to commit against the table of them."""
    if roles is None:
        return None

    def guard(ops: tuple[Op, ...]) -> None:
        sentence = against(roles, [_touched(op) for op in ops])
        if sentence:
            raise _refusal(sentence, actor_id)

    return guard


def _touched(op: Op) -> Touched:
    return Touched(op.t, op.gb | {name: pair[1] for name, pair in op.c.items()})


def _refusal(sentence: str, actor_id: str | None) -> UserError:
    return UserError(sentence if actor_id else NOBODY, kind="rights")
