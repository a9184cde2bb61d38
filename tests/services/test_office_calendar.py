"""The working-day table: the years known, a new notice checked and stored, the cases it moves."""

from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from inspector_app.domain.cases import Case
from inspector_app.domain.terms import compute
from inspector_app.errors import UserError
from inspector_app.services.calendar_notice import DayKind, DayRow, read_notice
from inspector_app.services.cases import new_case
from inspector_app.services.desk import Desk
from inspector_app.services.office_calendar import (
    ENTERED,
    SHIPPED,
    affected_by,
    check_year,
    import_notice,
    known_years,
    read_notice_file,
    read_year,
    save_year,
    take_back_year,
)
from inspector_app.services.rules import office_rules
from tests.helpers.desks import a_case_form, on
from tests.services.test_calendar_notice import NOTICE_2026

# Invented: nobody has announced 2027 yet. Spring Festival is 6 February 2027.
NOTICE_2027 = """关于2027年部分节假日安排的通知（演示）
一、元旦：1月1日（周五）至3日（周日）放假，共3天。
二、春节：2月5日（周五）至12日（周五）放假调休，共8天。1月31日（周日）、2月20日（周六）上班。
三、清明节：4月3日（周六）至5日（周一）放假，共3天。
四、劳动节：5月1日（周六）至5日（周三）放假调休，共5天。5月8日（周六）上班。
五、端午节：6月9日（周三）放假，共1天。
六、中秋节：9月15日（周三）放假，共1天。
七、国庆节：10月1日（周五）至7日（周四）放假调休，共7天。9月26日（周日）、10月9日（周六）上班。
"""


def rows_2027() -> tuple[DayRow, ...]:
    read = read_notice(NOTICE_2027)
    assert read.problems == ()
    return read.rows


def a_file(folder: Path, text: str = NOTICE_2027) -> Path:
    path = folder / "通知.txt"
    path.write_text(text, encoding="gb18030")
    return path


def far_case(desk: Desk) -> Case:
    """Filed so late in 2026 that its terms end in 2027."""
    late = on(desk, date(2026, 12, 8))
    return new_case(late, a_case_form(received_on=date(2026, 12, 7), filed_on=date(2026, 12, 8)))


def test_the_years_known_are_listed_newest_first(desk: Desk) -> None:
    years = known_years(desk)
    assert (years[0].year, years[0].origin, years[0].known) == (2026, SHIPPED, True)
    save_year(desk, 2027, rows_2027(), "演示1号")
    newest = known_years(desk)[0]
    assert (newest.year, newest.origin, newest.source) == (2027, ENTERED, "演示1号")
    assert len(known_years(desk)) == len(years) + 1


def test_a_year_is_read_as_rows(desk: Desk) -> None:
    table = read_year(desk, 2026)
    assert (table.origin, table.working_days) == (SHIPPED, 248)
    assert table.rows == tuple(
        DayRow(row.day, row.kind, row.name if row.kind is DayKind.HOLIDAY else "")
        for row in read_notice(NOTICE_2026).rows
    )
    with pytest.raises(UserError, match="没有 2027 年的放假安排"):
        read_year(desk, 2027)


def test_a_saved_year_counts_at_once_and_can_be_corrected(desk: Desk) -> None:
    saved = save_year(desk, 2027, rows_2027(), "演示1号")
    assert saved.warnings == ()
    assert saved.stored.workdays == ("01-31", "02-20", "05-08", "09-26", "10-09")
    term = office_rules(desk).terms["D01"]
    due = compute(term, date(2027, 9, 30), office_rules(desk).calendar)
    assert (due.due, due.provisional) == (date(2027, 10, 13), False)
    fewer = [row for row in rows_2027() if row.day != date(2027, 10, 9)]
    again = save_year(desk, 2027, fewer, "演示2号", "漏看更正")
    assert again.stored.id == saved.stored.id
    assert read_year(desk, 2027).source == "演示2号"
    assert compute(term, date(2027, 9, 30), office_rules(desk).calendar).due == date(2027, 10, 14)


def test_a_shipped_year_can_be_replaced_and_given_back(desk: Desk) -> None:
    rows = [row for row in read_year(desk, 2026).rows if row.day != date(2026, 10, 10)]
    save_year(desk, 2026, rows, "演示更正")
    assert not office_rules(desk).calendar.is_working(date(2026, 10, 10))
    take_back_year(desk, 2026, "更正有误")
    assert office_rules(desk).calendar == desk.library.calendar
    assert read_year(desk, 2026).origin == SHIPPED


