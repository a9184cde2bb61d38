"""Taking lists in, as an inspector does it: look, correct, run, see what became of each row."""

from pathlib import Path

import openpyxl  # type: ignore[import-untyped]  # openpyxl ships no types
import pytest
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from inspector_app.ledger.views import ClueQuery
from inspector_app.services.clues import clue_list
from inspector_app.ui.pages.imports import ImportsPage
from inspector_app.ui.pages.imports_ask import ImportAsk
from tests.ui.pages.conftest import Driver, Picture, drop, press
from tests.ui.pages.scene import Scene

FIRST = (
    "演示-0001,2026-11-02,12345热线,向大山,13900000001,长葛建筑（演示）,新华区,17.06 万元,讨薪\n"
)
ROWS = (
    "平台线索编号,接收时间,来源渠道,反映人姓名,联系电话,被投诉单位,所属县区,欠薪金额,诉求\n"
    + FIRST
    + "演示-0002,2026-11-03,来访投诉,覃小河,13900000003,召陵劳务（演示）,叶县,100余万元,讨薪\n"
    "演示-0003,2026-11-03,来访投诉,覃小河,13900000003,,叶县,3000元,没说单位\n"
    + FIRST
    + "合计,,,,,,,173600,\n"
)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "平台导出.csv"
    path.write_text(ROWS, encoding="utf-8")
    return path


@pytest.fixture
def page(user: Driver, source: Path) -> ImportsPage:
    made = user.open("imports", ImportAsk("clues", source))
    assert isinstance(made, ImportsPage)
    return made


def rows_of(page: ImportsPage, number: int) -> list[tuple[int, str, str]]:
    panels = (
        page.preview.accepted,
        page.preview.rejected,
        page.preview.notes,
        page.preview.left_out,
    )
    return [(row.row_no, row.what, row.words) for row in panels[number].table.rows_model.rows()]


def test_nothing_is_entered_before_one_has_seen_what_each_row_becomes(
    user: Driver, page: ImportsPage, scene: Scene
) -> None:
    assert clue_list(scene.desk, ClueQuery()).total == 5
    assert page.summary.full() == "4 行数据：可导入 2，退回 1，重复 1；金额合计 170,600.00 元"
    accepted = rows_of(page, 0)
    assert accepted[0] == (2, "长葛建筑（演示）", "金额 170,600.00 元")
    assert "是约数，未当作金额" in accepted[1][2]
    assert rows_of(page, 1)[0][0] == 4
    assert "单位" in rows_of(page, 1)[0][2]
    assert any("170,600.00 元" in words for _, _, words in rows_of(page, 2))
    assert {words for _, _, words in rows_of(page, 3)} >= {"合计行", "与第 2 行重复"}


def test_persons_in_the_preview_are_masked(page: ImportsPage) -> None:
    hints = " ".join(field.hint() for field in page.preview.mapping.fields.values())
    assert "向**" in hints
    assert "139****0001" in hints
    assert "13900000001" not in hints + " ".join(what for _, what, _ in rows_of(page, 1))


def test_a_column_taken_wrongly_is_corrected_and_everything_read_anew(
    user: Driver, page: ImportsPage
) -> None:
    money = page.preview.mapping.fields[7]
    assert money.value() == "amount"
    money.set_value("")
    money.edited.emit()
    user.quiet()
    assert "金额合计 0.00 元" in page.summary.full()
    unit = page.preview.mapping.fields[5]
    unit.set_value("")
    unit.edited.emit()
    user.quiet()
    assert page.warning.text() == "还缺单位名称列：在“各列的含义”里指出是哪一列。"
    assert not page.run_button.isEnabled()
    page.run()
    assert page.outcome() is None


def test_a_run_tells_what_became_of_the_rows_and_saves_the_refused_ones(
    user: Driver, page: ImportsPage, scene: Scene, source: Path
) -> None:
    user.act("save")
    outcome = page.outcome()
    assert outcome is not None
    assert (outcome.accepted, outcome.rejected, outcome.already_known) == (2, 1, 1)
    assert clue_list(scene.desk, ClueQuery()).total == 7
    assert outcome.rejected_file is not None
    book = openpyxl.load_workbook(outcome.rejected_file)
    assert any("第 4 行" in str(cell.value) for row in book.active.rows for cell in row)
    assert page.result.isVisible()
    press(page.result, "去看导入的内容")
    user.quiet()
    assert user.at() == "clues"


def words_of(page: ImportsPage) -> str:
    return " ".join(one.text() for one in page.result.findChildren(QLabel))


