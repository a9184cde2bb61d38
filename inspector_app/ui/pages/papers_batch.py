"""What is done with several marked papers: number them, print them, keep them as one file."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QSizePolicy, QWidget

from inspector_app.domain.papers import PaperState
from inspector_app.domain.term_words import weekday_text
from inspector_app.services.batch import Issued, bundle, issue_all
from inspector_app.services.looks import InTheWay, waits
from inspector_app.services.paper_registers import RegisterRow
from inspector_app.ui.actions import Entry
from inspector_app.ui.context import UiContext
from inspector_app.ui.pages.paper.dialogs import WIDE, PaperDialog
from inspector_app.ui.pages.papers_view import RegisterView
from inspector_app.ui.print import ask_and_print, save_pdf
from inspector_app.ui.tasks import Report
from inspector_app.ui.theme.scaling import fix
from inspector_app.ui.widgets.banners import Banner
from inspector_app.ui.widgets.basic import FactGrid
from inspector_app.ui.widgets.buttons import button

MOST_NAMED = 4  # cases named in the dialog


class IssueManyDialog(PaperDialog):
    """编号制发 N 份: asked once more, for numbers are not given back."""

    def __init__(
        self,
        context: UiContext,
        rows: Sequence[RegisterRow],
        go: Callable[[], object],
        waiting: Mapping[str, InTheWay],
    ) -> None:
        left = [row for row in rows if row.case_id not in waiting]
        super().__init__(
            context.window, f"编号制发 {len(left)} 份", "返回", button("编号制发", "primary")
        )
        self._go = go
        self.go.clicked.connect(lambda _checked=False: self._do())
        if waiting:
            fix(self, min_width=WIDE)
        facts = FactGrid(2)
        facts.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        rows, all_rows = left or rows, rows
        titles = "、".join(dict.fromkeys(row.title for row in rows))
        facts.show_facts(
            [
                ("文书", titles),
                ("当事人", f"{len({row.party for row in rows})} 个"),
                ("第一份", rows[0].party),
                ("制发日期", weekday_text(context.today())),
            ]
        )
        self.column.addWidget(facts)
        self.notice = Banner("info")
        self.notice.say("按起草先后逐份取号、存档，遇到第一份不能制发的停下。已制发的不能修改。")
        self.column.addWidget(self.notice)
        self.passed = Banner("warning")
        self.passed.say(*_passed_words(all_rows, waiting))
        self.column.addWidget(self.passed)
        self.go.setEnabled(bool(left))
        self.finish()
        (self.stay if waiting else self.go).setFocus()

    def _do(self) -> None:
        self.accept()
        self._go()


class PapersBatch:
    """Buttons in the foot of the register while several rows are marked."""

    def __init__(self, context: UiContext, owner: QWidget, view: RegisterView[RegisterRow]) -> None:
        self._context, self._owner, self._view = context, owner, view
        self.dialog: IssueManyDialog | None = None
        self.export = button("导出 PDF", "", "document_pdf_20", clicked=self.save, small=True)
        self.print = button("打印", "", "print_20", clicked=self.ask_sides, small=True)
        self.issue = button(
            "编号制发", "", "document_checkmark_20", clicked=self.ask_issue, small=True
        )
        for one in (self.export, self.print, self.issue):
            view.foot.addWidget(one)
        view.selected.connect(self.tell)
        view.loaded.connect(self.tell)
        self.tell()

    def tell(self) -> None:
        """Show what can be done with what is marked."""
        rows = self._view.marked()
        drafts = all(row.state is PaperState.DRAFT for row in rows)
        self.export.setVisible(bool(rows))
        self.print.setVisible(bool(rows))
        self.issue.setVisible(bool(rows) and drafts)

    # ── one file ─────────────────────────────────────────────────────────────────────────────
    def save(self) -> None:
        """All in filing order as one file."""
        self._bundle(False, lambda pdf, title: save_pdf(self._context, pdf, title))

    def ask_sides(self) -> None:
        """On one side of the paper or on both: then each paper begins on a sheet of its own."""
        entries = (
            Entry("单面打印", lambda: self.print_all(both_sides=False), "print_20"),
            Entry("双面打印，每份另起一张", lambda: self.print_all(both_sides=True), "document_20"),
        )
        menu = self._context.actions.menu(self._owner, entries)
        menu.popup(self.print.mapToGlobal(QPoint(0, -menu.sizeHint().height())))

    def print_all(self, *, both_sides: bool) -> None:
        """All in filing order, as one print job."""
        self._bundle(both_sides, lambda pdf, title: ask_and_print(self._context, pdf, title))

    def _bundle(self, both_sides: bool, then: Callable[[bytes, str], object]) -> None:
        rows = self._view.marked()
        ids, desk = [row.id for row in rows], self._context.desk
        title = f"文书 {len(rows)} 份_{self._context.today():%Y%m%d}"

        def make(report: Report) -> bytes:
            return bundle(desk, ids, both_sides=both_sides, progress=report.progress).pdf

        self._context.tasks.long_work(
            self._owner, "正在合并文书", make, lambda pdf: then(pdf, title)
        )

    # ── numbers ──────────────────────────────────────────────────────────────────────────────
    def ask_issue(self) -> None:
        """Ask once, then issue in the order the drafts were begun."""
        rows = sorted(self._view.marked(), key=lambda row: row.id)
        if not rows:
            return
        desk, cases = self._context.desk, [row.case_id for row in rows if row.case_id]
        self._context.tasks.query(
            self._owner, lambda: waits(desk, cases), lambda waiting: self._ask(rows, waiting)
        )

    def _ask(self, rows: Sequence[RegisterRow], waiting: Mapping[str, InTheWay]) -> None:
        self.dialog = IssueManyDialog(self._context, rows, lambda: self._issue(rows), waiting)
        self.dialog.open()

    def _issue(self, rows: Sequence[RegisterRow]) -> None:
        desk, ids = self._context.desk, [row.id for row in rows]

        def run(report: Report) -> Issued:
            return issue_all(desk, ids, report.progress, report.cancelled)

        self._context.tasks.long_work(self._owner, f"正在制发 {len(ids)} 份文书", run, self._told)

    def _told(self, done: Issued) -> None:
        made = f"已制发 {len(done.papers)} 份"
        if done.passed_over:
            made += f"，跳过 {len(done.passed_over)} 份"
        stopped = done.stopped
        if stopped is not None:
            words = f"{made}，停在{stopped.party}的{stopped.title}：{stopped.message}"
            self._context.toast(
                words, lambda: self._context.open_page("paper", stopped.paper_id), "打开"
            )
        else:
            self._context.say(f"{made}，已按要求停下" if done.cancelled else made)


def _passed_words(rows: Sequence[RegisterRow], waiting: Mapping[str, InTheWay]) -> tuple[str, str]:
    """Which cases are passed over and why; nothing when none is."""
    passed = {row.case_id: row for row in rows if row.case_id in waiting}
    if not passed:
        return "", ""
    said = []
    for case_id, row in list(passed.items())[:MOST_NAMED]:
        one = waiting[case_id]
        why = f"{one.disputed()} 项冲突没有处理" if one.disputed() else "两处同改还没有人看过"
        said.append(f"{row.case_no or row.party}：{why}")
    more = f"等 {len(passed)} 件" if len(passed) > MOST_NAMED else ""
    words = "；".join(said) + more + "。先到“共享库”页处理，再制发它们。"
    return words, "跳过"
