"""How verbs that check something answer: all is well, or each problem with its place."""

from collections.abc import Sequence
from typing import Protocol

from inspector_app.cli.session import Json, Session


class Problem(Protocol):
    """What the library and the ledger report alike."""

    @property
    def kind(self) -> str: ...

    @property
    def where(self) -> str: ...

    @property
    def message(self) -> str: ...


def answer_check(session: Session, problems: Sequence[Problem], all_well: str) -> None:
    """`{"ok", "problems"}`; exit code 1 when there is any."""
    rows: list[Json] = [
        {"kind": one.kind, "where": one.where, "message": one.message} for one in problems
    ]
    if not problems:
        session.answer({"ok": True, "problems": rows}, all_well)
        return
    for one in problems:
        session.remark(f"{one.where}：{one.message}")
    message = f"发现 {len(problems)} 处问题。"
    session.refuse({"ok": False, "problems": rows}, "problems", message)
