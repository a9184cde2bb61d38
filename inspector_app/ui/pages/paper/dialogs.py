"""The two dialogs of a paper: what cannot be undone is asked once more (issue, void)."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from inspector_app.domain.term_words import weekday_text
from inspector_app.services.looks import SideBySide
from inspector_app.ui.context import UiContext
from inspector_app.ui.forms.form import Form
from inspector_app.ui.forms.texts import TextField
from inspector_app.ui.looks_grid import LooksGrid
from inspector_app.ui.pages.paper.reading import PaperNews
from inspector_app.ui.theme.scaling import box, fix
from inspector_app.ui.widgets.banners import Banner
from inspector_app.ui.widgets.basic import FactGrid, label, scrolling
from inspector_app.ui.widgets.buttons import Button, button

WIDE = 680  # px at 100 %: two sides beside each other, or a sentence of two lines


class PaperDialog(QDialog):
    """Title, content, and two buttons: the way back has the focus at first."""

    def __init__(self, parent: QWidget, title: str, stay: str, go: Button) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        fix(self, min_width=460)
        self.column = box(QVBoxLayout(self), (24, 20, 24, 20), 14)
        self.column.addWidget(label(title, "detailTitle"))
        self.row = box(QHBoxLayout(), spacing=8)
        self.stay = button(stay, clicked=self.reject)
        self.go = go
        self.row.addStretch()
        self.row.addWidget(self.stay)
        self.row.addWidget(go)

    def finish(self) -> None:
        """The buttons stand below what was put into `column`."""
        self.column.addLayout(self.row)


class IssueDialog(PaperDialog):
    """编号并打印: a number is taken, the page is filed, nothing can be changed afterwards."""

    def __init__(
        self,
        context: UiContext,
        news: PaperNews,
        go: Callable[[], object],
        disputed: int = 0,
        sides: Sequence[SideBySide] = (),
        stock: str = "",
    ) -> None:
        super().__init__(
            context.window, "编号并打印", "返回修改", button("编号并打印", "primary", "print_20")
        )
        self.go.clicked.connect(lambda _checked=False: self._do(go))
        facts = FactGrid(2)
        case = news.sheet.case
        facts.show_facts(
            [
                ("文书", news.sheet.kind.title),
                ("当事人", news.row.employer if news.row else ""),
                ("案号", case.case_no if case else ""),
                ("制发日期", weekday_text(context.today())),
            ]
        )
        self.column.addWidget(facts)
        words = "字号按顺序取下一个，制发后存档。" if news.sheet.kind.series else "制发后存档。"
        if news.sheet.paper.number:
            words = f"使用预留的{news.sheet.paper.number}，制发后存档。"
        self.notice = Banner("info")
        self.notice.say(f"{words}{stock}存档的文书不能修改，写错只能作废重做。")
        self.column.addWidget(self.notice)
        self._ask_first(disputed, sides)
        self.finish()
        (self.stay if disputed or sides else self.go).setFocus()

    def _ask_first(self, disputed: int, sides: Sequence[SideBySide]) -> None:
        """What is disputed, and what merged by itself: both are said before the number is taken."""
        if disputed or sides:
            fix(self, min_width=WIDE)
        if disputed:
            asked = Banner("warning")
            words = "请先到“共享库”页处理；仍要制发的，请核对文书里的内容。"
            asked.say(words, f"本案有 {disputed} 项冲突没有处理")
            self.column.addWidget(asked)
            self.go.setText("仍然编号并打印")
        if sides:
            asked = Banner("warning")
            words = "各改各的，已自动合并；请看两边改了什么，再核对文书里的内容。"
            asked.say(words, "本案的法定事实在两台电脑上同时改过")
            self.column.addWidget(asked)
            self.looks = LooksGrid()
            self.looks.show_sides(sides)
            self.column.addWidget(fix(scrolling(self.looks), min_height=180, max_height=320), 1)
            self.go.setText("看过了，仍然编号并打印" if disputed else "看过了，编号并打印")

    def _do(self, go: Callable[[], object]) -> None:
        self.accept()
        go()


class VoidDialog(PaperDialog):
    """作废: the reason is a must; the paper stays with its number and the reason."""

    def __init__(self, context: UiContext, number: str, go: Callable[[str], object]) -> None:
        super().__init__(
            context.window, f"作废 {number}".strip(), "不作废", button("作废", "danger")
        )
        self._go = go
        self.go.clicked.connect(lambda _checked=False: self._do())
        self.column.addWidget(
            label(
                "作废后不能恢复。文书、字号和理由都留在登记簿里，字号不再使用。", "body", wrap=True
            )
        )
        self.form = Form()
        self.form.submitted.connect(self._do)
        self.why = TextField(
            "why",
            "作废理由",
            required=True,
            lines=3,
            placeholder="例如：当事人名称写错，已重新制发",
        )
        self.form.add(self.why)
        self.column.addWidget(self.form)
        self.finish()
        self.why.setFocus()

    def _do(self) -> None:
        if self.form.validate():
            self.accept()
            self._go(str(self.why.value()))
