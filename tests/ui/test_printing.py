"""Preview and printing: the very bytes, page ranges, and a way on where no printer is."""

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pypdf
import pytest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from inspector_app.errors import OutsideError, UserError
from inspector_app.ui import print as print_module
from inspector_app.ui import printing
from inspector_app.ui.context import UiContext
from inspector_app.ui.preview import open_pdf
from inspector_app.ui.print import PrintDialog, ask_and_print, save_pdf
from inspector_app.ui.printing import NO_PRINTER, PrintJob, print_pdf, printer_names, read_pages


# ── printing ─────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("typed", "pages"),
    [("", ()), ("2", (2,)), ("1-3，5", (1, 2, 3, 5)), ("3、1-2", (3, 1, 2)), ("2,2", (2,))],
)
def test_page_ranges_are_read_as_people_write_them(typed: str, pages: tuple[int, ...]) -> None:
    assert read_pages(typed, 5) == pages


@pytest.mark.parametrize("typed", ["0", "6", "3-1", "a", "1-", "-"])
def test_wrong_page_ranges_are_refused(typed: str) -> None:
    with pytest.raises(UserError, match="页码"):
        read_pages("1-x" if typed == "1-" else typed, 5)


def test_the_chosen_pages_are_printed_each_in_its_size(
    tmp_path: Path, make_pdf: Callable[..., bytes]
) -> None:
    target = tmp_path / "printed.pdf"
    job = PrintJob(pages=(1, 3), to_file=str(target))
    assert print_pdf(make_pdf(3, across=True), "限期改正指令书", job) == 2
    printed = pypdf.PdfReader(target)
    sizes = [(round(p.mediabox.width), round(p.mediabox.height)) for p in printed.pages]
    assert sizes == [(595, 842), (842, 595)]


def test_all_pages_are_printed_when_none_is_named(
    tmp_path: Path, make_pdf: Callable[..., bytes]
) -> None:
    target = tmp_path / "printed.pdf"
    assert print_pdf(make_pdf(2), "通知书", PrintJob(to_file=str(target), duplex="long")) == 2
    assert open_pdf(None, target.read_bytes()).pageCount() == 2


@pytest.mark.qt_log_ignore("QPainter::begin", extend=True)  # Qt says it too
def test_printing_without_a_printer_or_without_pages_is_told(
    make_pdf: Callable[..., bytes], tmp_path: Path
) -> None:
    with pytest.raises(OutsideError, match="没有找到打印机"):
        print_pdf(make_pdf(1), "通知书", PrintJob())
    with pytest.raises(UserError):
        print_pdf(b"not a pdf", "通知书", PrintJob(to_file=str(tmp_path / "x.pdf")))
    nowhere = str(tmp_path / "no" / "x.pdf")
    with pytest.raises(OutsideError, match="没有响应"):
        print_pdf(make_pdf(1), "通知书", PrintJob(to_file=nowhere))


def test_a_named_printer_is_asked_for_copies_and_sides() -> None:
    printer = printing.make_printer(PrintJob("办公室", copies=3, duplex="short"), "通知书")
    assert printer.docName() == "通知书"


def test_the_default_printer_stands_first(monkeypatch: pytest.MonkeyPatch) -> None:
    class Info:
        @staticmethod
        def defaultPrinterName() -> str:  # noqa: N802 - Qt's name
            return "二楼"

        @staticmethod
        def availablePrinterNames() -> list[str]:  # noqa: N802 - Qt's name
            return ["一楼", "二楼"]

    monkeypatch.setattr(printing, "QPrinterInfo", Info)
    assert printer_names() == ["二楼", "一楼"]


# ── dialog ───────────────────────────────────────────────────────────────────────────────────────
def make_dialog(qtbot: QtBot, printers: list[str]) -> tuple[PrintDialog, list[PrintJob]]:
    sent: list[PrintJob] = []
    host = QWidget()
    qtbot.addWidget(host)
    tried: list[PrintJob] = []
    dialog = PrintDialog(
        host, "限期改正指令书", 4, printers, sent.append, lambda: None, tried.append
    )
    dialog.tried = tried  # type: ignore[attr-defined]  # what the test page was asked with
    dialog.host = host  # type: ignore[attr-defined]  # keeps the parent alive
    dialog.open()
    return dialog, sent


