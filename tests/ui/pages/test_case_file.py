"""案卷: what would be bound, the binding itself, and the score with its ways to mend the file."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel, QWidget

from inspector_app.domain.papers import Paper
from inspector_app.domain.review import ReviewLine
from inspector_app.errors import OutsideError
from inspector_app.services import settings
from inspector_app.services.case_review import NOT_LOADED
from inspector_app.services.case_sheet import case_sheet
from inspector_app.services.inspections import InspectionForm, attach, start_inspection
from inspector_app.services.issuing import issue
from inspector_app.services.papers import draft_sheet, save_draft, start_draft
from inspector_app.services.steps import StepForm as StepForm_
from inspector_app.services.steps import take_step
from inspector_app.ui.pages.case import file_panel
from inspector_app.ui.pages.case.file_panel import FilePanel
from inspector_app.ui.pages.case.next_step import Act, Do
from inspector_app.ui.pages.case.page import TABS, CasePage
from inspector_app.ui.pages.case.review_acts import mend, place_act
from inspector_app.ui.pages.case.serve_form import ServeForm
from inspector_app.ui.pages.case.step_form import StepForm
from inspector_app.ui.pages.paper.page import PaperPage
from inspector_app.ui.print import PrintDialog
from inspector_app.ui.tasks import Report
from inspector_app.ui.widgets.buttons import Button
from tests.ui.pages.conftest import Driver, Picture, press
from tests.ui.pages.scene import TODAY, Scene

UNIT = "恒岳市政工程有限公司"  # filed, with nothing on file yet
SERVED = "青禾建筑劳务有限公司"  # an order was served
MEETING: dict[str, Any] = {
    "attendee": "负责人", "interview_date": date(2026, 11, 27), "interview_time": "09:00",
    "explain_by": date(2026, 11, 26), "place": "演示会议室",
}  # fmt: skip


def opened(user: Driver, unit: str = UNIT) -> FilePanel:
    page = user.open("case", f"{user.scene.cases[unit].id}#file")
    assert isinstance(page, CasePage)
    assert TABS[page.tabs.current()] == "案卷"
    return page.file


def issued(scene: Scene, kind: str, unit: str = UNIT, **typed: object) -> Paper:
    draft = start_draft(scene.desk, scene.cases[unit].id, kind)
    values = draft_sheet(scene.desk, draft.id).values
    save_draft(scene.desk, draft.id, {**values, **typed})  # type: ignore[dict-item]  # by name
    return issue(scene.desk, draft.id)


@pytest.fixture
def bound_case(scene: Scene) -> str:
    """Two papers that are really there: an internal one and a letter to the unit."""
    issued(scene, "filing_approval", facts="接到反映。", basis="《演示》", proposal="建议立案。")
    issued(scene, "interview_notice", **MEETING)
    start_draft(scene.desk, scene.cases[UNIT].id, "interview_notice")
    return scene.cases[UNIT].id


# ── what is in it ────────────────────────────────────────────────────────────────────────────
@pytest.mark.usefixtures("bound_case")
def test_each_part_lists_what_would_be_bound(user: Driver) -> None:
    panel = opened(user)
    main, side = panel.parts
    assert [row.placed.item.title for row in main.table.rows_model.rows()] == ["约谈通知书"]
    assert main.words.text() == "1 件，1 页，封面、目录、备考表另加；草稿 1 份不装订"
    assert [panel.views.at(n).text() for n in (0, 1)] == ["正卷 1", "副卷 1"]
    panel.views.at(1).click()
    assert side.isVisible()
    assert [row.placed.item.title for row in side.table.rows_model.rows()] == ["立案审批表"]
    user.qtbot.keyClick(side.table, Qt.Key.Key_Return)
    user.quiet()
    page = user.page()
    assert isinstance(page, PaperPage)
    assert page.head.title() == "立案审批表"


def test_evidence_leads_to_the_evidence(user: Driver, scene: Scene, tmp_path: Path) -> None:
    photo = tmp_path / "告示牌.jpg"
    Image.new("RGB", (40, 30), (200, 180, 90)).save(photo, "JPEG")
    desk, case = scene.desk, scene.cases[UNIT]
    people = tuple(one.id for one in scene.people)
    form = InspectionForm(
        "construction",
        TODAY,
        case.scope,
        inspector_ids=people,
        employer_id=case.employer_id,
        case_id=case.id,
    )
    attach(desk, start_inspection(desk, form).id, "C01", photo)
    panel = opened(user)
    user.qtbot.keyClick(panel.parts[0].table, Qt.Key.Key_Return)
    user.quiet()
    page = user.page()
    assert isinstance(page, CasePage)
    assert TABS[page.tabs.current()] == "检查与证据"


def test_a_paper_made_outside_opens_nothing(user: Driver, scene: Scene) -> None:
    case_id = scene.cases[UNIT].id
    form = StepForm_(step="outside_paper", on=TODAY, number="无", paper_kind="filing_approval")
    take_step(scene.desk, case_id, form)
    panel = opened(user)
    panel.views.at(1).click()
    user.qtbot.keyClick(panel.parts[1].table, Qt.Key.Key_Return)
    user.quiet()
    assert user.at() == "case"


def test_an_empty_part_says_what_to_do(user: Driver) -> None:
    panel = opened(user)
    main = panel.parts[0]
    assert main.states.state() == "empty"
    assert "制发文书或者登记证据" in main.states.empty.body.text()
    assert not main.bind.isEnabled()


def test_a_case_that_cannot_be_read_is_told_with_another_try(
    user: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: object) -> None:
        raise OutsideError("磁盘读不出来。")

    monkeypatch.setattr(file_panel, "file_of", broken)
    panel = opened(user)
    assert panel.states.state() == "error"
    monkeypatch.undo()
    press(panel, "重试")
    user.quiet()
    assert panel.states.state() == "content"


def test_another_case_starts_with_its_first_part(user: Driver) -> None:
    opened(user).views.at(2).click()
    panel = opened(user, SERVED)
    assert panel.views.current() == 0
    assert panel.views.at(0).text() == "正卷 1"


# ── binding ──────────────────────────────────────────────────────────────────────────────────
def choose_path(monkeypatch: pytest.MonkeyPatch, path: Path | str) -> list[str]:
    asked: list[str] = []

    def save_as(_parent: object, _title: str, name: str, _kinds: str) -> tuple[str, str]:
        asked.append(Path(name).name)
        return str(path), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", save_as)
    return asked


@pytest.mark.usefixtures("bound_case")
def test_a_part_is_bound_where_one_says_and_its_folder_can_be_opened(
    user: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel = opened(user)
    asked = choose_path(monkeypatch, tmp_path / "案卷")
    press(panel.parts[0], "装订成 PDF")
    user.quiet()
    assert asked[0].endswith(f"_{UNIT}（演示）_正卷.pdf")
    path = tmp_path / "案卷.pdf"
    pages = len(PdfReader(path).pages)
    assert user.toast() == f"已装订正卷 1 件，共 {pages} 页：案卷.pdf"
    assert user.window.toast_.button().text() == "打开文件夹"


@pytest.mark.usefixtures("bound_case")
def test_leaving_the_dialog_binds_nothing(user: Driver, monkeypatch: pytest.MonkeyPatch) -> None:
    panel = opened(user)
    choose_path(monkeypatch, "")
    press(panel.parts[0], "装订成 PDF")
    user.quiet()
    assert user.toast() == ""


@pytest.mark.usefixtures("bound_case")
def test_stopped_it_leaves_no_file(
    user: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel = opened(user)
    choose_path(monkeypatch, tmp_path / "案卷.pdf")
    monkeypatch.setattr(Report, "cancelled", lambda _self: True)
    press(panel.parts[0], "装订成 PDF")
    user.quiet()
    assert user.toast() == "已停止导出，没有写成文件。"
    assert not (tmp_path / "案卷.pdf").exists()


# ── the score ────────────────────────────────────────────────────────────────────────────────
def scored(user: Driver, unit: str = UNIT) -> FilePanel:
    panel = opened(user, unit)
    panel.views.at(2).click()
    return panel


def texts(where: QWidget) -> list[str]:
    return [one.text() for one in where.findChildren(QLabel) if one.isVisibleTo(where)]


def go(user: Driver, panel: FilePanel, item: str) -> None:
    """Press the way on behind one gap."""
    names = {one.accessibleName(): one for one in panel.review.findChildren(Button)}
    found = next(one for name, one in names.items() if name.startswith(f"{item}："))
    found.click()
    user.quiet()


def test_the_score_says_whose_standard_it_is_until_the_bureau_took_it(
    user: Driver, scene: Scene
) -> None:
    panel = scored(user)
    assert NOT_LOADED in texts(panel.review)
    got = panel.review.total.text()
    assert got.startswith("自评 ")
    assert panel.views.at(2).text().startswith("自评 ")
    settings.save(scene.desk, {"review_standard_confirmed": "是"})
    user.act("refresh")
    assert NOT_LOADED not in texts(panel.review)


def test_a_missing_paper_is_begun_from_its_gap_and_then_gone_on_with(
    user: Driver,
) -> None:
    panel = scored(user)
    assert panel.review.gaps["R05"].label == "开具调查询问笔录"
    go(user, panel, "有询问笔录或者现场检查笔录")
    page = user.page()
    assert isinstance(page, PaperPage)
    assert page.head.title() == "调查询问笔录"
    panel = scored(user)
    assert panel.review.gaps["R05"].label == "继续填写调查询问笔录"


@pytest.mark.usefixtures("bound_case")
def test_a_missing_service_opens_its_form(user: Driver) -> None:
    panel = scored(user)
    go(user, panel, "编号文书全部送达")
    page = user.page()
    assert isinstance(page, CasePage)
    assert isinstance(page.area.form(), ServeForm)


def test_a_missing_step_opens_its_form(user: Driver) -> None:
    panel = scored(user, SERVED)
    go(user, panel, "责令改正后有复查")
    page = user.page()
    assert isinstance(page, CasePage)
    assert isinstance(page.area.form(), StepForm)


def test_what_no_form_mends_leads_to_its_tab(user: Driver) -> None:
    panel = scored(user)
    go(user, panel, "有证据文件在卷")
    page = user.page()
    assert isinstance(page, CasePage)
    assert TABS[page.tabs.current()] == "检查与证据"


def test_a_veto_stands_on_top_and_leads_to_its_paper(user: Driver, scene: Scene) -> None:
    paper = issued(scene, "interview_notice", **{**MEETING, "party": "别的演示公司"})
    panel = scored(user)
    assert "一票否决：当事人错误" in texts(panel.review)
    assert any(text.startswith(f"约谈通知书　{paper.number}：") for text in texts(panel.review))
    press(panel.review, "打开文书")
    user.quiet()
    page = user.page()
    assert isinstance(page, PaperPage)
    assert page.place() == paper.id


def test_the_score_goes_to_the_printer_with_the_same_head(user: Driver) -> None:
    panel = scored(user)
    press(panel.review, "打印自评表")
    user.quiet()
    dialog = user.window.findChild(PrintDialog)
    assert dialog is not None
    assert dialog.isVisible()
    dialog.reject()


def test_the_score_goes_out_as_a_workbook(
    user: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel, out = scored(user), tmp_path / "自评.xlsx"
    chosen = iter(["", str(out)])
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (next(chosen), ""))
    press(panel.review, "导出 Excel")
    user.quiet()
    assert not out.exists()
    press(panel.review, "导出 Excel")
    user.quiet()
    assert user.toast() == "已导出自评表：自评.xlsx"
    assert out.exists()


# ── places ───────────────────────────────────────────────────────────────────────────────────
def test_a_place_the_window_does_not_know_is_the_papers() -> None:
    assert place_act("serve") == Act("登记送达", Do.SERVE)
    assert place_act("claims") == Act("去劳动者", Do.TAB, "claims")
    assert place_act("moon") == Act("去文书", Do.TAB, "papers")


def test_a_served_group_asks_for_service_only_of_what_is_issued(
    user: Driver, scene: Scene, bound_case: str
) -> None:
    kinds = scene.desk.library.kinds
    standard = scene.desk.library.review_standard
    heard = standard.items["R10"]

    def act(group: str) -> Act:
        line = ReviewLine(heard, 0, applies=True, lacking=((group,),))
        return mend(case_sheet(scene.desk, bound_case), line, kinds)

    assert user.at()
    assert act("served:interview_notice") == Act("登记送达", Do.SERVE)
    assert act("served:penalty_notice").do is Do.PAPER
    assert act("statement").do is Do.TAB


# ── pictures ─────────────────────────────────────────────────────────────────────────────────
@pytest.fixture
def full_case(scene: Scene) -> None:
    """A file with something in it, and a letter to the wrong party."""
    for number in range(3):
        issued(scene, "interview_notice", SERVED, **MEETING)
        issued(scene, "filing_approval", SERVED, facts=f"第 {number} 次反映。", basis="《演示》",
               proposal="建议立案。")  # fmt: skip
    issued(scene, "interview_notice", SERVED, **{**MEETING, "party": "别的演示公司"})
    start_draft(scene.desk, scene.cases[SERVED].id, "interview_notice")


@pytest.mark.usefixtures("full_case")
@pytest.mark.parametrize(
    ("name", "view", "theme", "scale", "size"),
    [
        ("case_file_light", 0, "light", 1.0, (1440, 900)),
        ("case_file_1366_dark", 1, "dark", 1.0, (1366, 768)),
        ("case_file_review_light", 2, "light", 1.0, (1440, 900)),
        ("case_file_review_1366_dark", 2, "dark", 1.0, (1366, 768)),
        ("case_file_review_large", 2, "light", 1.25, (1680, 1050)),
    ],
)
def test_the_file_looks_as_it_was_accepted(
    user: Driver,
    picture: Picture,
    name: str,
    view: int,
    theme: str,
    scale: float,
    size: tuple[int, int],
) -> None:
    panel = opened(user, SERVED)
    panel.views.at(view).setFocus()
    panel.views.at(view).click()
    picture(user, name, theme, scale, size)
