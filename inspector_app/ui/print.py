"""The print dialog: which printer, which pages, how often; or a PDF file where no printer is."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from inspector_app.errors import OutsideError, UserError
from inspector_app.ui.context import UiContext
from inspector_app.ui.forms.choices import ChoiceField
from inspector_app.ui.forms.form import Form
from inspector_app.ui.forms.lines import IntegerField, LineField
from inspector_app.ui.outside import open_folder
from inspector_app.ui.preview import open_pdf
from inspector_app.ui.printing import (
    NO_PRINTER,
    PrintJob,
    print_pdf,
    print_test_page,
    printer_names,
    read_pages,
)
from inspector_app.ui.theme.scaling import box, fix
from inspector_app.ui.widgets.banners import Banner
from inspector_app.ui.widgets.basic import label
from inspector_app.ui.widgets.buttons import button

TRAYS = (
    ("auto", "自动选择"),
    ("upper", "上层纸盒"),
    ("middle", "中层纸盒"),
    ("lower", "下层纸盒"),
    ("manual", "手动进纸"),
)
SIDES = (("single", "单面"), ("long", "双面，长边翻页"), ("short", "双面，短边翻页"))


class PrintDialog(QDialog):
    """`send` gets the job; the dialog closes when it was taken. `trial` prints a test page."""

    def __init__(
        self,
        parent: QWidget,
        title: str,
        pages: int,
        printers: list[str],
        send: Callable[[PrintJob], object],
        save: Callable[[], object],
        trial: Callable[[PrintJob], object],
    ) -> None:
        super().__init__(parent)
        self._pages, self._send, self._trial = pages, send, trial
        self.setWindowTitle("打印")
        fix(self, min_width=460)
        column = box(QVBoxLayout(self), (24, 20, 24, 20), 14)
        column.addWidget(label(title, "detailTitle", wrap=True))
        column.addWidget(label(f"A4　共 {pages} 页", "body"))
        self.notice = Banner("warning")
        self.notice.say("" if printers else NO_PRINTER)
        column.addWidget(self.notice)
        self.form = self._make_form(printers)
        self.form.setVisible(bool(printers))
        column.addWidget(self.form)
        row = box(QHBoxLayout(), spacing=8)
        row.addWidget(button("存为 PDF", "", "document_pdf_20", clicked=save))
        self.trial = button("测试页", clicked=self._print_trial)
        self.trial.setEnabled(bool(printers))
        row.addWidget(self.trial)
        row.addStretch()
        row.addWidget(button("取消", clicked=self.reject))
        self.go = button("打印", "primary", "print_20", clicked=self._print)
        self.go.setEnabled(bool(printers))
        row.addWidget(self.go)
        column.addLayout(row)

    def _make_form(self, printers: list[str]) -> Form:
        form = Form()
        form.submitted.connect(self._print)
        form.add(ChoiceField("printer", "打印机", [(name, name) for name in printers]))
        form.add(
            IntegerField("copies", "份数", check=_good_copies),
            LineField("pages", "页码", placeholder="全部，或 1-3,5", check=self._good_pages),
        )
        form.add(ChoiceField("duplex", "单双面", SIDES), ChoiceField("tray", "进纸", TRAYS))
        first = printers[0] if printers else ""
        form.set_values(
            {"printer": first, "copies": 1, "pages": "", "duplex": "single", "tray": "auto"}
        )
        return form

    def _good_pages(self, value: object) -> str:
        try:
            read_pages(str(value), self._pages)
        except UserError as error:
            return error.message
        return ""

    def job(self) -> PrintJob:
        """What was chosen."""
        values = self.form.values()
        copies = values["copies"]
        return PrintJob(
            printer=str(values["printer"]),
            copies=copies if isinstance(copies, int) else 1,
            pages=read_pages(str(values["pages"]), self._pages),
            duplex=str(values["duplex"] or "single"),
            tray=str(values["tray"] or "auto"),
        )

    def _print_trial(self) -> None:
        if self.form.validate():
            self._trial(replace(self.job(), pages=(), copies=1))

    def _print(self) -> None:
        if self.go.isEnabled() and self.form.validate():
            self._send(self.job())
            self.accept()


def _good_copies(value: object) -> str:
    return "" if isinstance(value, int) and 1 <= value <= 99 else "份数应在 1 至 99 之间"


def ask_and_print(context: UiContext, pdf: bytes, title: str) -> PrintDialog:
    """Open the dialog for a finished PDF; printing runs on the worker."""
    pages = open_pdf(None, pdf).pageCount()

    def send(job: PrintJob) -> None:
        context.tasks.outside(
            context.window,
            lambda: print_pdf(pdf, title, job),
            lambda count: context.say(f"已送到打印机：{title}，{count} 页"),
        )

    def trial(job: PrintJob) -> None:
        context.tasks.outside(
            context.window,
            lambda: print_test_page(job, context.desk.fonts()),
            lambda _: context.say("测试页已送到打印机"),
        )

    save = partial(save_pdf, context, pdf, title)
    dialog = PrintDialog(context.window, title, pages, printer_names(), send, save, trial)
    dialog.open()
    return dialog


def save_pdf(context: UiContext, pdf: bytes, title: str) -> Path | None:
    """Ask where, and write the PDF there; None when the user thought better of it."""
    name, _ = QFileDialog.getSaveFileName(
        context.window, "存为 PDF", f"{title}.pdf", "PDF 文件 (*.pdf)"
    )
    if not name:
        return None
    path = Path(name).with_suffix(".pdf")
    context.tasks.outside(
        context.window,
        lambda: _write(path, pdf),
        lambda _: context.toast(
            f"已存到 {path}", lambda: open_folder(context, path.parent), "打开文件夹"
        ),
    )
    return path


def _write(path: Path, pdf: bytes) -> None:
    try:
        path.write_bytes(pdf)
    except OSError as error:
        raise OutsideError(f"没有存下 {path}：{error.strerror}。", kind="file") from error
