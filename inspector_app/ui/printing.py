"""Sends a finished PDF to the system printer: page range, copies, both sides."""

from dataclasses import dataclass

from PySide6.QtCore import QMarginsF, QRectF, QSize
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPdf import QPdfDocument, QPdfDocumentRenderOptions
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from inspector_app.errors import OutsideError, UserError
from inspector_app.papers.fonts import FontSet
from inspector_app.papers.testpage import trial_page
from inspector_app.ui.preview import open_pdf

MOST_DPI = 400  # sharp for 仿宋 at 16 pt; a page at 600 dpi is 140 MB
DUPLEX = {
    "single": QPrinter.DuplexMode.DuplexNone,
    "long": QPrinter.DuplexMode.DuplexLongSide,
    "short": QPrinter.DuplexMode.DuplexShortSide,
}
TRAYS = {
    "auto": QPrinter.PaperSource.Auto,
    "upper": QPrinter.PaperSource.Upper,
    "middle": QPrinter.PaperSource.Middle,
    "lower": QPrinter.PaperSource.Lower,
    "manual": QPrinter.PaperSource.Manual,
}
NO_PRINTER = "没有找到打印机。请在系统设置里添加打印机，或先存为 PDF。"


@dataclass(frozen=True, slots=True)
class PrintJob:
    """How to print. `pages` are page numbers from 1; none means all."""

    printer: str = ""
    copies: int = 1
    pages: tuple[int, ...] = ()
    duplex: str = "single"
    tray: str = "auto"
    to_file: str = ""  # a PDF printer's target, for tests and "print to file"


def printer_names() -> list[str]:
    """The printers of this PC, the default one first."""
    default = QPrinterInfo.defaultPrinterName()
    names = list(QPrinterInfo.availablePrinterNames())
    return sorted(names, key=lambda name: name != default)


def read_pages(text: str, count: int) -> tuple[int, ...]:
    """1-3,5 as page numbers; nothing typed means all; UserError says what is wrong."""
    typed = text.replace("，", ",").replace("、", ",").replace("－", "-").replace(" ", "")
    if not typed:
        return ()
    pages: list[int] = []
    for piece in typed.split(","):
        first, _, last = piece.partition("-")
        if not first.isdecimal() or (last and not last.isdecimal()):
            raise UserError("页码请写成 1-3,5 这样", field="pages")
        start, end = int(first), int(last or first)
        if not 1 <= start <= end <= count:
            raise UserError(f"页码应在 1 至 {count} 之间", field="pages")
        pages += range(start, end + 1)
    return tuple(dict.fromkeys(pages))


def make_printer(job: PrintJob, title: str) -> QPrinter:
    """A printer set up for A4 without margins of its own: the PDF has them."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    if job.to_file:
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(job.to_file)
    elif not job.printer:
        raise OutsideError(NO_PRINTER, kind="printer")
    else:
        printer.setPrinterName(job.printer)
    printer.setDocName(title)
    printer.setCreator("inspector-app")
    printer.setFullPage(True)
    printer.setCopyCount(job.copies)
    printer.setDuplex(DUPLEX[job.duplex])
    printer.setPaperSource(TRAYS[job.tray])
    return printer


def print_pdf(pdf: bytes, title: str, job: PrintJob) -> int:
    """Print; the number of sheets' sides sent. OutsideError when the printer refuses."""
    document = open_pdf(None, pdf)
    count = document.pageCount()
    if not count:
        raise UserError("这份文件没有可以打印的页")
    printer = make_printer(job, title)
    pages = job.pages or tuple(range(1, count + 1))
    _set_page(printer, document, pages[0])
    painter = QPainter()
    if not painter.begin(printer):
        raise OutsideError("打印机没有响应，请检查后再试。", kind="printer")
    try:
        for number, page in enumerate(pages):
            if number:
                _set_page(printer, document, page)
                printer.newPage()
            _paint(painter, printer, document, page)
    finally:
        painter.end()
    return len(pages)


def print_test_page(job: PrintJob, fonts: FontSet) -> int:
    """Print the page that shows whether margins and fonts come out as they should."""
    return print_pdf(trial_page(fonts), "打印测试页", job)


def _set_page(printer: QPrinter, document: QPdfDocument, page: int) -> None:
    size = document.pagePointSize(page - 1)
    wide = size.width() > size.height()
    paper = size.transposed() if wide else size
    layout = QPageLayout(
        QPageSize(paper, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch),
        QPageLayout.Orientation.Landscape if wide else QPageLayout.Orientation.Portrait,
        QMarginsF(0, 0, 0, 0),
    )
    layout.setMode(QPageLayout.Mode.FullPageMode)
    printer.setPageLayout(layout)


def _paint(painter: QPainter, printer: QPrinter, document: QPdfDocument, page: int) -> None:
    inch = min(printer.resolution(), MOST_DPI)
    points = document.pagePointSize(page - 1)
    pixels = QSize(round(points.width() / 72 * inch), round(points.height() / 72 * inch))
    image = document.render(page - 1, pixels, QPdfDocumentRenderOptions())
    scale = printer.resolution() / 72
    painter.drawImage(QRectF(0, 0, points.width() * scale, points.height() * scale), image)
