"""Updates of the rule pack: read without trust, laid out whole, compared row by row."""

import io
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from inspector_app.errors import OutsideError, UserError
from inspector_app.library import pack_zip
from inspector_app.library.loading import Library
from inspector_app.library.office import office_dir
from inspector_app.library.pack_zip import PackHead, read_pack, read_zipped
from inspector_app.library.packs import (
    Change,
    changed_rows,
    law_head,
    lay_office,
    pack_problems,
)
from tests.helpers.law_packs import EFFECTIVE, HEAD_TEXT, a_pack_folder, edited, zipped
from tests.library.shelf import copied_office

Pack = Callable[..., Path]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The shipped rules as a pack."""
    return a_pack_folder(tmp_path / "pack")


def told(path: Path) -> str:
    with pytest.raises(UserError) as caught:
        read_pack(path)
    assert caught.value.field == "file"
    return caught.value.message


def test_a_folder_and_its_zip_are_the_same_pack(folder: Path, tmp_path: Path) -> None:
    pack = read_pack(folder)
    assert pack.head == PackHead("2027.1", EFFECTIVE, "演示更新")
    assert "terms.toml" in pack.files
    assert any(name.startswith("violations/") for name in pack.files)
    again = read_pack(zipped(folder, tmp_path / "a.zip"))
    assert (again.head, again.files) == (pack.head, pack.files)
    wrapped = read_pack(zipped(folder, tmp_path / "b.zip", around="规则包 2027"))
    assert wrapped.files == pack.files
    assert read_zipped(pack.zipped()).files == pack.files
    assert pack.zipped() == wrapped.zipped()


def test_what_is_no_rule_file_is_left_out(folder: Path, tmp_path: Path) -> None:
    (folder / "law/readme.md").write_text("x", encoding="utf-8")
    (folder / "other.toml").write_text("x", encoding="utf-8")
    for path in (folder, zipped(folder, tmp_path / "a.zip")):
        assert not {"readme.md", "other.toml", "../other.toml"} & set(read_pack(path).files)


@pytest.mark.parametrize(
    "name", ["/law/a.toml", "law/../../a.toml", "..\\a.toml", "C:/a.toml", "law/a\\b.toml"]
)
def test_a_path_that_leads_out_is_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("pack.toml", HEAD_TEXT)
        package.writestr(zipfile.ZipInfo(name), "x")
    assert "不安全" in told(path)


def test_a_name_that_comes_twice_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("pack.toml", HEAD_TEXT)
        package.writestr("law/a.toml", "x")
        with pytest.warns(UserWarning, match="Duplicate"):
            package.writestr("law/a.toml", "y")
    assert "出现两次" in told(path)


def test_files_that_are_no_packs_are_refused(tmp_path: Path) -> None:
    assert "没有找到" in told(tmp_path / "no.zip")
    text = tmp_path / "a.zip"
    text.write_text("no zip", encoding="utf-8")
    assert "打不开" in told(text)
    with zipfile.ZipFile(text, "w") as package:
        package.writestr("law/terms.toml", "")
    assert "缺少 pack.toml" in told(text)
    with zipfile.ZipFile(text, "w") as package:
        package.writestr("pack.toml", HEAD_TEXT)
    assert "没有 .toml 文件" in told(text)
    with zipfile.ZipFile(text, "w"):
        pass
    assert "缺少 pack.toml" in told(text)


def test_a_locked_or_broken_zip_is_refused(folder: Path, tmp_path: Path) -> None:
    whole = zipped(folder, tmp_path / "a.zip").read_bytes()
    locked = bytearray(whole)
    at = locked.rindex(b"PK\x01\x02")
    locked[at + 8] |= 1  # the bit that says a password is needed
    with pytest.raises(UserError, match="设有密码"):
        read_zipped(bytes(locked))
    with pytest.raises(UserError, match="打不开"):
        read_zipped(whole[:200])


def test_size_and_number_are_bounded(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = zipped(folder, tmp_path / "a.zip")
    monkeypatch.setattr(pack_zip, "MOST_FILES", 5)
    assert "超过 5 个" in told(path)
    assert "超过 5 个" in told(folder)
    monkeypatch.setattr(pack_zip, "MOST_FILES", 500)
    size = path.stat().st_size
    monkeypatch.setattr(pack_zip, "MOST_BYTES", size + 10)
    assert "展开后" in told(path)
    assert "展开后" in told(folder)
    monkeypatch.setattr(pack_zip, "MOST_BYTES", size - 10)
    assert "不像规则包" in told(path)


def test_a_link_out_of_the_folder_is_refused(folder: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside.toml"
    outside.write_text("x = 1", encoding="utf-8")
    (folder / "law/link.toml").symlink_to(outside)
    assert "以外的地方" in told(folder)


def test_a_file_in_use_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(_: Path) -> bytes:
        raise PermissionError

    monkeypatch.setattr(Path, "read_bytes", locked)
    with pytest.raises(OutsideError, match="占用"):
        read_pack(folder)


@pytest.mark.parametrize(
    ("head", "words"),
    [
        ("version = \n", "pack.toml 第 1 行第 11 列写法有误"),
        ('version = "1"', "缺少“effective_from”"),
        ('version = "1"\neffective_from = "2027"', "应为日期"),
        ('version = "../1"\neffective_from = 2027-01-01', "只能用字母"),
        ('version = "1"\neffective_from = 2027-01-01\nmore = 1', "不认识的项“more”"),
        ('version = "1"\neffective_from = 2027-01-01\nnote = """', "写法有误"),
        (b"\xff\xfe", "不是 UTF-8"),
    ],
)
def test_a_head_that_is_wrong_is_told(folder: Path, head: str | bytes, words: str) -> None:
    (folder / "pack.toml").write_bytes(head.encode() if isinstance(head, str) else head)
    assert words in told(folder)


