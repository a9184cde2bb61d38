"""The right half: the sheet of one rule, or a small form in its place."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from inspector_app.domain.bureau_law import DiscretionBand
from inspector_app.services.law_detail import ChosenValue, LawDetail
from inspector_app.services.law_rows import LawKind
from inspector_app.services.law_uses import Use, UseGroup
from inspector_app.services.rule_values import FIELD_WORDS
from inspector_app.ui.actions import Entry
from inspector_app.ui.context import UiContext
from inspector_app.ui.pages.form_slot import FormSlot
from inspector_app.ui.pages.law import sheet
from inspector_app.ui.pages.law.forms import BandEditor, ChoiceForm, ImportText, TakeBackForm
from inspector_app.ui.pages.law.pieces import section
from inspector_app.ui.pages.law.unfolding import TextPart, UsesPart
from inspector_app.ui.theme.scaling import box
from inspector_app.ui.widgets.basic import Panel, clear_layout, hair, label, scrolling
from inspector_app.ui.widgets.buttons import button
from inspector_app.ui.widgets.states import Notice

OWN_WORDS = {"off": "停用这一条"}


class LawPane(Panel):
    """`go` carries rule:, paper:, item:, setting: or case: with an id."""

    go = Signal(str)
    text_wanted = Signal(str)  # the short name of a statute whose text is to be brought in
    form_changed = Signal()

    def __init__(self, context: UiContext) -> None:
        super().__init__((1, 1, 1, 1), 0)
        self._context = context
        self.detail: LawDetail | None = None
        self.looked_for = ""  # what the list is searched for, found again in official texts
        content = QWidget()
        self._feed = box(QVBoxLayout(content), (18, 14, 12, 16), 12)
        self.slot = FormSlot((18, 14, 12, 16))
        self.slot.filled.connect(self._show_form)
        self.slot.emptied.connect(self._show_sheet)
        self.notice = Notice("scales_20_regular")
        self.notice.tell("选择一条规则看详情", "")
        self._scroll = scrolling(content)
        self.stack = QStackedWidget()
        for one in (self.notice, self._scroll, scrolling(self.slot)):
            self.stack.addWidget(one)
        self.column.addWidget(self.stack, 1)

    # ── the sheet ────────────────────────────────────────────────────────────────────────────
    def clear(self) -> None:
        """Nothing is chosen."""
        self.detail = None
        if self.slot.form is None:
            self.stack.setCurrentWidget(self.notice)

    def show_problem(self, message: str) -> None:
        """The sheet could not be read."""
        self.detail = None
        self.notice.tell("没有读到内容", message)
        self.stack.setCurrentWidget(self.notice)

    def show_detail(self, one: LawDetail) -> None:
        """Show a rule; a form that is open stays open, the same rule keeps its place."""
        same = self.detail is not None and self.detail.key == one.key
        place = self._scroll.verticalScrollBar().value() if same else 0
        self.detail = one
        clear_layout(self._feed)
        self._fill(one)
        if self.slot.form is None:
            self.stack.setCurrentWidget(self._scroll)
        self._scroll.verticalScrollBar().setValue(place)

    def _fill(self, one: LawDetail) -> None:
        go, add = self.go.emit, self._add
        add(self._head(one))
        add(sheet.pills(one))
        add(sheet.value_tile(one, self.take_back))
        if one.kind is LawKind.CONFLICT:
            add(label(sheet.CONFLICT_HINT, "body", wrap=True))
        for hint in sheet.hints_part(one, go):
            add(hint)
        if one.pair:
            add(sheet.pair_part(one.pair, go))
        if one.wages:
            add(sheet.wages_part(one.wages))
        if one.facts or one.note:
            add(hair())
            add(sheet.facts_part(one))
        if one.articles:
            add(hair())
            add(sheet.basis_part(one.articles, one.beside, go, self.text_wanted.emit))
        if one.levels:
            add(sheet.levels_part(one))
        if one.text is not None:
            add(hair())
            add(TextPart(one.text, self.looked_for))
        if one.is_violation:
            add(hair())
            add(sheet.bands_part(one.bands, self.add_band, self.change_band))
        self._uses(one.uses)
        self._feed.addStretch()

    def _add(self, part: QWidget | QLayout) -> None:
        if isinstance(part, QLayout):
            self._feed.addLayout(part)
        else:
            self._feed.addWidget(part)

    def _head(self, one: LawDetail) -> QHBoxLayout:
        row = box(QHBoxLayout(), spacing=8)
        row.addWidget(label(one.name, "detailTitle", wrap=True), 1)
        if one.askable:
            self.own = button("本局口径", "", "edit_20", "另定本局的取值，留理由", small=True)
            self.own.clicked.connect(lambda _checked=False: self.open_own_menu())
            row.addWidget(self.own)
        return row

    def _uses(self, groups: Sequence[UseGroup]) -> None:
        self._add(hair())
        self._add(section("用在哪里"))
        for group in groups:
            self._add(UsesPart(group, self.go.emit))
        self.cases = box(QVBoxLayout(), spacing=2)
        self._add(self.cases)
        if not groups:
            self.nowhere = label("检查表、文书、步骤里没有直接用到。", "muted", wrap=True)
            self.cases.addWidget(self.nowhere)

    def show_cases(self, key: str, found: tuple[tuple[Use, ...], int]) -> None:
        """Open cases the rule bears on; they are asked for after the sheet stands."""
        uses, count = found
        if self.detail is None or self.detail.key != key or not uses:
            return
        clear_layout(self.cases)
        self.cases.addWidget(UsesPart(UseGroup("在办案件", uses), self.go.emit, count))

    # ── forms ────────────────────────────────────────────────────────────────────────────────
    def open_own_menu(self) -> QMenu | None:
        """Which field the bureau wants a value of its own for."""
        one = self.detail
        if one is None or not one.askable:
            return None
        entries = [
            Entry(
                OWN_WORDS.get(field, f"{FIELD_WORDS[field]}（规则包：{value}）"),
                partial(self.choose, field),
            )
            for field, value in one.askable
        ]
        menu = self._context.actions.menu(self, entries)
        menu.popup(self.own.mapToGlobal(self.own.rect().bottomLeft()))
        return menu

    def choose(self, field: str) -> None:
        """The form for the bureau's own value of a field."""
        if self.detail is not None:
            self.slot.put(ChoiceForm(self._context, self.detail, field))

    def take_back(self, chosen: ChosenValue) -> None:
        """The form for going back to the pack."""
        if self.detail is not None:
            self.slot.put(TakeBackForm(self._context, self.detail, chosen))

    def add_band(self) -> None:
        """The form for one more step of the discretion standard."""
        self._open_band(None)

    def change_band(self, band: DiscretionBand) -> None:
        """The form for correcting a step."""
        self._open_band(band)

    def _open_band(self, band: DiscretionBand | None) -> None:
        if self.detail is not None:
            self.slot.put(BandEditor(self._context, self.detail, band))

    def import_text(self, path: Path, statute: str) -> None:
        """The form for bringing in the official text in a file."""
        self.slot.put(ImportText(self._context, path, statute))

    def _show_form(self) -> None:
        self.stack.setCurrentIndex(2)
        self.form_changed.emit()

    def _show_sheet(self) -> None:
        self.stack.setCurrentWidget(self._scroll if self.detail is not None else self.notice)
        self.form_changed.emit()
