"""Differences in words: the form on the desk beside the shipped one, a pack before it is taken."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from inspector_app.domain.form_changes import FormChange, FormDiff
from inspector_app.domain.terms import date_text
from inspector_app.services.template_packs import FormPackDiff
from inspector_app.ui.pages.form_slot import FormSlot
from inspector_app.ui.tables.columns import Column, Kind
from inspector_app.ui.tables.view import RowsTable
from inspector_app.ui.theme.scaling import box
from inspector_app.ui.widgets.banners import Banner
from inspector_app.ui.widgets.basic import Panel, hair, label
from inspector_app.ui.widgets.buttons import button
from inspector_app.ui.widgets.states import StateStack

TONES = {
    FormDiff.ADDED: "success",
    FormDiff.REMOVED: "warning",
    FormDiff.CHANGED: "info",
    FormDiff.MOVED: "neutral",
}
NOTHING = "—"


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One difference of one form."""

    number: int
    title: str  # of the form, where there are several
    change: FormChange

    @property
    def key(self) -> str:
        """Its name over refreshes."""
        return str(self.number)


def _where(row: ChangeRow) -> str:
    parts = (row.title, row.change.where)
    return "　".join(part for part in parts if part)


COLUMNS: tuple[Column[ChangeRow], ...] = (
    Column("", lambda row: row.change.diff.label, 72, Kind.PILL,
           tone=lambda row: TONES[row.change.diff]),
    Column("哪里", _where, 230, Kind.TWO_LINE, sub=lambda row: row.change.what),
    Column("原来", lambda row: row.change.before or NOTHING, 340, priority=2),
    Column("改为", lambda row: row.change.after or NOTHING, 200, stretch=True),
)  # fmt: skip


class CompareView(QWidget):
    """`left` to go back; `accepted` when the pack or the version that is shown is to be used."""

    left = Signal()
    accepted = Signal()
    base_wanted = Signal()  # the version that is shown is to be gone on with
    changed = Signal()  # a form came or went

    def __init__(self) -> None:
        super().__init__()
        self.diff: FormPackDiff | None = None  # the pack that is shown
        self.text = ""  # the version that is shown
        column = box(QVBoxLayout(self), spacing=12)
        self.faults = Banner("danger")
        self.faults.hide()
        column.addWidget(self.faults)
        panel = Panel((1, 1, 1, 1), 0)
        self.table: RowsTable[ChangeRow] = RowsTable(COLUMNS, lambda row: row.key, name="差别")
        self.states = StateStack(self.table, "document_text_20")
        panel.column.addWidget(self.states, 1)
        panel.column.addWidget(hair())
        self.whole = label("", "value", wrap=True)  # columns cut long ones short
        self.whole.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        whole = QWidget()
        box(QVBoxLayout(whole), (16, 10, 16, 10)).addWidget(self.whole)
        panel.column.addWidget(whole)
        panel.column.addWidget(hair())
        self.slot = FormSlot((16, 12, 16, 12))
        self.slot.filled.connect(self._show_slot)
        self.slot.emptied.connect(self._show_slot)
        self.slot.hide()
        panel.column.addWidget(self.slot)
        self._foot = QWidget()
        foot = box(QHBoxLayout(self._foot), (16, 10, 12, 10), 8)
        self.words = label("", "body", wrap=True)
        foot.addWidget(self.words, 1)
        self.back = button("返回", tip="Esc", clicked=self.left.emit)
        self.accept = button("采用", "primary", "checkmark_20", "Ctrl+S", self.accepted.emit)
        self.base = button("作为底稿", tip="放进编辑器接着改", clicked=self.base_wanted.emit)
        self.base.hide()
        foot.addWidget(self.back)
        foot.addWidget(self.base)
        foot.addWidget(self.accept)
        panel.column.addWidget(self._foot)
        column.addWidget(panel, 1)
        self.table.chosen.connect(self._read_out)

    def _show(self, rows: Sequence[ChangeRow]) -> None:
        self.slot.take_away()
        self.table.show_rows(rows)
        if rows:
            self.states.show_content()
            self.table.selectRow(0)
        else:
            self._read_out(None)
            self.states.show_empty("没有差别", "两份格式问的、印的都一样。")

    def _show_slot(self) -> None:
        """A form stands in place of the foot: it has buttons of its own."""
        filled = self.slot.form is not None
        self.slot.setVisible(filled)
        self._foot.setVisible(not filled)
        self.changed.emit()
        if not filled and self.isVisible():
            self.table.setFocus()

    def _read_out(self, row: object) -> None:
        """The whole of the difference under the cursor."""
        self.whole.setText(row.change.words if isinstance(row, ChangeRow) else "")

    def show_changes(self, changes: Iterable[FormChange], words: str) -> None:
        """The form on the desk beside another one."""
        self._begin("返回", words)
        self.accept.hide()
        self._show([ChangeRow(number, "", one) for number, one in enumerate(changes)])

    def show_version(self, text: str, changes: Iterable[FormChange], words: str) -> None:
        """One of the bureau's versions, which may be used again or gone on with."""
        self.show_changes(changes, words)
        self.text = text
        self.accept.setText("再用这一版")
        self.accept.setEnabled(True)
        self.accept.show()
        self.base.show()

    def _begin(self, back: str, words: str) -> None:
        self.diff, self.text = None, ""
        self.faults.hide()
        self.base.hide()
        self.accept.setText("采用")
        self.back.setText(back)
        self.words.setText(words)

    def show_pack(self, diff: FormPackDiff) -> None:
        """What a pack would change, and what keeps it from being taken."""
        head = diff.head
        count = f"{len(diff.forms)} 种格式，{len(diff.changed)} 种有差别"
        day = f"版本 {head.version}，{date_text(head.effective_from)}起施行。" if head else ""
        self._begin("不采用", f"{day}{head.note if head else ''}　{count}".strip())
        self.diff = diff
        pairs = [(one.title, change) for one in diff.forms for change in one.changes]
        self._show([ChangeRow(number, *pair) for number, pair in enumerate(pairs)])
        faults = [(one.title, fault) for one in diff.forms for fault in one.faults]
        told = ""
        if faults:
            title, first = faults[0]
            line = f"第 {first.line} 行：" if first.line else ""
            told = f"{title}　{line}{first.message}"
        more = f"没有通过检查，共 {len(faults)} 处" if faults else ""
        self.faults.say(told, more)
        self.accept.show()
        self.accept.setEnabled(diff.usable)