def laid(folder: Path, tmp_path: Path) -> Path:
    return lay_office(read_pack(folder), office_dir(), tmp_path / "laid")


def test_the_shipped_rules_laid_out_are_whole_and_differ_in_nothing(
    folder: Path, tmp_path: Path
) -> None:
    office = laid(folder, tmp_path)
    assert pack_problems(office) == []
    assert changed_rows(office_dir(), office) == ()
    assert Library(office).terms == Library(office_dir()).terms
    assert law_head(office) == PackHead("2027.1", EFFECTIVE, "演示更新")


def test_added_removed_and_changed_rows_are_told_with_their_fields(
    folder: Path, tmp_path: Path
) -> None:
    edited(folder, "terms.toml", 'id = "D05"\nname = "调查完成"', 'id = "D05"\nname = "查完"')
    edited(folder, "henan_conflicts.toml", 'id = "HC-19"', 'id = "HC-99"')
    edited(folder, "henan_conflicts.toml", "enabled = false", "enabled = true")
    edited(folder, "statutes.toml", "effective_from = 2020-05-01", "effective_from = 2020-05-02")
    rows = {row.id: row for row in changed_rows(office_dir(), laid(folder, tmp_path))}
    term = rows["D05"]
    assert (term.kind, term.label, term.name, term.change) == (
        "term",
        "期限",
        "查完",
        Change.CHANGED,
    )
    (field,) = term.fields
    assert (field.field, field.label, field.before, field.after) == (
        "name",
        "名称",
        "调查完成",
        "查完",
    )
    assert (rows["HC-99"].change, rows["HC-19"].change) == (Change.ADDED, Change.REMOVED)
    added = {one.field: one.after for one in rows["HC-99"].fields}
    assert added["enabled"] == "是"
    assert "、" in added["articles"]
    gone = {one.field: (one.before, one.after) for one in rows["HC-19"].fields}
    assert gone["enabled"] == ("否", "")
    dated = next(row for row in rows.values() if row.kind == "statute")
    assert [(one.before, one.after) for one in dated.fields] == [("2020-05-01", "2020-05-02")]


def test_a_row_that_only_moves_to_another_file_is_no_change(folder: Path, tmp_path: Path) -> None:
    one = folder / "law/violations/unions.toml"
    one.rename(folder / "law/violations/moved.toml")
    assert changed_rows(office_dir(), laid(folder, tmp_path)) == ()


@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        ("terms.toml", 'id = "D05"', "id = D05", "law/terms.toml 第 "),
        ("terms.toml", "length = 60", 'length = "六十"', "law/terms.toml 第 "),
        ("terms.toml", '"监察条例 17"', '"监察条例 999"', "监察条例"),
        ("statutes.toml", 'text = "full"', 'text = "bureau"', "law/statutes.toml 第 "),
        ("procedure/stages.toml", 'code = "Z1"', 'code = "Z1x"', "procedure/stages.toml"),
    ],
)
def test_a_broken_pack_is_told_with_file_and_line(
    folder: Path, tmp_path: Path, file: str, old: str, new: str, words: str
) -> None:
    edited(folder, file, old, new)
    problems = pack_problems(laid(folder, tmp_path))
    assert any(words in one for one in problems), problems
    assert not any("resources/" in one for one in problems)


def test_a_pack_without_a_file_is_incomplete(folder: Path, tmp_path: Path) -> None:
    (folder / "law/terms.toml").unlink()
    problems = pack_problems(laid(folder, tmp_path))
    assert "读不到 law/terms.toml，规则包不完整" in problems


def test_rules_without_a_head_bear_no_version(tmp_path: Path) -> None:
    office = copied_office(tmp_path / "office")
    (office / "resources/law/pack.toml").unlink(missing_ok=True)
    assert law_head(office) is None


def test_inline_tables_are_compared_as_text(folder: Path, tmp_path: Path) -> None:
    file = "procedure/steps_8_contest.toml"
    edited(folder, file, 'ordinary = "普通程序"', 'ordinary = "一般程序"')
    (row,) = changed_rows(office_dir(), laid(folder, tmp_path))
    (field,) = row.fields
    assert (field.field, field.after) == ("outcomes", "ordinary=一般程序；summary=简易程序")


def test_a_zip_is_written_the_same_on_every_day(folder: Path) -> None:
    data = read_pack(folder).zipped()
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert {one.date_time[:3] for one in package.infolist()} == {(1980, 1, 1)}
    assert date(2027, 1, 1) == EFFECTIVE
