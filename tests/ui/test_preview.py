"""The preview: what is shown is what was given last, sharp, in its place, no other paper."""

from collections.abc import Callable

import pytest
import shiboken6
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from inspector_app.ui.pdf_view import LINE, Drawer, PdfView
from inspector_app.ui.preview import STEPS, PdfPreview, open_pdf
from inspector_app.ui.theme import style
from inspector_app.ui.theme.current import tokens
from tests.ui.fakes import RESOURCES

MakePdf = Callable[..., bytes]


@pytest.fixture
def preview(qtbot: QtBot) -> PdfPreview:
    made = PdfPreview()
    qtbot.addWidget(made)
    made.resize(500, 600)
    made.show()
    qtbot.waitExposed(made)
    return made


def test_the_preview_shows_the_bytes_and_keeps_the_place(
    qtbot: QtBot, preview: PdfPreview, make_pdf: MakePdf
) -> None:
    assert preview.page_count() == 0
    preview.show_pdf(make_pdf(3))
    assert preview.page_count() == 3
    bar = preview.view.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 400)
    bar.setValue(333)
    preview.show_pdf(make_pdf(4))
    qtbot.waitUntil(lambda: bar.value() == 333)
    assert preview.page_count() == 4
    preview.show_notice("没有页面", "缺少必填项")
    assert preview.page_count() == 0


def test_the_page_takes_the_width_until_one_zooms(
    qtbot: QtBot, preview: PdfPreview, make_pdf: MakePdf
) -> None:
    preview._zoom()
    preview.show_pdf(make_pdf(1))
    narrow = preview.factor()
    preview.resize(700, 600)
    qtbot.waitUntil(lambda: preview.factor() > narrow)
    fitted = preview.factor()
    preview._step(1)
    assert preview.factor() > fitted
    preview._step(-1)
    preview._step(-1)
    assert preview.factor() < fitted
    for _ in range(20):
        preview._step(1)
    assert preview.factor() == STEPS[-1]
    for _ in range(20):
        preview._step(-1)
    assert preview.factor() == STEPS[0]
    preview.resize(400, 600)
    assert preview.factor() == STEPS[0]


def seen(preview: PdfPreview) -> QImage:
    return preview.view.grab().toImage()


def test_what_is_shown_is_what_was_given_last_however_fast(
    qtbot: QtBot, preview: PdfPreview, make_pdf: MakePdf
) -> None:
    """A page asked for while the one before is being drawn is not taken for it."""
    short, long, pictures = make_pdf(1), make_pdf(1, words="改过的内容"), []
    for pdf in (short, long):
        preview.show_pdf(pdf)
        qtbot.waitUntil(preview.view.sharp)
        pictures.append(seen(preview))
    assert pictures[0] != pictures[1]
    for turn in range(20):
        preview.show_pdf(short)
        for _ in range(turn % 7):
            QApplication.processEvents()
        preview.show_pdf(long)
        assert not preview.view.sharp()
        qtbot.waitUntil(preview.view.sharp)
        assert seen(preview) == pictures[1]


def test_a_page_is_sharp_in_the_size_it_has_last(
    qtbot: QtBot, preview: PdfPreview, make_pdf: MakePdf
) -> None:
    preview.show_pdf(make_pdf(2))
    qtbot.waitUntil(preview.view.sharp)
    accepted = seen(preview)
    for turn in range(20):
        preview.resize(700, 600)
        for _ in range(turn % 7):
            QApplication.processEvents()
        preview.resize(500, 600)
        qtbot.waitUntil(preview.view.sharp)
        qtbot.waitUntil(lambda: seen(preview) == accepted)


def test_the_pages_follow_keys(qtbot: QtBot, preview: PdfPreview, make_pdf: MakePdf) -> None:
    view, bar = preview.view, preview.view.verticalScrollBar()
    preview.show_pdf(make_pdf(3))
    qtbot.keyClick(view, Qt.Key.Key_End)
    assert bar.value() == bar.maximum() > 0
    qtbot.waitUntil(view.sharp)
    qtbot.keyClick(view, Qt.Key.Key_Home)
    assert bar.value() == 0
    qtbot.keyClick(view, Qt.Key.Key_Down)
    assert bar.value() == LINE