def test_the_dialog_sends_what_was_chosen(qtbot: QtBot) -> None:
    dialog, sent = make_dialog(qtbot, ["一楼"])
    dialog.form.set_values({"copies": 2, "pages": "1-2", "duplex": "long"})
    dialog.go.click()
    assert sent == [PrintJob("一楼", 2, (1, 2), "long")]
    assert not dialog.isVisible()


def test_a_test_page_goes_to_the_chosen_printer_and_tray(qtbot: QtBot) -> None:
    dialog, sent = make_dialog(qtbot, ["一楼"])
    dialog.form.set_values({"copies": 3, "pages": "2", "tray": "lower"})
    dialog.trial.click()
    assert dialog.tried == [PrintJob("一楼", 1, (), "single", "lower")]  # type: ignore[attr-defined]  # set by make_dialog
    assert sent == []
    assert dialog.isVisible()


def test_a_tray_is_part_of_the_job(qtbot: QtBot) -> None:
    dialog, sent = make_dialog(qtbot, ["一楼"])
    dialog.form.set_values({"tray": "manual"})
    dialog.go.click()
    assert sent == [PrintJob("一楼", tray="manual")]


def test_the_dialog_says_what_is_wrong_in_place(qtbot: QtBot) -> None:
    dialog, sent = make_dialog(qtbot, ["一楼"])
    dialog.form.set_values({"copies": 200, "pages": "9"})
    dialog.form.submitted.emit()
    assert sent == []
    assert dialog.form.fields["copies"].error() == "份数应在 1 至 99 之间"
    assert dialog.form.fields["pages"].error() == "页码应在 1 至 4 之间"
    dialog.form.set_values({"copies": None, "pages": ""})
    assert dialog.job().copies == 1


def test_without_a_printer_the_dialog_says_so_and_offers_a_file(qtbot: QtBot) -> None:
    dialog, sent = make_dialog(qtbot, [])
    assert dialog.notice.text() == NO_PRINTER
    assert not dialog.go.isEnabled()
    dialog._print()
    assert sent == []


def test_a_paper_is_printed_off_the_main_thread_and_told(
    qtbot: QtBot,
    context: UiContext,
    make_pdf: Callable[..., bytes],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    threads: list[threading.Thread] = []

    def to_file(pdf: bytes, title: str, job: PrintJob) -> int:
        threads.append(threading.current_thread())
        return print_pdf(pdf, title, replace(job, to_file=str(tmp_path / "sent.pdf")))

    monkeypatch.setattr(print_module, "printer_names", lambda: ["一楼"])
    monkeypatch.setattr(print_module, "print_pdf", to_file)
    said: list[str] = []
    monkeypatch.setattr(type(context), "say", lambda _self, text: said.append(text))
    dialog = ask_and_print(context, make_pdf(2), "通知书")
    dialog.go.click()
    qtbot.waitUntil(lambda: said == ["已送到打印机：通知书，2 页"])
    assert threads[0] is not threading.main_thread()
    assert len(pypdf.PdfReader(tmp_path / "sent.pdf").pages) == 2


def test_a_paper_is_saved_as_a_file_where_the_user_says(
    qtbot: QtBot, context: UiContext, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    target = tmp_path / "通知书"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    assert save_pdf(context, b"%PDF", "通知书") == target.with_suffix(".pdf")
    qtbot.waitUntil(lambda: target.with_suffix(".pdf").exists())
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    assert save_pdf(context, b"%PDF", "通知书") is None
    nowhere = str(tmp_path / "no" / "x.pdf")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (nowhere, ""))
    with qtbot.waitSignal(context.tasks.outside_error) as told:
        save_pdf(context, b"%PDF", "通知书")
    assert told.args[0].message.startswith("没有存下")
