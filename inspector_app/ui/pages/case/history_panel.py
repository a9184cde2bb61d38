"""经过: everything done to a case, by whom and when, with a way to take a step back."""

from inspector_app.domain.cases import Source, Stage
from inspector_app.domain.masking import mask_text
from inspector_app.ledger.history import HistoryEntry
from inspector_app.services.case_sheet import case_history
from inspector_app.services.history import undo
from inspector_app.ui.context import UiContext
from inspector_app.ui.pages.case.table_panel import TablePanel
from inspector_app.ui.tables.columns import Column, Kind
from inspector_app.ui.widgets.buttons import button

# Columns whose old and new value may be told; persons, papers and ids are left out.
_TOLD = {
    "cause": "案由",
    "facts": "案情",
    "note": "备注",
    "leader": "包案领导",
    "received_on": "受理日期",
    "filed_on": "立案日期",
    "closed_on": "结案日期",
    "stage": "阶段",
    "source": "来源",
    "stated_workers": "反映人数",
    "stated_fen": "反映金额",
}
_LONGEST = 24


def changes_text(entry: HistoryEntry) -> str:
    """案由：拖欠工资 → 克扣工资; only what is no personal data."""
    parts = []
    for op in entry.ops:
        if op.t != "case" or op.k != "upd":
            continue
        for name, (old, new) in op.c.items():
            if name in _TOLD:
                parts.append(f"{_TOLD[name]}：{_shown(name, old)} → {_shown(name, new)}")
    return "；".join(parts)


def _shown(name: str, value: object) -> str:
    if value in (None, ""):
        return "空"
    if name == "stage":
        return Stage(str(value)).label
    if name == "source":
        return Source(str(value)).label
    if name == "stated_fen" and isinstance(value, int):
        return f"{value / 100:,.2f}"
    text = mask_text(str(value)).replace("\n", " ")
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _particulars(entry: HistoryEntry) -> str:
    return "　".join(part for part in (entry.why, changes_text(entry)) if part)


COLUMNS: tuple[Column[HistoryEntry], ...] = (
    Column("时间", lambda row: f"{row.at:%Y-%m-%d %H:%M}", 138, Kind.DATE),
    Column("经办", lambda row: row.actor, 80, priority=3),
    Column("做了什么", lambda row: row.action, 150),
    Column("改动与理由", _particulars, 200, stretch=True),
    Column(
        "撤销",
        lambda row: "可撤销" if row.undoable else "—",
        84,
        Kind.PILL,
        priority=2,
        tone=lambda row: "info" if row.undoable else "none",
    ),
)


class HistoryPanel(TablePanel[HistoryEntry]):
    """Read from the ledger's own trail when the tab is shown."""

    def __init__(self, context: UiContext) -> None:
        super().__init__(
            COLUMNS,
            lambda row: row.changeset_id,
            "经过",
            ("还没有经过", "对本案的每一步操作都会记在这里。"),
            "history_20",
            faded=lambda row: row.undo_of is not None,
        )
        self._context = context
        self.back = self.add_button(
            button("撤销这一步", "", "arrow_undo_20", clicked=self.take_back)
        )
        self.table.chosen.connect(lambda _row: self._enable())

    def read(self, case_id: str) -> None:
        """Read the trail of a case."""
        desk = self._context.desk
        self._context.tasks.query(self, lambda: case_history(desk, case_id), self._show)

    def _show(self, entries: list[HistoryEntry]) -> None:
        self.show_rows(entries, f"{len(entries)} 步" if entries else "")
        self._enable()

    def _enable(self) -> None:
        entry = self.table.current_row()
        self.back.setEnabled(entry is not None and entry.undoable)

    def take_back(self) -> None:
        """Undo the current step, as a new step."""
        entry = self.table.current_row()
        if entry is None or not entry.undoable:
            return
        desk = self._context.desk
        self._context.tasks.work(
            self,
            lambda: undo(desk, entry.changeset_id),
            lambda _done: self._context.say(f"已撤销：{entry.action}"),
        )