def turn(view: PdfView, angle: int, keys: Qt.KeyboardModifier) -> None:
    middle = QPointF(view.viewport().rect().center())
    event = QWheelEvent(
        middle, view.mapToGlobal(middle), QPoint(), QPoint(0, angle),
        Qt.MouseButton.NoButton, keys, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(view.viewport(), event)


def test_the_wheel_scrolls_and_with_ctrl_zooms_a_step_a_notch(
    preview: PdfPreview, make_pdf: MakePdf
) -> None:
    view, bar = preview.view, preview.view.verticalScrollBar()
    preview.show_pdf(make_pdf(3))
    ctrl = Qt.KeyboardModifier.ControlModifier
    for angles, way in (([120], 1), ([-120], -1), ([40, 40, 39], 0), ([1], 1), ([60, -60, 61], 0)):
        before = preview.factor()
        for angle in angles:
            turn(view, angle, ctrl)
        assert (preview.factor() > before) - (preview.factor() < before) == way
    assert bar.value() == 0
    turn(view, -120, Qt.KeyboardModifier.NoModifier)
    assert bar.value() > 0


def test_what_stands_at_the_top_stays_there_when_one_zooms(
    preview: PdfPreview, make_pdf: MakePdf
) -> None:
    view, bar = preview.view, preview.view.verticalScrollBar()
    preview.show_pdf(make_pdf(4))
    view.set_zoom_factor(1.0)
    top = view._areas[2].top() + view._areas[2].height() // 4
    bar.setValue(top)
    for factor in (2.0, 0.5, 1.0):
        view.set_zoom_factor(factor)
        area = view._areas[2]
        assert abs(bar.value() - area.top() - area.height() / 4) <= 2
    assert abs(bar.value() - top) <= 4


def test_another_paper_after_a_notice_never_shows_the_one_before(
    qtbot: QtBot, preview: PdfPreview, make_pdf: MakePdf
) -> None:
    preview.show_pdf(make_pdf(1))
    qtbot.waitUntil(preview.view.sharp)
    before = seen(preview)
    preview.show_notice("正在排版", "")
    preview.show_pdf(make_pdf(1, words="别的文书"))
    first = seen(preview)
    assert first != before
    qtbot.waitUntil(preview.view.sharp)
    assert seen(preview) not in (before, first)


def test_a_damaged_paper_shows_empty_pages_and_the_next_one_comes(
    qtbot: QtBot, preview: PdfPreview, make_pdf: MakePdf
) -> None:
    pdf = make_pdf(2)
    preview.show_pdf(pdf)
    qtbot.waitUntil(preview.view.sharp)
    before = seen(preview)
    preview.show_pdf(damaged())
    qtbot.waitUntil(preview.view.sharp)
    assert seen(preview) != before
    preview.show_pdf(pdf)
    qtbot.waitUntil(preview.view.sharp)
    assert seen(preview) == before
    qtbot.waitUntil(lambda: len(preview.view.findChildren(Drawer)) == 1)


def damaged() -> bytes:
    """Two pages by its own count; the second is nowhere in it."""
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 2/Kids[3 0 R 9 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>",
    )
    out, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(b"%010d 00000 n \n" % len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    end = b"trailer<</Size 4/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(out)
    return out + b"xref\n0 4\n0000000000 65535 f \n" + b"".join(places) + end


def test_a_view_ends_while_pages_are_drawn(qtbot: QtBot, make_pdf: MakePdf) -> None:
    pdfs = [make_pdf(3, words=words) for words in ("甲", "乙", "丙")]
    for _ in range(20):
        view = PdfView()
        qtbot.addWidget(view)
        view.resize(900, 1200)
        view.show()
        for pdf in pdfs:
            view.show_document(open_pdf(None, pdf))
            view.grab()
        shiboken6.delete(view)


def test_the_ground_of_the_preview_follows_the_look(
    qapp: QApplication, preview: PdfPreview
) -> None:
    preview.add_to_bar(QWidget())
    style.apply(qapp, RESOURCES, "dark", shipped_fonts_only=True)
    dark = preview.view.palette().dark().color().name().upper()
    assert dark == tokens().canvas
