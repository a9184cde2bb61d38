"""Lines of a card: a reason with its articles and level, what is missing, a date with its why."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from inspector_app.domain.deciders import INFERRED, Reason
from inspector_app.domain.deciders.blacklist import ListDate
from inspector_app.domain.law import Basis, grouped
from inspector_app.domain.terms import date_text
from inspector_app.ui.theme.icons import IconLabel
from inspector_app.ui.theme.scaling import box
from inspector_app.ui.widgets.basic import clear_layout, label
from inspector_app.ui.widgets.buttons import Button, button

UNSETTLED = "未核全文"
UNKNOWN_PLACE = "（条号待核）"


@dataclass(frozen=True, slots=True)
class Way:
    """The one thing a card helps with; `inside`: it puts the keyboard into the open card."""

    label: str
    run: Callable[[], object]
    inside: bool = False


def short_articles(basis: Basis) -> str:
    """处罚法第六十三条第一款、第六十四条；工资条例第五十六条, by the names inspectors use."""
    if not basis.cited:
        return grouped(basis.articles)
    places: dict[str, list[str]] = {}
    for one in basis.cited:
        places.setdefault(one.statute, []).append(one.place if one.article else "")
    unknown = UNKNOWN_PLACE if any(UNKNOWN_PLACE in text for text in basis.articles) else ""
    return "；".join(f"{name}{'、'.join(found)}" for name, found in places.items()) + unknown


def level_words(basis: Basis | None, *, inferred: bool = False) -> str:
    """已核全文 · 现行性已核; what is no settled law says so first."""
    marks = [INFERRED] if inferred else []
    if basis is None:
        return "".join(marks)
    if not basis.settled:
        marks.append(UNSETTLED)
    return f"{'、'.join(marks)}（{basis.level_words}）" if marks else basis.level_words


def source_words(basis: Basis | None, *, inferred: bool = False) -> str:
    """处罚法第六十三条第一款　已核全文 · 现行性已核."""
    articles = short_articles(basis) if basis else ""
    parts = (articles, level_words(basis, inferred=inferred))
    return "　".join(part for part in parts if part)


def sign_of(name: str, colour: str) -> QWidget:
    """A small picture level with the first line of the words beside it."""
    made = QWidget()
    box(QVBoxLayout(made), (0, 2, 0, 0)).addWidget(IconLabel(name, colour, 16))
    return made


def reason_line(reason: Reason, right: str = "", own: Basis | None = None) -> QWidget:
    """One sentence; a line not read in full is muted, and a word below says how far it was read.

    Of a reason that stands on `own` the articles are told above it already.
    """
    made = QWidget()
    row = box(QHBoxLayout(made), spacing=8)
    settled = reason.settled or (reason.basis is None and not reason.inferred)
    sign = "scales_20" if settled else "question_circle_20"
    sign = sign if reason.basis or reason.inferred else "note_20"
    row.addWidget(sign_of(sign, "text_3"), 0, Qt.AlignmentFlag.AlignTop)
    words = box(QVBoxLayout(), spacing=1)
    words.addWidget(_copied(label(reason.text, "body" if settled else "muted", wrap=True)))
    told = own is not None and reason.basis == own
    tell = "" if told and settled else source_words(reason.basis, inferred=reason.inferred)
    if told and not settled:
        tell = level_words(reason.basis, inferred=reason.inferred)
    if tell:
        below = _copied(label(tell, "caption", wrap=True))
        below.setToolTip(grouped(reason.basis.articles) if reason.basis else "")
        words.addWidget(below)
    row.addLayout(words, 1)
    if right:
        row.addWidget(label(right, "value"), 0, Qt.AlignmentFlag.AlignTop)
    return made


def _copied(made: QLabel) -> QLabel:
    """Words that can be copied with the mouse."""
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made


class ReasonList(QWidget):
    """Reasons under one another."""

    def __init__(self, title: str = "") -> None:
        super().__init__()
        whole = box(QVBoxLayout(self), spacing=8)
        if title:
            whole.addWidget(label(title, "label"))
        self._column = box(QVBoxLayout(), spacing=8)
        whole.addLayout(self._column)
        self._shown: tuple[Reason, ...] = ()
        self.hide()

    def show_reasons(self, reasons: Iterable[Reason], own: Basis | None = None) -> None:
        """Show these; none takes no room. The articles of `own` are not told again."""
        self._shown = tuple(reasons)
        clear_layout(self._column)
        for one in self._shown:
            self._column.addWidget(reason_line(one, own=own))
        self.setVisible(bool(self._shown))

    def shown(self) -> tuple[Reason, ...]:
        """What is shown."""
        return self._shown


def missing_line(text: str) -> QWidget:
    """An amber line with its sign."""
    made = QWidget()
    row = box(QHBoxLayout(made), spacing=8)
    row.addWidget(sign_of("warning_20", "warning_fg"), 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(label(text, "body", tone="warning", wrap=True), 1)
    return made


class Needs(QWidget):
    """What is missing in an amber box, with the one button that helps; the button alone if none."""

    def __init__(self) -> None:
        super().__init__()
        column = box(QVBoxLayout(self))
        self.frame = QFrame()
        self.frame.setObjectName("banner")
        self.frame.setProperty("tone", "warning")
        inner = box(QVBoxLayout(self.frame), (12, 8, 12, 10), 6)
        self._title = label("", "bannerTitle")
        inner.addWidget(self._title)
        self._lines = box(QVBoxLayout(), spacing=4)
        inner.addLayout(self._lines)
        self._inside = box(QHBoxLayout(), (0, 4, 0, 0), 8)
        inner.addLayout(self._inside)
        column.addWidget(self.frame)
        self._alone = box(QHBoxLayout(), spacing=8)
        column.addLayout(self._alone)
        self.missing: tuple[str, ...] = ()
        self.way: Button | None = None
        self.hide()

    def show_needs(self, missing: Iterable[str], way: Way | None) -> None:
        """Show these and the button."""
        self.missing, self.way = tuple(missing), None
        for layout in (self._lines, self._inside, self._alone):
            clear_layout(layout)
        self._title.setText(f"还缺 {len(self.missing)} 项")
        for text in self.missing:
            self._lines.addWidget(missing_line(text))
        if way is not None:
            self.way = button(way.label, clicked=way.run, small=True)
            row = self._inside if self.missing else self._alone
            row.addWidget(self.way)
            row.addStretch()
        self.frame.setVisible(bool(self.missing))
        self.setAccessibleName("；".join((self._title.text(), *self.missing)))
        self.setVisible(bool(self.missing or way))


def day_words(one: ListDate) -> str:
    """2026年11月6日，最长至2026年12月4日; — where no day follows yet."""
    first = date_text(one.day) if one.day else ""
    if one.later is None:
        return first or "—"
    return f"{first}至{date_text(one.later)}" if first else f"不晚于{date_text(one.later)}"


class DateLine(QWidget):
    """A name, 为什么 that opens the reason, and the day below."""

    def __init__(self, one: ListDate) -> None:
        super().__init__()
        self.shown = one
        column = box(QVBoxLayout(self), spacing=0)
        row = box(QHBoxLayout(), spacing=8)
        row.addWidget(label(one.name, "label"))
        self.ask = Button("为什么", "link")
        self.ask.setAccessibleName(f"{one.name}为什么是{day_words(one)}")
        self.ask.clicked.connect(lambda _checked=False: self.toggle())
        row.addWidget(self.ask)
        row.addStretch()
        column.addLayout(row)
        tail = "（预计）" if one.planned and (one.day or one.later) else ""
        column.addWidget(_copied(label(f"{day_words(one)}{tail}", "value", wrap=True)))
        self.why = reason_line(one.reason)
        self.why.hide()
        column.addWidget(self.why)
        column.addStretch()

    def toggle(self) -> None:
        """Open or close the reason."""
        opened = self.why.isHidden()
        self.why.setVisible(opened)
        self.ask.setText("收起" if opened else "为什么")