def test_years_follow_one_another(desk: Desk) -> None:
    with pytest.raises(UserError, match="请先录入 2027 年"):
        save_year(desk, 2028, [DayRow(date(2028, 1, 3), DayKind.HOLIDAY, "元旦")], "x")
    with pytest.raises(UserError, match="从 2004 年开始"):
        save_year(desk, 1999, [DayRow(date(1999, 1, 1), DayKind.HOLIDAY, "元旦")], "x")
    save_year(desk, 2027, rows_2027(), "x")
    save_year(desk, 2028, [DayRow(date(2028, 1, 3), DayKind.HOLIDAY, "元旦")], "x")
    with pytest.raises(UserError, match="2027 年以后"):
        take_back_year(desk, 2027, "x")
    take_back_year(desk, 2028, "x")
    with pytest.raises(UserError, match="理由"):
        take_back_year(desk, 2027, " ")
    take_back_year(desk, 2027, "x")
    with pytest.raises(UserError, match="没有录入 2027"):
        take_back_year(desk, 2027, "x")
    assert office_rules(desk).calendar.last_year == 2026


NEW_YEAR = DayRow(date(2027, 1, 1), DayKind.HOLIDAY, "元旦")


@pytest.mark.parametrize(
    ("rows", "source", "told"),
    [
        ([], "x", "没有任何放假"),
        ([DayRow(date(2027, 1, 3), DayKind.WORKDAY, "")], "x", "没有任何放假"),
        ([NEW_YEAR, DayRow(date(2026, 12, 31), DayKind.HOLIDAY, "元旦")], "x", "不在 2027 年"),
        ([NEW_YEAR, NEW_YEAR], "x", "写了两次"),
        ([NEW_YEAR, DayRow(NEW_YEAR.day, DayKind.WORKDAY, "")], "x", "既写放假又写上班"),
        ([NEW_YEAR, DayRow(date(2027, 1, 4), DayKind.WORKDAY, "")], "x", "不是周末"),
        ([DayRow(NEW_YEAR.day, DayKind.HOLIDAY, " ")], "x", "没有写是什么节日"),
        ([DayRow(NEW_YEAR.day, DayKind.HOLIDAY, "a=b")], "x", "等号"),
        ([NEW_YEAR], " ", "来源"),
    ],
)
def test_days_that_cannot_be_are_refused(
    desk: Desk, rows: list[DayRow], source: str, told: str
) -> None:
    before = desk.ledger.head()
    with pytest.raises(UserError, match=told):
        save_year(desk, 2027, rows, source)
    assert desk.ledger.head() == before


def test_statutory_days_that_are_missing_are_a_warning(desk: Desk) -> None:
    check = check_year(desk, 2027, [row for row in rows_2027() if row.day.month != 5])
    assert check.errors == ()
    told = "".join(check.warnings)
    for words in (
        "劳动节依法放假 2 天，这里只有 0 天", "5月1日（劳动节）没有列为放假", "工作日净减",
    ):  # fmt: skip
        assert words in told
    assert check_year(desk, 2020, read_year(desk, 2020).rows).warnings == ()
    assert check_year(desk, 2026, read_year(desk, 2026).rows).warnings == ()
    assert check_year(desk, 2025, read_year(desk, 2025).rows).warnings == ()


def test_open_cases_that_move_are_listed_before_and_after(desk: Desk) -> None:
    case = far_case(desk)
    (moved,) = affected_by(desk, 2027, rows_2027())
    assert (moved.case_id, moved.case_no) == (case.id, case.case_no)
    (move,) = [one for one in moved.moves if one.rule == "D05"]
    assert (move.name, move.before) == ("调查完成", date(2027, 3, 2))
    assert move.after == date(2027, 3, 9)  # seven days off more, two worked
    saved = save_year(desk, 2027, rows_2027(), "x")
    assert saved.affected == (moved,)
    assert affected_by(desk, 2027, rows_2027()) == ()


def test_a_notice_is_imported_from_text(desk: Desk, tmp_path: Path) -> None:
    read, saved = import_notice(desk, a_file(tmp_path))
    assert (read.year, saved.stored.source) == (2027, "通知.txt")
    assert read_year(desk, 2027).rows[0].day == date(2027, 1, 1)


def test_a_notice_is_imported_from_a_workbook(desk: Desk, tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["日期", "类型", "名称"])
    for row in rows_2027():
        sheet.append([row.day, row.kind.label, row.name])
    path = tmp_path / "放假安排.xlsx"
    book.save(path)
    assert read_notice_file(path).rows == rows_2027()
    _, saved = import_notice(desk, path, source="演示通知")
    assert saved.stored.source == "演示通知"
    assert saved.warnings == ()


def test_a_notice_with_problems_is_not_stored(desk: Desk, tmp_path: Path) -> None:
    before = desk.ledger.head()
    wrong = NOTICE_2027.replace("10月9日（周六）", "10月9日（周日）").replace("共1天", "共2天")
    with pytest.raises(UserError, match="共 3 处") as caught:
        import_notice(desk, a_file(tmp_path, wrong))
    assert caught.value.kind == "notice"
    assert desk.ledger.head() == before
