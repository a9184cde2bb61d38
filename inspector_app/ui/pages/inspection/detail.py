"""The open item: how to check it, what to take as evidence, the articles, note and files."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from inspector_app.domain.inspections import Evidence
from inspector_app.services.inspections import ItemLine
from inspector_app.services.shared_files import FileState
from inspector_app.ui.file_places import TONES, Places
from inspector_app.ui.forms.texts import TextField
from inspector_app.ui.pages.case.evidence_files import size_text
from inspector_app.ui.theme.icons import IconLabel
from inspector_app.ui.theme.scaling import box, fix
from inspector_app.ui.widgets.basic import Elided, clear_layout, label
from inspector_app.ui.widgets.buttons import button, icon_button
from inspector_app.ui.widgets.drop import DropArea
from inspector_app.ui.widgets.pills import Pill

NOTE_MS = 1500
ENDINGS = (
    ".jpg", ".jpeg", ".png", ".bmp", ".heic", ".webp", ".pdf", ".mp4", ".mov", ".mp3", ".m4a",
    ".wav", ".doc", ".docx", ".xls", ".xlsx", ".zip",
)  # fmt: skip


class ItemDetail(QWidget):
    """`noted` with the text when it was typed and left or rested, `files` with the paths added,
    `removed` with the evidence, `wanted` with one that lies elsewhere, `back` when the keyboard
    should go back to the items."""

    noted = Signal(str)
    files = Signal(object)
    removed = Signal(object)
    wanted = Signal(object)
    back = Signal()

    def __init__(self, line: ItemLine, *, finished: bool) -> None:
        super().__init__()
        self._finished = finished
        self._kept = line.note
        self._evidence: Sequence[Evidence] = ()
        self._places: Places = {}
        column = box(QVBoxLayout(self), (0, 8, 0, 4), 10)
        column.addLayout(_how(line))
        self.note = TextField(
            "note",
            "备注",
            lines=2,
            placeholder="查到的情况：日期、人数、金额。不合格的写进指令书的事实",
        )
        self.note.set_value(line.note)
        self.note.set_read_only(finished)
        self.note.edit.installEventFilter(self)
        column.addWidget(self.note)
        column.addWidget(label("证据", "fieldLabel"))
        self._list = box(QVBoxLayout(), spacing=4)
        column.addLayout(self._list)
        self.drop = DropArea("把照片、扫描件拖到这里，或按 A 选择（可以多选）", ENDINGS, "证据")
        self.drop.dropped.connect(self.files)
        self.drop.setVisible(not finished)
        column.addWidget(self.drop)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(NOTE_MS)
        self._timer.timeout.connect(self.flush)
        self.note.edited.connect(self._timer.start)
        self.note.left.connect(self.flush)
        self.show_evidence(line.evidence)

    def flush(self) -> None:
        """Hand the note over if it changed."""
        self._timer.stop()
        text = str(self.note.value())
        if text != self._kept and not self._finished:
            self._kept = text
            self.noted.emit(text)

    def pending(self) -> bool:
        """Whether the note holds words not handed over yet."""
        return str(self.note.value()) != self._kept

    def update_from(self, line: ItemLine) -> None:
        """The ledger changed: files anew, the note unless it is being typed."""
        self.show_evidence(line.evidence)
        if not self.pending() and line.note != self._kept:
            self._kept = line.note
            self.note.set_value(line.note)

    def show_evidence(self, evidence: Sequence[Evidence]) -> None:
        """One line for each file."""
        self._evidence = evidence
        clear_layout(self._list)
        for kept in evidence:
            self._list.addWidget(self._file_row(kept))

    def show_places(self, places: Places) -> None:
        """Where each file lies."""
        if places != self._places:
            self._places = places
            self.show_evidence(self._evidence)

    def _file_row(self, kept: Evidence) -> QWidget:
        made = QWidget()
        row = box(QHBoxLayout(made), spacing=8)
        picture = "image_20" if kept.media_type.startswith("image/") else "document_20"
        row.addWidget(IconLabel(picture, "text_2", 18))
        row.addWidget(Elided(kept.name, "value"), 1)
        place = self._places.get(kept.sha256)
        if place is FileState.ELSEWHERE:
            row.addWidget(button("下载", "link", clicked=lambda: self.wanted.emit(kept)))
        if place is not None:
            row.addWidget(Pill(place.label, TONES[place]))
        row.addWidget(label(size_text(kept.size), "caption"))
        if not self._finished:
            tip = f"移除 {kept.name}"
            row.addWidget(icon_button("dismiss_16", tip, lambda: self.removed.emit(kept)))
        return made

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            # Esc leaves the note, not the page: accepted here, the shortcut does not fire.
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                self.flush()
                self.back.emit()
                return True
        return super().eventFilter(watched, event)


def _how(line: ItemLine) -> QGridLayout:
    """怎样查, 取什么, 依据: name at the left, words at the right."""
    item = line.item
    grid = box(QGridLayout(), spacing=6)
    grid.setColumnStretch(1, 1)
    facts = [("怎样查", item.method), ("取证", item.evidence), ("依据", "、".join(item.articles))]
    if item.finding:
        facts.append(("不合格时", item.finding))
    for number, (name, words) in enumerate(facts):
        top = Qt.AlignmentFlag.AlignTop
        grid.addWidget(fix(label(name, "muted"), width=64), number, 0, top)
        grid.addWidget(label(words or "—", "body", wrap=True), number, 1)
    return grid


def paths_of(found: object) -> tuple[Path, ...]:
    """The files a signal carried."""
    return tuple(one for one in found if isinstance(one, Path)) if isinstance(found, list) else ()
