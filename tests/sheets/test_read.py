"""Whatever an office sends is opened by its content, or refused with a sentence."""

import zipfile
from datetime import date, datetime, time, timedelta
from pathlib import Path

import openpyxl
import pytest
import python_calamine as calamine
from hypothesis import given
from hypothesis import strategies as st

from inspector_app.errors import UserError
from inspector_app.sheets import read, read_book
from inspector_app.sheets.cells import (
    EMPTY,
    CellFlag,
    make_cell,
    make_sheet,
    number_text,
    text_cell,
)
from inspector_app.sheets.read import read_workbook
from inspector_app.sheets.read_book import column_number
from inspector_app.sheets.read_text import decode, find_delimiter
from tests.sheets.builders import workbook


def texts(path: Path) -> list[list[str]]:
    return [[cell.text for cell in row] for row in read_workbook(path)[0].rows]


def written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    "data",
    [
        "姓名,金额\r\n张三,100\r\n".encode("gbk"),
        "姓名,金额\r\n张三,100\r\n".encode(),
        "姓名,金额\r\n张三,100\r\n".encode("utf-8-sig"),
        "姓名\t金额\r\n张三\t100\r\n".encode("utf-16"),
        "姓名;金额\n张三;100\n".encode(),
        "姓名|金额\n张三|100".encode("gb18030"),
    ],
)
def test_text_files_are_read_in_every_encoding_and_separator_of_an_office(
    tmp_path: Path, data: bytes
) -> None:
    assert texts(written(tmp_path / "名册.csv", data)) == [["姓名", "金额"], ["张三", "100"]]


