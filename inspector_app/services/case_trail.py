"""The trail of a case as it goes along with its bound file: every step with its hash, no values."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from inspector_app.domain.cases import Case
from inspector_app.errors import UserError
from inspector_app.ledger import trail
from inspector_app.papers.binding import attached_in
from inspector_app.services.desk import Desk
from inspector_app.services.field_words import column_words, table_words
from inspector_app.sync import memory

NAME = "办案留痕.json"
NOTE = (
    "本案每一步操作的时间、经办人、内容名目和校验值。hash 由本步各项与上一步的 hash 算出，"
    "改动任何一处都对不上。用 inspector-app check --trail 文件 核对。"
)
_KINDS = {"ins": "新增", "upd": "修改", "del": "删除", "load": "接收"}


@dataclass(frozen=True, slots=True)
class TrailVerdict:
    """What a trail taken along proves: steps altered in it, steps this ledger has otherwise."""

    case_no: str
    steps: int
    altered: tuple[int, ...]
    unlike: tuple[int, ...]

    @property
    def ok(self) -> bool:
        """Whether it is as it was written, and as this ledger has it."""
        return not self.altered and not self.unlike

    def words(self) -> str:
        """What is wrong, in a sentence; empty when nothing is."""
        if self.altered:
            places = "、".join(map(str, self.altered[:5]))
            return f"留痕第 {places} 步被改动过，校验值对不上。"
        if len(self.unlike) == self.steps and self.steps:
            return "留痕自身完好，但不是这本台账装订的，请在装订它的电脑上核对。"
        return f"留痕有 {len(self.unlike)} 步与台账不同。" if self.unlike else ""


def trail_of(desk: Desk, case_id: str) -> bytes:
    """The trail of a case as a JSON document in UTF-8."""
    with desk.ledger.read() as view:
        case = view.get(Case, case_id)
        steps = trail.steps_of(view.connection, "case", case_id)
        last = trail.top(view.connection)
        shared = memory.cursors(view.connection).get(case.scope)
    document = {
        "note": NOTE,
        "case_no": case.case_no,
        "case_id": case.id,
        "head": {"seq": last[0], "hash": last[1]},
        "shared": {"scope": case.scope, "seq": shared[0], "hash": shared[1]} if shared else None,
        "steps": [{**step, "touched": _told(step["touched"])} for step in steps],
    }
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


def _told(touched: list[tuple[str, str, list[str]]]) -> list[str]:
    """修改案件：阶段、立案日期; names only, never a value."""
    found = []
    for table, kind, columns in touched:
        names = "、".join(dict.fromkeys(map(column_words, columns))) if kind == "upd" else ""
        found.append(
            f"{_KINDS.get(kind, '处理')}{table_words(table)}" + (f"：{names}" if names else "")
        )
    return list(dict.fromkeys(found))


def read_trail(path: Path) -> Mapping[str, Any]:
    """The trail in a bound file, or in a file of its own; UserError when there is none."""
    try:
        data = path.read_bytes()
        text = attached_in(BytesIO(data), NAME) if data[:5] == b"%PDF-" else data
        document: Mapping[str, Any] = json.loads(text)
        if not isinstance(document["steps"], list):
            raise TypeError
    except (OSError, ValueError, KeyError, TypeError) as error:
        message = f"“{path.name}”里没有办案留痕，应是装订成的案卷 PDF。"
        raise UserError(message, field="trail") from error
    return document


def verify_trail(desk: Desk, path: Path) -> TrailVerdict:
    """Hold a trail taken along against its own hashes, and against this ledger."""
    document = read_trail(path)
    steps = document["steps"]
    altered = trail.wrong_in(steps)
    with desk.ledger.read() as view:
        unlike = trail.unlike_here(view.connection, steps)
    return TrailVerdict(str(document["case_no"]), len(steps), tuple(altered), tuple(unlike))