def test_refused_rows_that_cannot_be_saved_there_are_saved_elsewhere(
    user: Driver, scene: Scene, source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The list is in, and can be taken back, whatever becomes of the workbook beside it."""
    (tmp_path / "no folder").touch()
    page = user.open("imports", ImportAsk("clues", source))
    assert isinstance(page, ImportsPage)
    page._folder = tmp_path / "no folder"  # what a stick that was pulled out is
    user.act("save")
    outcome = page.outcome()
    assert outcome is not None
    assert (outcome.accepted, outcome.rejected_file) == (2, None)
    assert clue_list(scene.desk, ClueQuery()).total == 7
    assert user.toast() == "导入 2 行"
    said = words_of(page)
    assert "没有存下来：写不了“平台导出_未导入的行.xlsx”，请另存到别的位置。" in said

    chosen = ["", str(tmp_path / "file" / "x.xlsx"), str(tmp_path / "退回.xlsx")]
    (tmp_path / "file").touch()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (chosen.pop(0), ""))
    press(page.result, "另存退回的行")
    press(page.result, "另存退回的行")
    user.quiet()
    assert "写不了文件“x.xlsx”" in user.window.banner.text()
    press(page.result, "另存退回的行")
    user.quiet()
    assert user.toast() == "已存下退回的 1 行：退回.xlsx"
    assert (tmp_path / "退回.xlsx").is_file()
    assert "退回的行在“退回.xlsx”" in words_of(page)


def test_the_same_file_a_second_time_brings_nothing_new(
    user: Driver, page: ImportsPage, source: Path, scene: Scene
) -> None:
    user.act("save")
    page.open_file(source)
    user.quiet()
    assert "用了上次核对过的对应关系" in page.preview.mapping.words.text()
    user.act("save")
    outcome = page.outcome()
    assert outcome is not None
    assert (outcome.accepted, outcome.already_known) == (0, 3)
    assert clue_list(scene.desk, ClueQuery()).total == 7


def test_an_import_that_is_stopped_enters_nothing(
    user: Driver, page: ImportsPage, scene: Scene
) -> None:
    user.window.tasks.started.connect(lambda task: task.report.cancel())
    user.act("save")
    assert user.toast() == "已停止，一行也没有导入"
    assert clue_list(scene.desk, ClueQuery()).total == 5
    assert page.run_button.isEnabled()


def test_a_roster_without_a_case_says_where_to_go(user: Driver, tmp_path: Path) -> None:
    source = tmp_path / "名册.csv"
    source.write_text("姓名,应发,已发\n覃小河,3000,0\n", encoding="utf-8")
    page = user.open("imports", ImportAsk("workers", source))
    assert isinstance(page, ImportsPage)
    assert page.warning.text().startswith("这份名单要导入到一件案件")
    assert not page.run_button.isEnabled()
    assert rows_of(page, 0)[0][1] == "覃**"


def test_a_file_that_is_no_list_says_so_and_offers_another_try(
    user: Driver, tmp_path: Path
) -> None:
    bad = tmp_path / "照片.xlsx"
    bad.write_bytes(b"PK\x03\x04 broken")
    page = user.open("imports", ImportAsk("clues", bad))
    assert isinstance(page, ImportsPage)
    assert page.states.state() == "error"
    assert page.states.error.body.text() == "文件已损坏，打不开。请重新索要或重新下载。"
    bad.write_text("被投诉单位,欠薪金额\n甲建筑公司,1000元\n", encoding="utf-8")
    press(page.states.error, "重试")
    user.quiet()
    assert page.states.state() == "content"


def test_a_sheet_is_chosen_from_a_workbook_of_many(user: Driver, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "说明"
    book.active.append(["填表说明"])
    for name, unit in (("九月", "甲建筑公司"), ("十月", "乙建筑公司")):
        sheet = book.create_sheet(name)
        sheet.append(["拖欠工资线索表"])
        sheet.append(["被投诉单位", "欠薪金额(万元)"])
        sheet.append([unit, 3.5])
    path = tmp_path / "汇总.xlsx"
    book.save(path)
    page = user.open("imports", ImportAsk("clues", path))
    assert isinstance(page, ImportsPage)
    page.sheet.set_value("十月")
    page.sheet.edited.emit()
    user.quiet()
    assert rows_of(page, 0)[0][1:] == ("乙建筑公司", "金额 35,000.00 元")
    assert "第 2 行" in page.preview.mapping.words.text()
    assert "万元" in page.warning.text()


def test_a_file_is_chosen_by_dialog_or_dropped(
    user: Driver, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = user.open("imports", ImportAsk("clues"))
    assert isinstance(page, ImportsPage)
    assert page.drop.isVisible()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a, **_k: (str(source), ""))
    user.act("import")
    assert page.file.full() == "平台导出.csv"
    page = user.open("imports", ImportAsk("cases"))
    assert isinstance(page, ImportsPage)
    drop(page, source)
    user.quiet()
    assert page.file.full() == "平台导出.csv"
    page.drop.dropped.emit([source])
    user.quiet()
    assert page.kind.value() == "cases"


def test_the_folder_of_the_refused_rows_can_be_opened(
    user: Driver, page: ImportsPage, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    user.act("save")
    press(page.result, "打开所在文件夹")
    assert opened == [str(source.parent)]


def test_a_case_ledger_is_imported_and_shown_in_the_ledger(user: Driver, tmp_path: Path) -> None:
    source = tmp_path / "台账.csv"
    source.write_text(
        "案号,用人单位,项目名称,立案日期,涉及人数,涉及金额\n"
        "演字1号,甲建筑公司,甲工程,2026-10-12,3,1.2万元\n",
        encoding="utf-8",
    )
    page = user.open("imports", ImportAsk("cases", source))
    assert isinstance(page, ImportsPage)
    assert rows_of(page, 0)[0][2] == "甲工程；3 人；金额 12,000.00 元"
    user.act("save")
    press(page.result, "去看导入的内容")
    user.quiet()
    assert user.at() == "cases"


def test_the_import_looks_as_it_was_accepted(
    user: Driver, page: ImportsPage, picture: Picture, qtbot: QtBot
) -> None:
    page.target.set_full("退回的行会另存到 平台导出.csv 所在的文件夹")
    picture(user, "import_light", "light", 1.0, (1440, 900))
    page.preview.tabs.at(1).click()
    picture(user, "import_dark", "dark", 1.0, (1366, 768))
