"""查验: whether a scanned code, or a PDF file, is that of a paper of this office."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from inspector_app.errors import UserError
from inspector_app.services.issuing import Verdict, verify, verify_code
from inspector_app.ui.context import UiContext
from inspector_app.ui.drops import FileDrops
from inspector_app.ui.forms.form import Form
from inspector_app.ui.forms.lines import LineField
from inspector_app.ui.theme.scaling import box
from inspector_app.ui.widgets.banners import Banner
from inspector_app.ui.widgets.basic import FactGrid, Panel, label
from inspector_app.ui.widgets.buttons import button

HINT = "用扫码枪或手机扫首页页脚的二维码，把得到的文字填在这里"
LIMITS = "核验码只说明字号和内容与存档一致；纸面有没有改动，以存档文件为准，也可以查验 PDF 文件。"


class VerifyPanel(Panel):
    """A line for the code, a button for a file, and the verdict below."""

    def __init__(self, context: UiContext) -> None:
        super().__init__((24, 20, 24, 20), 14)
        self._context = context
        FileDrops(self, (".pdf",), self.check_file, alone=True)
        self.column.addWidget(label("查验文书", "sectionTitle"))
        self.column.addWidget(label(LIMITS, "body", wrap=True))
        self.form = Form()
        self.code = LineField("code", "核验码", placeholder=HINT)
        self.code.edit.returnPressed.connect(self.check_code)
        self.form.add(self.code)
        self.column.addWidget(self.form)
        row = box(QHBoxLayout(), spacing=8)
        self.go = button("查验", "primary", "shield_checkmark_20", "Enter", self.check_code)
        row.addWidget(self.go)
        row.addWidget(button("选 PDF 文件", "", "document_pdf_20", clicked=self.ask_file))
        row.addStretch()
        self.column.addLayout(row)
        self.verdict = Banner("info")
        self.verdict.hide()
        self.column.addWidget(self.verdict)
        self.facts = FactGrid(2)
        self.facts.hide()
        self.column.addWidget(self.facts)
        self.column.addStretch()

    def check_code(self) -> None:
        """Ask about the text in the line."""
        text, desk = self.code.text(), self._context.desk
        if not text:
            self.code.set_error("请填写核验码")
            return
        self._ask(lambda: verify_code(desk, text))

    def ask_file(self) -> None:
        """Choose a PDF."""
        name, _ = QFileDialog.getOpenFileName(
            self, "查验 PDF 文件", str(Path.home()), "PDF 文件 (*.pdf)"
        )
        if name:
            self.check_file(Path(name))

    def check_file(self, path: Path) -> None:
        """Ask about a file, byte for byte."""
        desk = self._context.desk
        self._ask(lambda: verify(desk, path))

    def _ask(self, ask: Callable[[], Verdict]) -> None:
        self.code.set_error("")
        self.verdict.hide()
        self.facts.hide()
        self._context.tasks.query(self, ask, self._show, self._failed)

    def _failed(self, error: Exception) -> None:
        if isinstance(error, UserError) and self.form.show_problem(error.field, error.message):
            return
        self._context.trouble(error)

    def _show(self, verdict: Verdict) -> None:
        title = "属实" if verdict.ok else "不符"
        self.verdict.say(verdict.reason, title, "success" if verdict.ok else "danger")
        self.facts.show_facts([("字号", verdict.number), ("校验值", f"{verdict.sha256[:16]}…")])
        self.facts.show()

    def first_focus(self) -> QWidget:
        """A scanner types at once."""
        return self.code.edit