def test_a_quoted_field_may_hold_separators_and_line_breaks(tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", '单位,经过\n甲公司,"1月1日,立案\n2月1日,结案"\n'.encode())
    assert texts(path)[1] == ["甲公司", "1月1日,立案\n2月1日,结案"]


def test_long_numbers_kept_as_text_by_export_programs_lose_their_wrapping(tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", '甲,乙\n张三,"=""410402"""\n李四,\'410403\n'.encode())
    assert [row[1] for row in texts(path)] == ["乙", "410402", "410403"]


def test_text_that_is_no_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="文字编码"):
        read_workbook(written(tmp_path / "a.csv", b"\xef\xbb\xbf\xff\xfe\xfa\x81"))
    with pytest.raises(UserError, match="认不出这个文件的格式"):
        read_workbook(written(tmp_path / "a.dat", b"abc\x00def,1\n"))


def test_a_field_without_end_is_refused(tmp_path: Path) -> None:
    endless = b'a,b\n"' + b"x" * 1_100_000
    with pytest.raises(UserError, match="引号不成对"):
        read_workbook(written(tmp_path / "a.csv", endless))


def test_one_column_of_text_has_the_comma_as_separator() -> None:
    assert find_delimiter("单位\n甲公司\n") == ","
    assert find_delimiter("") == ","
    assert find_delimiter('a,b\n"' + "x" * 99_000) == ","
    assert find_delimiter('a;b\n"' + "x" * 200_000) == ";"


@given(st.text(st.characters(codec="gb18030", exclude_characters="\ufeff"), min_size=1))
def test_what_is_written_in_utf8_is_read_back(text: str) -> None:
    data = text.encode()
    assert decode(data) == text or data.startswith((b"\xff\xfe", b"\xfe\xff"))


def test_cells_of_a_workbook_keep_type_and_text(tmp_path: Path) -> None:
    moment = datetime(2024, 8, 31, 10, 20)  # noqa: DTZ001 - a spreadsheet knows no time zone
    row = ["木工\n", 12, 1.5, 0.1 + 0.2, True, date(2024, 8, 31), moment, time(8, 30), None, "x"]
    sheet = read_workbook(workbook(tmp_path / "a.xlsx", [row]))[0]
    shown = [cell.text for cell in sheet.rows[0]]
    assert shown[:5] == ["木工\n", "12", "1.5", "0.3", "是"]
    assert shown[5:] == ["2024-08-31", "2024-08-31 10:20:00", "08:30:00", "", "x"]
    assert sheet.rows[0][5].value == date(2024, 8, 31)
    assert sheet.rows[0][6].value == moment


def test_cells_that_say_nothing_true_carry_a_flag(tmp_path: Path) -> None:
    row = ["=1+1", "#N/A", 410402199001011234, "4.10402E+17", "好", 100]
    cells = read_workbook(workbook(tmp_path / "a.xlsx", [row]))[0].rows[0]
    assert [cell.flag for cell in cells] == [
        CellFlag.NO_VALUE,
        CellFlag.ERROR,
        CellFlag.LOST_DIGITS,
        CellFlag.LOST_DIGITS,
        CellFlag.NONE,
        CellFlag.NONE,
    ]
    assert cells[1].text == "#N/A"


def test_a_calculated_formula_is_its_value(tmp_path: Path) -> None:
    import xlsxwriter

    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_formula(0, 0, "=1+1", None, 2)
        sheet.write_formula(0, 1, "=NA()", None, "#N/A")
    cells = read_workbook(path)[0].rows[0]
    assert [(cell.text, cell.flag) for cell in cells] == [
        ("2", CellFlag.NONE),
        ("#N/A", CellFlag.ERROR),
    ]


def test_hidden_sheets_say_so_and_blank_ones_are_left_out(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["甲"])
    book.create_sheet("空")
    hidden = book.create_sheet("藏")
    hidden.append(["乙"])
    hidden.sheet_state = "hidden"
    book.save(tmp_path / "a.xlsx")
    sheets = read_workbook(tmp_path / "a.xlsx")
    assert [(sheet.name, sheet.hidden) for sheet in sheets] == [("Sheet", False), ("藏", True)]


def test_one_stray_cell_in_the_far_corner_is_refused_not_laid_out_in_memory(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "单位"
    book.active["XFD1048576"] = "x"
    book.save(tmp_path / "a.xlsx")
    with pytest.raises(UserError, match="1048576 行 16384 列"):
        read_workbook(tmp_path / "a.xlsx")


def test_formatted_but_blank_cells_far_away_do_not_count(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "单位"
    book.active["XFD1048576"].font = openpyxl.styles.Font(bold=True)
    book.save(tmp_path / "a.xlsx")
    assert texts(tmp_path / "a.xlsx") == [["单位"]]


HTML = """<html><head><meta charset="gb2312"></head><body>
<table border=1><tr><th colspan="2">反映人</th><th rowspan="2">金额</th></tr>
<tr><td>姓名</td><td>电话</td></tr>
<tr><td>张三<br>（组长）</td><td><table><tr><td>138</td></tr></table></td>
<td rowspan="x">100</td></tr>
</table><table></table><table><tr><td>第二</td></tr></table></body></html>"""


def test_a_web_page_named_xls_is_read_with_its_merged_cells(tmp_path: Path) -> None:
    sheets = read_workbook(written(tmp_path / "导出.xls", HTML.encode("gbk")))
    assert [sheet.name for sheet in sheets] == ["导出", "导出 3"]
    first = sheets[0]
    assert [[cell.text for cell in row] for row in first.rows] == [
        ["反映人", "", "金额"],
        ["姓名", "电话", ""],
        ["张三\n（组长）", "138", "100"],
    ]
    assert first.merged == ((0, 0, 0, 1), (0, 2, 1, 2))


def test_a_page_that_lies_about_its_encoding_is_still_read(tmp_path: Path) -> None:
    page = '<?xml version="1.0" encoding="gbk"?><html><meta charset="ascii"><table><tr><td>张三'
    assert texts(written(tmp_path / "a.xls", page.encode())) == [["张三"]]
    page = '<meta charset="no-such"><table><tr><td>李四</td></tr></table>'
    assert texts(written(tmp_path / "b.xls", page.encode())) == [["李四"]]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "空的"),
        (b"  \r\n", "空的"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"\x89PNG\r\n", "图片"),
        (b"\xff\xd8\xff\xe0", "图片"),
        (b"Rar!\x1a", "压缩包"),
        (b"{\\rtf1", "文字文档"),
        (b"PK\x03\x04 torn", "已损坏"),
        (bytes.fromhex("D0CF11E0A1B11AE1") + bytes(2000), "已损坏或不是表格"),
        (
            bytes.fromhex("D0CF11E0A1B11AE1") + "EncryptedPackage".encode("utf-16-le"),
            "打开密码",
        ),
        (b"<html><body>no</body></html>", "没有表格"),
        (b'<?xml version="1.0"?><!-- -->', "已损坏|没有表格"),
        (b'<?xml?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">', "旧式 XML"),
    ],
)
def test_what_is_no_table_is_refused_with_a_sentence(
    tmp_path: Path, data: bytes, message: str
) -> None:
    with pytest.raises(UserError, match=message):
        read_workbook(written(tmp_path / "来件.xls", data))


def packed(path: Path, files: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w") as package:
        for name, data in files.items():
            package.writestr(name, data)
    return path


def test_packages_that_are_no_workbooks_are_named(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="Word 文档"):
        read_workbook(packed(tmp_path / "a.xlsx", {"word/document.xml": b""}))
    with pytest.raises(UserError, match="压缩包"):
        read_workbook(packed(tmp_path / "b.xlsx", {"readme.txt": b""}))
    with pytest.raises(UserError, match="已损坏"):
        read_workbook(packed(tmp_path / "c.xlsx", {"xl/workbook.xml": b"<workbook/>"}))
    with pytest.raises(UserError, match="已损坏"):
        read_workbook(packed(tmp_path / "d.ods", {"content.xml": b"<x/>"}))


def test_a_workbook_of_another_maker_with_absolute_parts_is_read(tmp_path: Path) -> None:
    source = workbook(tmp_path / "a.xlsx", [["甲", 1]])
    with zipfile.ZipFile(source) as package:
        files = {name: package.read(name) for name in package.namelist()}
    rels = files["xl/_rels/workbook.xml.rels"].replace(b'Target="/xl/', b'Target="')
    files["xl/_rels/workbook.xml.rels"] = rels
    assert texts(packed(tmp_path / "relative.xlsx", files)) == [["甲", "1"]]
    files["xl/_rels/workbook.xml.rels"] = rels.replace(
        b'Target="worksheets', b'Target="/xl/worksheets'
    )
    assert texts(packed(tmp_path / "absolute.xlsx", files)) == [["甲", "1"]]
    assert read_book._part_name(None) == ""


def test_missing_large_and_swelling_files_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(UserError, match="没有找到"):
        read_workbook(tmp_path / "none.xlsx")
    path = workbook(tmp_path / "a.xlsx", [["甲"]])
    monkeypatch.setattr(read, "MAX_BYTES", 100)
    with pytest.raises(UserError, match="超过 200 MB"):
        read_workbook(path)
    monkeypatch.setattr(read, "MAX_BYTES", path.stat().st_size)
    bomb = packed(tmp_path / "b.xlsx", {"xl/workbook.xml": b""})
    with zipfile.ZipFile(bomb, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("big", bytes(path.stat().st_size * 11))
    with pytest.raises(UserError, match="展开后超过"):
        read_workbook(bomb)


def test_a_file_with_nothing_in_it_says_so(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="没有内容"):
        read_workbook(workbook(tmp_path / "a.xlsx", []))


def test_a_file_that_cannot_be_opened_is_the_disks_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: Path) -> bytes:
        raise PermissionError("locked")

    path = workbook(tmp_path / "a.xlsx", [["甲"]])
    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(read.OutsideError, match="没有被别的程序占用"):
        read_workbook(path)


def test_a_formula_of_a_rule_beside_the_cells_is_no_cell(tmp_path: Path) -> None:
    source = workbook(tmp_path / "a.xlsx", [["甲", 1]])
    with zipfile.ZipFile(source) as package:
        files = {name: package.read(name) for name in package.namelist()}
    part = "xl/worksheets/sheet1.xml"
    rule = b"<extLst>" + b" " * 600 + b"<xm:f>A1</xm:f></extLst></worksheet>"
    files[part] = files[part].replace(b"</worksheet>", rule)
    assert texts(packed(tmp_path / "b.xlsx", files)) == [["甲", "1"]]


def test_a_locked_old_workbook_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Locked:
        @staticmethod
        def from_path(_: str) -> None:
            raise calamine.PasswordError("locked")

    monkeypatch.setattr(read_book.calamine, "CalamineWorkbook", Locked)
    with pytest.raises(UserError, match="打开密码"):
        read_workbook(written(tmp_path / "a.xls", bytes.fromhex("D0CF11E0A1B11AE1") + b"x"))


def test_cells_pushed_aside_by_a_tall_one_stand_in_their_own_column(tmp_path: Path) -> None:
    page = "<table><tr><td rowspan=2>甲<td>1</tr><tr><td>2</td></tr></table>"
    assert texts(written(tmp_path / "a.xls", page.encode())) == [["甲", "1"], ["", "2"]]


def test_what_our_export_guarded_comes_back_as_it_was(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [["'=1+1", "'甲", "'-无"]])
    assert texts(path) == [["=1+1", "'甲", "-无"]]


def test_what_no_reader_hands_over_is_a_bug() -> None:
    assert make_cell(timedelta(hours=30)).text == "1 day, 6:00:00"
    with pytest.raises(TypeError, match="bytes"):
        make_cell(b"x")


def test_blank_text_is_no_cell_and_numbers_show_as_typed() -> None:
    assert text_cell(" \n") is EMPTY
    assert text_cell("#REF!").flag is CellFlag.ERROR
    midnight = datetime(2024, 8, 31)  # noqa: DTZ001 - a spreadsheet knows no time zone
    assert make_cell(midnight) == make_cell(date(2024, 8, 31))
    assert number_text(3) == "3"
    assert number_text(1e20) == "1e+20"
    assert make_sheet("x", []).width == 0


def test_column_letters_count_from_one() -> None:
    assert [column_number(letters) for letters in (b"A", b"Z", b"AA", b"XFD")] == [1, 26, 27, 16384]
