"""A site inspection filled in with the keyboard, from the list to the order that follows."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QFileDialog, QLabel, QWidget

from inspector_app.domain.inspections import Answer
from inspector_app.domain.parties import Employer, PartyRole, ProjectParty
from inspector_app.errors import OutsideError, UserError
from inspector_app.services.desk import Desk
from inspector_app.services.inspections import (
    InspectionForm,
    InspectionSheet,
    answer,
    attach,
    detach,
    finish,
    inspection_list,
    inspection_sheet,
    start_inspection,
)
from inspector_app.services.papers import order_from, record_from
from inspector_app.services.parties import project_sheet, save_employer, save_project
from inspector_app.ui.pages.inspection import doing as doing_module
from inspector_app.ui.pages.inspection.page import InspectionPage
from inspector_app.ui.pages.inspection.reading import SITE, read_visit
from inspector_app.ui.pages.inspections import InspectionsPage
from inspector_app.ui.pages.inspections_new import begin, read_choices, suggest_cases
from inspector_app.ui.pages.paper.page import PaperPage
from tests.ui.pages.conftest import WAIT, Driver, OpenWindow, Picture, press
from tests.ui.pages.scene import TODAY
from tests.ui.typing import commit, compose

UNIT = "青禾建筑劳务有限公司"
CTRL = Qt.KeyboardModifier.ControlModifier


def begun(user: Driver, checklist: str = "construction") -> str:
    case = user.scene.cases[UNIT]
    form = InspectionForm(
        checklist,
        TODAY,
        case.scope,
        employer_id=case.employer_id,
        project_id=case.project_id,
        inspector_ids=tuple(one.id for one in user.scene.people),
        place="项目部会议室",
    )
    return start_inspection(user.scene.desk, form).id


def opened(user: Driver, visit: str) -> InspectionPage:
    page = user.open("inspection", visit)
    assert isinstance(page, InspectionPage)
    return page


@pytest.fixture
def page(user: Driver) -> InspectionPage:
    return opened(user, begun(user))


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "告示牌.jpg"
    path.write_bytes(b"a photograph")
    return path


def sheet(user: Driver, page: InspectionPage) -> InspectionSheet:
    return inspection_sheet(user.scene.desk, str(page.place()))


def given(user: Driver, page: InspectionPage, item: str) -> tuple[Answer | None, str]:
    line = next(one for one in sheet(user, page).lines if one.item.id == item)
    return line.answer, line.note


def key(user: Driver, page: InspectionPage, pressed: Qt.Key) -> None:
    user.qtbot.keyClick(page.items, pressed)
    user.quiet()


def focus(user: Driver, widget: QWidget) -> None:
    """As a click would: the field before it is left."""
    user.window.activateWindow()
    widget.setFocus()
    user.qtbot.waitUntil(widget.hasFocus, timeout=WAIT)


def words(where: object) -> list[str]:
    return [one.text() for one in where.findChildren(QLabel)]  # type: ignore[attr-defined]  # a widget


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


# ── list and new ─────────────────────────────────────────────────────────────────────────────
@pytest.fixture
def listing(user: Driver) -> InspectionsPage:
    done = begun(user, "employer")
    finish(user.scene.desk, done)
    begun(user)
    found = user.open("inspections")
    assert isinstance(found, InspectionsPage)
    return found


def test_what_is_not_finished_comes_first(user: Driver, listing: InspectionsPage) -> None:
    rows = listing.table.rows_model.rows()
    assert [row.inspection.finished for row in rows] == [False, True]
    assert listing.head.hint() == "进行中 1 次，共 2 次"
    user.qtbot.keyClick(listing.table, Qt.Key.Key_Return)
    user.quiet()
    assert user.at() == "inspection"


def test_the_list_is_filtered(user: Driver, listing: InspectionsPage) -> None:
    listing.state.set_chosen(("done",))
    listing.state.changed.emit(("done",))
    assert len(listing.table.rows_model.rows()) == 1
    user.act("find")
    commit(listing.search.edit, "没有这个")
    user.qtbot.keyClick(listing.search.edit, Qt.Key.Key_Return)
    assert listing.states.state() == "empty"
    press(listing, "清除筛选")
    assert len(listing.table.rows_model.rows()) == 2


def test_a_new_inspection_of_a_known_project_by_pinyin(
    user: Driver, listing: InspectionsPage
) -> None:
    user.act("inspection.new")
    new = listing.new
    user.qtbot.keyClicks(new.project.edit, "cdazf")
    user.quiet()
    user.qtbot.keyClick(new.project.edit, Qt.Key.Key_Down)
    user.qtbot.keyClick(new.project.edit, Qt.Key.Key_Return)
    assert new.project.text() == "城东安置房三标段（演示）"
    assert new.first.value() == user.scene.people[0].id
    new.second.set_value(user.scene.people[1].id)
    user.qtbot.keyClick(new.place.edit, Qt.Key.Key_Return, CTRL)
    user.quiet()
    page = user.page()
    assert isinstance(page, InspectionPage)
    assert page.head.title() == "城东安置房三标段（演示）"
    assert sheet(user, page).inspection.project_id == user.scene.cases[UNIT].project_id


def test_a_project_and_unit_the_ledger_lacks_are_entered_with_it(
    user: Driver, listing: InspectionsPage
) -> None:
    user.open("inspections", "new")
    new = listing.new
    commit(new.project.edit, "新开工厂房（演示）")
    commit(new.employer.edit, "新来建设有限公司（演示）")
    new.second.set_value(user.scene.people[1].id)
    new.go.click()
    user.quiet()
    made = inspection_list(user.scene.desk)[0].inspection
    assert made.project_id is not None
    chain = project_sheet(user.scene.desk, made.project_id).parties
    assert [(one.employer.name, one.party.role) for one in chain] == [
        ("新来建设有限公司（演示）", PartyRole.GENERAL)
    ]


def test_a_case_fills_in_its_project(user: Driver, listing: InspectionsPage) -> None:
    user.act("inspection.new")
    new = listing.new
    new.case.edit.setFocus()
    user.qtbot.keyClicks(new.case.edit, "qhjz")
    user.quiet()
    user.qtbot.keyClick(new.case.edit, Qt.Key.Key_Down)
    user.qtbot.keyClick(new.case.edit, Qt.Key.Key_Return)
    user.quiet()
    assert new.case.text() == "平人社监〔2026〕1号"
    assert new.project.text() == "城东安置房三标段（演示）"


def test_what_is_missing_is_said_under_its_field(user: Driver, listing: InspectionsPage) -> None:
    user.act("inspection.new")
    new = listing.new
    new.second.set_value("")
    user.act("save")
    assert new.second.error() == "请填写检查人员二"
    new.second.set_value(user.scene.people[0].id)
    user.act("save")
    assert new.project.error() == "请填写被检查的项目或单位。"
    commit(new.employer.edit, "新来建设有限公司（演示）")
    user.act("save")
    assert new.second.error() == "两名检查人员不能是同一人（监察条例第十六条）。"
    commit(new.case.edit, "没有这件")
    new.second.set_value(user.scene.people[1].id)
    user.act("save")
    assert "没有找到案件" in new.case.error()
    new.on.set_text_by_user("2026-12-01")
    user.act("save")
    assert new.on.error() == "检查日期不能晚于今天"
    user.act("back")
    assert listing.head.title() == "现场检查"


def test_a_blank_checklist_is_seen_printed_and_saved(
    user: Driver,
    listing: InspectionsPage,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    user.act("print")
    user.choose("用人单位")
    user.qtbot.waitUntil(lambda: listing.preview.page_count() > 0, timeout=WAIT)
    sent: list[str] = []
    monkeypatch.setattr(
        "inspector_app.ui.pages.inspections.ask_and_print",
        lambda _c, _page, title: sent.append(title),
    )
    user.act("print")
    assert sent == ["用人单位劳动保障检查表"]
    target = (str(tmp_path / "空白.pdf"), "")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_given: target)
    user.act("export")
    assert (tmp_path / "空白.pdf").read_bytes().startswith(b"%PDF")
    user.act("back")
    assert listing.head.title() == "现场检查"


def test_an_empty_ledger_says_what_to_do(
    open_window: OpenWindow, empty_desk: Desk, user: Driver
) -> None:
    user.window = open_window(empty_desk)
    page = user.open("inspections")
    assert isinstance(page, InspectionsPage)
    assert page.states.empty.title.text() == "还没有现场检查"
    user.act("inspection.new")
    assert "请先到设置里登记" in page.new.words.text()


def test_a_list_that_cannot_be_read_offers_another_try(
    user: Driver, listing: InspectionsPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_given: object) -> None:
        raise OutsideError("台账打不开。")

    monkeypatch.setattr("inspector_app.ui.pages.inspections.inspection_list", refuse)
    user.act("refresh")
    assert listing.states.state() == "error"


# ── what the worker does ─────────────────────────────────────────────────────────────────────
def typed(user: Driver, **changes: str) -> dict[str, object]:
    first, second = user.scene.people
    return {
        "project": "",
        "employer": "",
        "case": "",
        "scope": "410411",
        "checklist": "employer",
        "kind": "routine",
        "place": "",
        "inspector_1": first.id,
        "inspector_2": second.id,
        **changes,
    }


def test_an_inspection_needs_somebody_to_inspect_and_two_people(user: Driver) -> None:
    desk = user.scene.desk
    with pytest.raises(UserError) as nobody:
        begin(desk, typed(user), TODAY)
    assert nobody.value.field == "project"
    twice = typed(user, employer="某单位（演示）", inspector_2=user.scene.people[0].id)
    with pytest.raises(UserError) as one:
        begin(desk, twice, TODAY)
    assert one.value.field == "inspector_2"


def test_known_names_are_found_and_new_ones_entered_once(user: Driver) -> None:
    desk, case = user.scene.desk, user.scene.cases[UNIT]
    known = begin(
        desk,
        typed(user, employer=f"{UNIT}（演示）", project="城东安置房三标段（演示）", case=case.id),
        TODAY,
    )
    assert (known.employer_id, known.project_id, known.case_id) == (
        case.employer_id, case.project_id, case.id,
    )  # fmt: skip
    fresh = begin(desk, typed(user, project="新开工厂房（演示）"), TODAY)
    again = begin(desk, typed(user, project="新开工厂房（演示）"), TODAY)
    assert fresh.project_id == again.project_id
    assert [one.text for one in suggest_cases(desk, "qhjz")] == ["平人社监〔2026〕1号"]
    assert read_choices(desk).people


def test_papers_made_from_an_inspection_are_found_again(user: Driver) -> None:
    desk, visit = user.scene.desk, begun(user)
    answer(desk, visit, "C44", Answer.NO)
    assert read_visit(desk, visit).record_id == ""
    order = order_from(desk, visit)
    record = record_from(desk, visit)
    news = read_visit(desk, visit)
    assert [one.paper_id for one in news.orders] == [order.id]
    assert news.record_id == record.id
    assert news.case_no


def test_each_unit_of_the_site_gets_the_order_of_its_own_findings(user: Driver) -> None:
    desk, case = user.scene.desk, user.scene.cases[UNIT]
    owner = save_employer(desk, Employer("", "建设置业有限公司（演示）", "", ""))
    project = project_sheet(desk, str(case.project_id)).project
    chain = [
        ProjectParty("", "", case.employer_id, PartyRole.GENERAL),
        ProjectParty("", "", owner.id, PartyRole.OWNER),
    ]
    save_project(desk, project, chain)
    visit = begun(user)
    answer(desk, visit, "C05", Answer.NO, "拨付不足")
    targets = read_visit(desk, visit).orders
    assert [(one.name, one.part) for one in targets] == [
        ("青禾建筑劳务有限公司（演示）", ""),
        ("建设置业有限公司（演示）", "建设单位"),
    ]
    page = opened(user, visit)
    page.order.click()
    user.choose("给建设置业有限公司（演示）（建设单位）")
    paper = user.page()
    assert isinstance(paper, PaperPage)
    assert paper.editor.form.fields["party"].value() == "建设置业有限公司（演示）"
    assert "拨付不足" in str(paper.editor.form.fields["facts"].value())
    user.act("back")
    page.order.click()
    user.choose("打开给建设置业有限公司（演示）（建设单位）的")
    assert user.page() is paper


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
    picture(user, f"inspection_{tag}", theme, scale, size)


def test_the_list_and_the_new_inspection_look_as_they_were_accepted(
    user: Driver, listing: InspectionsPage, picture: Picture
) -> None:
    picture(user, "inspections_light", "light", 1.0, (1440, 900))
    user.act("inspection.new")
    listing.new.go.setFocus()
    picture(user, "inspections_new_1366", "light", 1.0, (1366, 768))
