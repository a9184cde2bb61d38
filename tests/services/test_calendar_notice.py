"""The yearly notice: read into days, and clear about what could not be read."""

from datetime import date

import pytest

from inspector_app.services.calendar_notice import (
    DayKind,
    NoticeRead,
    read_notice,
    read_table,
)
from inspector_app.sheets.cells import make_cell, make_sheet
from tests.helpers.desks import library

# The days of 2026 in the words such notices use.
NOTICE_2026 = """各省、自治区、直辖市人民政府，国务院各部委、各直属机构：
现将2026年元旦、春节、清明节、劳动节、端午节、中秋节和国庆节放假调休日期的具体安排通知如下。
一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。
节假日期间，各地区、各部门要妥善安排好值班和安全、保卫等工作。"""


def days(read: NoticeRead, kind: DayKind) -> list[str]:
    return [f"{row.day:%m-%d}" for row in read.rows if row.kind is kind]


def test_the_notice_of_2026_gives_the_days_that_are_shipped() -> None:
    read = read_notice(NOTICE_2026)
    shipped = library().calendar
    assert (read.year, read.problems, read.notes) == (2026, (), ())
    off = {row.day: row.name for row in read.rows if row.kind is DayKind.HOLIDAY}
    on = {row.day for row in read.rows if row.kind is DayKind.WORKDAY}
    assert off == {day: name for day, name in shipped.names.items() if day.year == 2026}
    assert on == {day for day in shipped.workdays if day.year == 2026}


def test_one_pasted_line_is_read_as_well() -> None:
    read = read_notice("2026年　国庆节：10月1日至7日放假调休，共7天。10月10日（星期六）上班。")
    assert (days(read, DayKind.WORKDAY), read.problems) == (["10-10"], ())
    assert days(read, DayKind.HOLIDAY)[::6] == ["10-01", "10-07"]


def test_lines_may_run_together_and_digits_be_full_width() -> None:
    bare = NOTICE_2026.replace("\n", "").translate(
        str.maketrans("0123456789", "０１２３４５６７８９")
    )
    assert read_notice(bare).rows == read_notice(NOTICE_2026).rows


def test_joint_holidays_keep_both_names() -> None:
    read = read_notice("2025年\n国庆节、中秋节：10月1日至8日放假调休，共8天。10月11日上班。")
    assert {row.name for row in read.rows} == {"国庆节、中秋节"}


def test_a_day_joined_to_the_weekend_is_one_row() -> None:
    read = read_notice("元旦：1月1日放假，与周末连休。", 2024)
    assert (days(read, DayKind.HOLIDAY), read.problems) == (["01-01"], ())


def test_what_is_only_advised_is_no_holiday() -> None:
    read = read_notice(
        "春节：2月10日至17日放假调休，共8天。2月4日（星期日）上班。"
        "鼓励各单位结合带薪年休假等制度落实，安排职工在除夕（2月9日）休息。",
        2024,
    )
    assert "02-09" not in days(read, DayKind.HOLIDAY)
    assert read.problems == ()
    assert "倡议" in read.notes[0]


def test_days_of_the_year_before_are_told_and_left_out() -> None:
    read = read_notice(
        "关于2023年部分节假日安排的通知\n元旦：2022年12月31日至2023年1月2日放假调休，共3天。"
    )
    assert (read.year, days(read, DayKind.HOLIDAY), read.problems) == (2023, ["01-01", "01-02"], ())
    (note,) = read.notes
    assert "2022年12月31日（星期六）放假不在 2023 年" in note


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("元旦：1月1日放假。", "没有写明是哪一年"),
        ("2026年和2027年\n元旦：1月1日放假。", "没有写明是哪一年"),
        ("2026年\n无内容。", "没有读到任何"),
        ("2026年\n10月1日至7日放假。", "没有写明是哪个节日"),
        ("2026年\n国庆节：10月1日至7日放假，共8天。", "国庆节写明 8 天，读到 7 天"),
        ("2026年\n国庆节：10月10日（星期日）上班。", "10月10日写的是星期日，2026年这一天是星期六"),
        ("2026年\n国庆节：2月30日放假。", "“2月30日”不是日历上的日期"),
        ("2026年\n国庆节：10月1日至32日放假。", "不是日历上的日期"),
        ("2026年\n元旦：12月31日至1月2日放假。", "首尾不对，跨年的请写明年份"),
        ("2026年\n国庆节：10月1日至7日休假。", "没有看懂“10月1日至7日休假”"),
        ("2026年\n国庆节：10月1日放假。10月1日上班。", "既写放假又写上班"),
    ],
)
def test_what_cannot_be_read_is_told(text: str, told: str) -> None:
    assert told in "".join(read_notice(text).problems)


def table(*rows: tuple[object, ...]) -> NoticeRead:
    cells = [[make_cell(value) for value in row] for row in rows]
    return read_table([make_sheet("说明", []), make_sheet("放假", cells)])


def test_a_table_is_read_by_its_heads() -> None:
    read = table(
        ("2027年放假安排（演示）", None, None),
        ("日期", "名称", "类型"),
        (date(2027, 1, 1), "元旦", "放假"),
        ("2027-01-03", None, "上班"),
        (None, None, None),
        ("2026-12-31", "元旦", "放假"),
    )
    assert (read.year, read.problems) == (2027, ())
    assert [(row.day, row.kind, row.name) for row in read.rows] == [
        (date(2027, 1, 1), DayKind.HOLIDAY, "元旦"),
        (date(2027, 1, 3), DayKind.WORKDAY, ""),
    ]
    assert "2026年12月31日" in read.notes[0]


def test_rows_of_a_table_that_cannot_be_read_are_told_by_number() -> None:
    read = table(
        ("日期", "类型"), ("元月一日", "放假"), ("2027-01-02", "也许"), ("2027-01-03", "放假"),
    )  # fmt: skip
    assert read.problems == (
        "第 2 行的日期“元月一日”看不懂，应如 2027-01-01。",
        "第 3 行的类型应为“放假”或“上班”。",
    )
    assert len(read.rows) == 1


def test_a_table_without_the_columns_or_without_days_is_told() -> None:
    assert "两列" in table(("姓名", "电话")).problems[0]
    assert "没有读到" in table(("日期", "类型")).problems[0]
