"""法规与规则: shelves and search at the left, the sheet of the chosen rule at the right."""

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtWidgets import QMenu, QStackedWidget, QWidget

from inspector_app.services.desk import Desk
from inspector_app.services.law_check import CheckOutcome
from inspector_app.services.law_packs import PackDiff
from inspector_app.services.law_pages import (
    LawDetail,
    LawRow,
    Use,
    law_detail,
    law_rows,
    open_cases_of,
)
from inspector_app.services.law_rows import row_initials
from inspector_app.services.law_uses import CASE, ITEM, PAPER, RULE, SETTING
from inspector_app.services.law_words import paper_title
from inspector_app.services.statutes import current_texts
from inspector_app.ui.actions import Entry, Handler
from inspector_app.ui.bus import Changes
from inspector_app.ui.context import UiContext, sentence_of
from inspector_app.ui.drops import FileDrops
from inspector_app.ui.page import Page
from inspector_app.ui.pages.law.checking import CheckView
from inspector_app.ui.pages.law.finder import Finder
from inspector_app.ui.pages.law.pane import LawPane
from inspector_app.ui.pages.law.taking import PACKS, TEXTS, Taking
from inspector_app.ui.pages.law.update import UpdateView
from inspector_app.ui.tasks import Task
from inspector_app.ui.widgets.buttons import button
from inspector_app.ui.widgets.split import ListAndDetail

TITLE = "法规与规则"
DETAIL_WIDTH = 500
VIEWS = ("view:check", "view:update")  # what stands in place of the rules, for the way back
PLACES = {RULE: "law", ITEM: "law", PAPER: "papers", SETTING: "settings", CASE: "case"}


