"""A site inspection filled in with the keyboard, from the list to the order that follows."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QFileDialog, QLabel

from inspector_app.domain.inspections import Answer
from inspector_app.errors import OutsideError
from inspector_app.services.inspections import (
    answer,
    attach,
    detach,
    inspection_sheet,
)
from inspector_app.ui.pages.inspection import doing as doing_module
from inspector_app.ui.pages.inspection.page import InspectionPage
from inspector_app.ui.pages.inspection.reading import SITE
from inspector_app.ui.pages.paper.page import PaperPage
from tests.ui.pages.conftest import WAIT, Driver, Picture, press
from tests.ui.pages.visits import CTRL, begun, focus, given, key, opened, sheet, words
from tests.ui.typing import commit, compose


@pytest.fixture
def page(user: Driver) -> InspectionPage:
    return opened(user, begun(user))


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "告示牌.jpg"
    path.write_bytes(b"a photograph")
    return path


# ── keys ─────────────────────────────────────────────────────────────────────────────────────
def test_arrows_choose_and_digits_answer(user: Driver, page: InspectionPage) -> None:
    assert page.items.current() == "C01"
    key(user, page, Qt.Key.Key_1)
    key(user, page, Qt.Key.Key_Down)
    key(user, page, Qt.Key.Key_2)
    key(user, page, Qt.Key.Key_Down)
    key(user, page, Qt.Key.Key_4)

    assert [given(user, page, f"C0{n}")[0] for n in (1, 2, 3)] == [
        Answer.YES, Answer.NO, Answer.NOT_APPLICABLE,
    ]  # fmt: skip
    assert page.groups.words.text() == "已答 3/53　不合格 1"
    assert page.items.cards["C02"].answers.current() == 1
    assert page.findings.title.text() == "发现的问题 1"
    assert page.head.hint().endswith("已自动保存 09:41")


def test_the_arrow_past_the_last_item_goes_to_the_next_group(
    user: Driver, page: InspectionPage
) -> None:
    page.jump("C09")
    key(user, page, Qt.Key.Key_Down)
    assert page.items.current() == "C10"
    assert page.group_title.text() == "分包与管理"
    key(user, page, Qt.Key.Key_Up)
    assert page.items.current() == "C09"
    page.jump("C01")
    key(user, page, Qt.Key.Key_Up)
    assert page.items.current() == "C01"


def test_n_writes_a_note_that_saves_itself_and_esc_goes_back_to_the_items(
    user: Driver, page: InspectionPage
) -> None:
    key(user, page, Qt.Key.Key_2)
    key(user, page, Qt.Key.Key_N)
    detail = page.items.detail()
    assert detail is not None
    assert user.window.focusWidget() is detail.note.edit
    compose(detail.note.edit, "heta")
    assert not detail.pending()
    commit(detail.note.edit, "合同没有日期")
    user.qtbot.keyClick(detail.note.edit, Qt.Key.Key_Escape)
    user.quiet()
    assert user.at() == "inspection"
    assert user.window.focusWidget() is page.items
    assert given(user, page, "C01") == (Answer.NO, "合同没有日期")
    assert any("合同没有日期" in text for text in words(page.findings))


def test_a_note_rests_and_is_saved_without_leaving_it(user: Driver, page: InspectionPage) -> None:
    key(user, page, Qt.Key.Key_N)
    detail = page.items.detail()
    assert detail is not None
    commit(detail.note.edit, "负责人不在")
    user.qtbot.waitUntil(lambda: not detail.pending(), timeout=WAIT)
    user.quiet()
    assert given(user, page, "C01") == (Answer.UNCHECKED, "负责人不在")


def test_digits_in_the_note_are_text(user: Driver, page: InspectionPage) -> None:
    key(user, page, Qt.Key.Key_N)
    detail = page.items.detail()
    assert detail is not None
    user.qtbot.keyClicks(detail.note.edit, "12")
    user.act("save")
    assert given(user, page, "C01")[1] == "12"


def test_a_click_on_an_answer_opens_its_item(user: Driver, page: InspectionPage) -> None:
    page.items.cards["C04"].answers.at(0).click()
    user.quiet()
    assert page.items.current() == "C04"
    assert given(user, page, "C04")[0] is Answer.YES


# ── evidence ─────────────────────────────────────────────────────────────────────────────────
def test_a_adds_several_files_at_once_and_one_is_taken_off(
    user: Driver, page: InspectionPage, photo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = photo.with_name("合同.pdf")
    other.write_bytes(b"a contract")
    chosen = ([str(photo), str(other)], "")
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_given: chosen)
    key(user, page, Qt.Key.Key_2)
    assert [one.item_id for one in sheet(user, page).open_points] == ["C01"]
    key(user, page, Qt.Key.Key_A)
    assert [one.name for one in sheet(user, page).evidence] == ["告示牌.jpg", "合同.pdf"]
    assert user.toast() == "C01 已添加 2 份证据"
    detail = page.items.detail()
    assert detail is not None
    assert "告示牌.jpg" in words(detail)
    remove = [b for b in detail.findChildren(type(page.finish)) if "移除 合同" in b.toolTip()]
    remove[0].click()
    user.quiet()
    assert [one.name for one in sheet(user, page).evidence] == ["告示牌.jpg"]


def test_files_are_dropped_on_the_item(user: Driver, page: InspectionPage, photo: Path) -> None:
    detail = page.items.detail()
    assert detail is not None
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(photo))])
    event = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    detail.drop.dropEvent(event)
    user.quiet()
    assert [one.name for one in sheet(user, page).evidence] == ["告示牌.jpg"]


def test_an_empty_file_is_refused_in_words(
    user: Driver, page: InspectionPage, tmp_path: Path
) -> None:
    empty = tmp_path / "空.jpg"
    empty.touch()
    page.doing.attach("C01", [empty])
    user.quiet()
    assert user.toast() == "“空.jpg”是空文件，请重新选择。"


# ── findings and completion ──────────────────────────────────────────────────────────────────
def test_an_open_point_is_jumped_to(user: Driver, page: InspectionPage) -> None:
    answer(user.scene.desk, str(page.place()), "C44", Answer.NO)
    user.act("refresh")
    press(page.findings, "C44")
    assert page.items.current() == "C44"
    assert page.group_title.text() == "告示牌"


def test_completion_jumps_to_what_lacks_evidence_then_closes(
    user: Driver, page: InspectionPage, photo: Path
) -> None:
    visit = str(page.place())
    answer(user.scene.desk, visit, "C44", Answer.NO)
    user.act("refresh")
    user.qtbot.keyClick(page.items, Qt.Key.Key_Return, CTRL)
    user.quiet()
    assert page.items.current() == "C44"
    assert "请附至少一份证据" in user.toast()

    attach(user.scene.desk, visit, "C44", photo)
    page.finish.click()
    user.quiet()
    assert sheet(user, page).inspection.finished
    assert user.toast() == "检查已完成"
    assert not page.finish.isVisible()
    assert page.head.hint().endswith("已完成，不能再改")
    key(user, page, Qt.Key.Key_1)
    assert given(user, page, "C44")[0] is Answer.NO


def test_the_head_saves_itself_and_refuses_times_the_wrong_way_round(
    user: Driver, page: InspectionPage
) -> None:
    page.groups.table.select_key(SITE)
    fields = page.site.fields
    for name, text in (("arrived_at", "9:30"), ("left_at", "9:00"), ("host", "吴演示")):
        focus(user, fields[name].editor)
        commit(fields[name].editor, text)
    focus(user, fields["opinion"].editor)
    user.quiet()
    assert fields["left_at"].error() == "离开时间不能早于到达时间"
    assert sheet(user, page).inspection.host == ""

    fields["left_at"].set_value(None)
    commit(fields["left_at"].editor, "11点")
    commit(fields["opinion"].editor, "无异议")
    user.open("inspections")
    done = inspection_sheet(user.scene.desk, str(page.place())).inspection
    assert (done.arrived_at, done.left_at, done.host, done.opinion) == (
        "09:30", "11:00", "吴演示", "无异议",
    )  # fmt: skip


def test_the_same_inspector_twice_is_not_saved(user: Driver, page: InspectionPage) -> None:
    page.site.second.set_value(page.site.first.value())
    page.site.second.edited.emit()
    page.site.second.validate()
    assert page.site.second.error() == "两名检查人员不能是同一人"
    user.act("save")
    assert len(set(sheet(user, page).inspection.inspector_ids)) == 2


def test_what_the_ledger_refuses_is_said_under_its_field(
    user: Driver, page: InspectionPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_given: object) -> None:
        raise OutsideError("磁盘已满，没有存下来。")

    monkeypatch.setattr(doing_module, "change_inspection", refuse)
    commit(page.site.fields["host"].editor, "吴演示")
    user.act("save")
    assert user.window.banner.text() == "磁盘已满，没有存下来。"


# ── papers ───────────────────────────────────────────────────────────────────────────────────
def test_findings_become_an_order_without_retyping(user: Driver, page: InspectionPage) -> None:
    visit = str(page.place())
    assert not page.order.isEnabled()
    answer(user.scene.desk, visit, "C44", Answer.NO, "大门未设置")
    user.act("refresh")
    page.order.click()
    user.quiet()
    paper = user.page()
    assert isinstance(paper, PaperPage)
    facts = str(paper.editor.form.fields["facts"].value())
    assert "大门未设置" in facts
    user.act("back")
    assert page.order.text() == "打开限期改正指令书"
    page.order.click()
    user.quiet()
    assert user.page() is paper


def test_the_record_is_made_of_the_answers(user: Driver, page: InspectionPage) -> None:
    key(user, page, Qt.Key.Key_1)
    page.record.click()
    user.quiet()
    paper = user.page()
    assert isinstance(paper, PaperPage)
    assert paper.head.title() == "现场检查笔录"


def test_ctrl_p_prints_the_blank_checklist(
    user: Driver, page: InspectionPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[str] = []
    monkeypatch.setattr(doing_module, "ask_and_print", lambda _c, _page, title: sent.append(title))
    user.act("print")
    assert sent == ["工程建设项目工资支付检查表"]


def test_f4_hides_the_findings(user: Driver, page: InspectionPage) -> None:
    user.act("detail")
    assert not page.findings.isVisible()


def test_an_inspection_that_was_undone_says_so(user: Driver, page: InspectionPage) -> None:
    user.act("undo")
    assert page.states.state() == "empty"
    press(page, "看全部检查")
    assert user.at() == "inspections"


def test_evidence_taken_off_elsewhere_leaves_the_open_item(
    user: Driver, page: InspectionPage, photo: Path
) -> None:
    desk, visit = user.scene.desk, str(page.place())
    kept = attach(desk, visit, "C01", photo)
    user.act("refresh")
    detail = page.items.detail()
    assert detail is not None
    assert "告示牌.jpg" in words(detail)
    detach(desk, kept.id)
    user.act("refresh")
    assert "告示牌.jpg" not in [
        one.text() for one in detail.findChildren(QLabel) if one.isVisible()
    ]


# ── pictures ─────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("tag", "theme", "scale", "size"),
    [
        ("light", "light", 1.0, (1440, 900)),
        ("dark", "dark", 1.0, (1440, 900)),
        ("large", "light", 1.25, (1680, 1050)),
        ("1366", "light", 1.0, (1366, 768)),
    ],
)
def test_the_inspection_looks_as_it_was_accepted(
    user: Driver,
    picture: Picture,
    photo: Path,
    tag: str,
    theme: str,
    scale: float,
    size: tuple[int, int],
) -> None:
    visit, desk = begun(user), user.scene.desk
    answers = (Answer.YES, Answer.YES, Answer.NO, Answer.NOT_APPLICABLE, Answer.PARTLY)
    for number, one in enumerate(answers, 1):
        answer(desk, visit, f"C0{number}", one, "9月拨付比例不足20%" if number == 3 else "")
    attach(desk, visit, "C03", photo)
    page = opened(user, visit)
    page.jump("C03")
    focus(user, page.items)
    picture(user, f"inspection_{tag}", theme, scale, size)