class LawPage(Page):
    """`arg`: the key of a rule (D05, rule:D05) or item:checklist/id shows that one; see VIEWS."""

    def __init__(self, context: UiContext) -> None:
        super().__init__(context, TITLE)
        self._listing: Task[tuple[list[LawRow], int]] | None = None
        self._reading: Task[LawDetail] | None = None
        self._asking: Task[tuple[tuple[Use, ...], int]] | None = None
        self._wanted = self._shown = ""
        self._heads = [(TITLE, ""), ("自检", "规则、引用的条文、本局口径"), ("规则包更新", "")]
        FileDrops(self, TEXTS + PACKS, self.open_file)
        self.taking = Taking(context, self)
        self._add_buttons()
        self.finder = Finder()
        self.pane = LawPane(context)
        self.split = ListAndDetail(self.finder, self.pane, DETAIL_WIDTH)
        self.check, self.update_ = CheckView(), UpdateView()
        self.stack = QStackedWidget()
        for one in (self.split, self.check, self.update_):
            self.stack.addWidget(one)
        self.column.addWidget(self.stack, 1)
        self._connect()

    def _add_buttons(self) -> None:
        self.buttons = (
            self.context.actions.button("page.calendar"),
            button("自检", "", "shield_checkmark_20", "核对规则和引用的条文", self.taking.check),
            button("导入", "", "arrow_import_20", "导入原文或者规则包更新", self.open_import_menu),
        )
        for made in self.buttons:
            self.head.add(made)

    def _connect(self) -> None:
        self.finder.chosen.connect(self._choose)
        self.finder.opened.connect(lambda _row: self._enter_pane())
        self.finder.initials_wanted.connect(self._ask_initials)
        self.pane.go.connect(self.go)
        self.pane.text_wanted.connect(self.taking.choose_text)
        self.pane.form_changed.connect(self._form_changed)
        self.check.go.connect(self.go)
        self.check.left.connect(self.show_rules)
        self.update_.go.connect(self.go)
        self.update_.left.connect(self.show_rules)
        self.update_.accepted.connect(self.accept_update)
        self.taking.text_chosen.connect(lambda found: self._open_text(*found))
        self.taking.compared.connect(lambda found: self._show_diff(*found))
        self.taking.accepted.connect(self.show_rules)
        self.taking.refused.connect(lambda: self.update_.accept.setEnabled(True))
        self.taking.checked.connect(self._show_check)

    # ── what the window calls ────────────────────────────────────────────────────────────────
    def show_for(self, arg: object) -> None:
        if arg in VIEWS:
            self._stand(VIEWS.index(arg) + 1)
        elif isinstance(arg, str) and arg:
            self.show_rules()
            self._wanted = arg.removeprefix(RULE)
            self._enter_pane()
        self._load()

    def refresh(self, changes: Changes) -> None:
        if changes.touches():
            self._load()

    def leave(self) -> bool:
        return self.pane.slot.may_leave()

    def place(self) -> object:
        number = self.stack.currentIndex()
        return VIEWS[number - 1] if number else self._shown or None

    def handlers(self) -> Mapping[str, Handler]:
        here: dict[str, Handler] = {"refresh": self._load}
        if self.stack.currentWidget() is self.update_:
            return here | {"back": self.show_rules, "save": self.accept_update}
        if self.stack.currentWidget() is self.check:
            return here | {"back": self.show_rules}
        here |= {"find": self.finder.begin_search, "detail": self.split.toggle}
        if self.pane.slot.form is not None:
            here |= {"back": self._leave_form, "save": self.pane.slot.form.submit}
        return here

    def first_focus(self) -> QWidget | None:
        tables = (self.finder.table, self.check.table, self.update_.changes)
        return tables[self.stack.currentIndex()]

    def fit(self, width: int, height: int) -> None:  # noqa: ARG002 - lists scroll
        self.split.fit(width)

    # ── reading ──────────────────────────────────────────────────────────────────────────────
    def _load(self) -> None:
        if self._listing is not None:
            self._listing.forget()
        if not self.finder.rows():
            self.finder.states.show_loading()
        desk = self.context.desk
        self._listing = self.context.tasks.query(
            self, lambda: _read(desk), self._show_rows, self._failed
        )

    def _failed(self, error: Exception) -> None:
        self._listing = None
        self.finder.states.show_error(sentence_of(error), self._load)

    def _show_rows(self, found: tuple[list[LawRow], int]) -> None:
        self._listing = None
        rows, texts = found
        own, off = sum(row.own for row in rows), sum(row.off for row in rows)
        said = f"{len(rows):,} 条，本局口径 {own} 条，停用 {off} 条，导入原文 {texts} 部"
        self._heads[0] = (TITLE, said)
        self._stand(self.stack.currentIndex())
        wanted, self._wanted = self._wanted, ""
        before = self.finder.table.current_key()
        self.finder.show_rows(rows)
        if wanted and not self.finder.find_key(wanted):
            self.show_detail(wanted)
        elif self.finder.table.current_key() in (before, self._shown):
            self._choose(self.finder.table.current_row())

    def _ask_initials(self) -> None:
        rows = self.finder.rows()
        self.context.tasks.query(self, lambda: row_initials(rows), self.finder.show_initials)

    def _choose(self, row: object) -> None:
        if isinstance(row, LawRow):
            self.show_detail(row.key)
        elif not self.finder.table.rows_model.rows():
            self._shown = ""
            self.pane.clear()

    def show_detail(self, key: str) -> None:
        """Read the sheet of a rule, and after it the open cases it bears on."""
        for task in (self._reading, self._asking):
            if task is not None:
                task.forget()
        self._shown = key
        desk, tasks = self.context.desk, self.context.tasks
        self._reading = tasks.query(
            self,
            lambda: law_detail(desk, key),
            self._show_detail,
            lambda error: self.pane.show_problem(sentence_of(error)),
        )

    def _show_detail(self, one: LawDetail) -> None:
        self._reading, self.pane.looked_for = None, self.finder.search.text()
        self.pane.show_detail(one)
        if one.kind is None:
            return
        desk, key = self.context.desk, one.key
        self._asking = self.context.tasks.query(
            self, lambda: open_cases_of(desk, key), lambda found: self.pane.show_cases(key, found)
        )

    # ── moving about ─────────────────────────────────────────────────────────────────────────
    def go(self, target: str) -> None:
        """Open what a link names: a rule, a check item, papers, a group of settings, a case."""
        kind, _, key = target.partition(":")
        page = PLACES[f"{kind}:"]
        arg = target if page == "law" else key
        if page == "papers":
            arg = paper_title(key, self.context.desk.library)
        self.context.open_page(page, arg)

    def show_rules(self) -> None:
        """Back to the rules from a check or an update."""
        self._stand(0)
        if self.isVisible():
            self.finder.table.setFocus()

    def _stand(self, number: int) -> None:
        """The rules, or what stands in their place, under its own heading."""
        self.stack.setCurrentIndex(number)
        title, hint = self._heads[number]
        self.head.set_title(title)
        self.head.set_hint(hint)
        for made in self.buttons:
            made.setVisible(number == 0)
        self.handlers_changed()

    def _enter_pane(self) -> None:
        if not self.split.detail_shown():
            self.split.toggle()

    # ── forms ────────────────────────────────────────────────────────────────────────────────
    def _leave_form(self) -> None:
        self.pane.slot.leave()

    def _form_changed(self) -> None:
        self.handlers_changed()
        if self.pane.slot.form is None and self.isVisible():
            self.finder.table.setFocus()

    # ── taking files in ──────────────────────────────────────────────────────────────────────
    def open_import_menu(self) -> QMenu:
        """What can be brought in."""
        entries = (
            Entry("导入法规原文", self.taking.choose_text, "document_text_20"),
            Entry("导入规则包更新", self.taking.choose_pack, "archive_20"),
        )
        menu = self.context.actions.menu(self, entries)
        at = self.buttons[-1]
        menu.popup(at.mapToGlobal(at.rect().bottomLeft()))
        return menu

    def open_file(self, path: Path) -> None:
        """A file that was dropped: a pack when it is a zip, else an official text."""
        if path.suffix.lower() in PACKS:
            self.taking.open_pack(path)
        else:
            self._open_text(path, "")

    def _open_text(self, path: Path, statute: str) -> None:
        self.show_rules()
        if not self.split.detail_shown():
            self.split.toggle()
        self.pane.import_text(path, statute)

    # ── what stands in place of the rules ────────────────────────────────────────────────────
    def _show_diff(self, path: Path, diff: PackDiff) -> None:
        self.update_.show_diff(path, diff)
        self._heads[2] = ("规则包更新", path.name)
        self._stand(2)
        self.update_.changes.setFocus()

    def accept_update(self) -> None:
        """Take the update that is shown."""
        path = self.update_.path
        if path is not None and self.update_.accept.isEnabled():
            self.update_.accept.setEnabled(False)
            self.taking.accept(path)

    def _show_check(self, outcome: CheckOutcome) -> None:
        self.check.show_outcome(outcome)
        self._stand(1)
        self.check.table.setFocus()


def _read(desk: Desk) -> tuple[list[LawRow], int]:
    return law_rows(desk), len(current_texts(desk))


def make(context: UiContext) -> Page:
    """The rule browser."""
    return LawPage(context)
