"""Template packs: read without trust, compared, taken in whole or not at all, written again."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from inspector_app.errors import OutsideError, UserError
from inspector_app.library.form_packs import (
    MOST_FORM_BYTES,
    FormPack,
    read_form_pack,
    read_zipped,
)
from inspector_app.library.pack_zip import MOST_BYTES, PackHead
from inspector_app.library.pack_zip import read_zipped as read_rules
from inspector_app.services import papers
from inspector_app.services.desk import Desk
from inspector_app.services.settings import save
from inspector_app.services.template_checks import FormReport, check_form
from inspector_app.services.template_packs import accept_pack, export_pack, pack_diff
from inspector_app.services.template_rows import form_rows
from inspector_app.services.templates import shipped_text
from tests.helpers.desks import on
from tests.helpers.forms import CALL, ORDER, kept, retitled

DAY = date(2026, 9, 28)
HEAD = PackHead("2026.2", date(2026, 10, 1), "市局统一格式")


def a_pack(folder: Path, forms: dict[str, str], head: PackHead | None = HEAD) -> Path:
    path = folder / "格式包.zip"
    path.write_bytes(FormPack(head, forms).zipped())
    return path


def raw_zip(folder: Path, files: dict[str, bytes]) -> Path:
    path = folder / "raw.zip"
    with zipfile.ZipFile(path, "w") as package:
        for name, data in files.items():
            package.writestr(name, data)
    return path


def test_a_pack_reads_back_as_it_was_written_and_is_the_same_each_time() -> None:
    pack = FormPack(HEAD, {CALL: "id = 1\n", ORDER: "id = 2\n"})
    assert read_zipped(pack.zipped()) == pack
    assert pack.zipped() == FormPack(HEAD, {ORDER: "id = 2\n", CALL: "id = 1\n"}).zipped()
    assert read_zipped(replace(pack, head=replace(HEAD, note="")).zipped()).head.note == ""  # type: ignore[union-attr]  # a pack that was read has a head
    with pytest.raises(ValueError, match="head"):
        FormPack(None, {}).zipped()


def test_differences_are_shown_before_anything_changes(desk: Desk, tmp_path: Path) -> None:
    forms = {ORDER: retitled(desk, "责令改正书"), CALL: shipped_text(desk, CALL)}
    diff = pack_diff(desk, a_pack(tmp_path, forms))
    assert (diff.head, diff.usable) == (HEAD, True)
    assert [one.kind for one in diff.changed] == [ORDER]
    assert [one.title for one in diff.forms] == ["约谈通知书", "责令改正书"]
    assert not any(one.own or one.waiting for one in form_rows(desk))


def test_what_differs_becomes_new_versions_of_the_packs_day(desk: Desk, tmp_path: Path) -> None:
    forms = {
        ORDER: retitled(desk, "责令改正书"),
        CALL: retitled(desk, "约谈书", CALL),
        "inquiry_notice": shipped_text(desk, "inquiry_notice"),
    }
    made = accept_pack(desk, pack_diff(desk, a_pack(tmp_path, forms)), "")
    assert {(one.kind, one.version, one.effective_from) for one in made} == {
        (ORDER, "2026.2", HEAD.effective_from), (CALL, "2026.2", HEAD.effective_from),
    }  # fmt: skip
    late = on(desk, HEAD.effective_from)
    assert papers.kind_of(late, CALL).title == "约谈书"
    assert desk.ledger.changesets_since(0)[-1]
    with pytest.raises(UserError, match="没有差别"):
        accept_pack(late, pack_diff(late, a_pack(tmp_path, forms)), "")


def test_what_was_looked_at_is_taken_whatever_became_of_the_file(
    desk: Desk, tmp_path: Path
) -> None:
    path = a_pack(tmp_path, {ORDER: retitled(desk, "责令改正书")})
    diff = pack_diff(desk, path)
    path.write_bytes(FormPack(HEAD, {ORDER: retitled(desk, "换过的")}).zipped())
    (made,) = accept_pack(desk, diff, "")
    assert "责令改正书" in made.form
    path.unlink()
    with pytest.raises(UserError, match="没有差别"):
        accept_pack(desk, diff, "")


def test_a_pack_without_a_note_wants_a_reason_and_may_bear_another_version(
    desk: Desk, tmp_path: Path
) -> None:
    path = a_pack(tmp_path, {ORDER: retitled(desk, "责令改正书")}, replace(HEAD, note=""))
    diff = pack_diff(desk, path)
    with pytest.raises(UserError, match="请写明修改理由"):
        accept_pack(desk, diff, "")
    (made,) = accept_pack(desk, diff, "市局文件", version="市2026", effective_from=DAY)
    assert (made.version, made.effective_from) == ("市2026", DAY)


def test_two_forms_of_a_pack_cannot_take_the_same_name(desk: Desk, tmp_path: Path) -> None:
    forms = {ORDER: retitled(desk, "劳动监察书"), CALL: retitled(desk, "劳动监察书", CALL)}
    diff = pack_diff(desk, a_pack(tmp_path, forms))
    assert not diff.usable
    said = {"文书名称“劳动监察书”已有另一种文书在用"}
    assert [{fault.message for fault in one.faults} for one in diff.forms] == [said, said]
    with pytest.raises(UserError, match="已有另一种文书在用"):
        accept_pack(desk, diff, "")


def test_checking_a_pack_tells_how_far_it_is_and_can_be_stopped(desk: Desk, tmp_path: Path) -> None:
    path = a_pack(tmp_path, {ORDER: retitled(desk, "甲书"), CALL: retitled(desk, "乙书", CALL)})
    steps: list[tuple[int, int]] = []
    pack_diff(desk, path, lambda done, total: steps.append((done, total)))
    assert steps == [(0, 2), (1, 2)]
    with pytest.raises(UserError) as told:
        pack_diff(desk, path, cancelled=lambda: True)
    assert told.value.kind == "stopped"


def test_what_passed_is_asked_again_only_when_the_ledger_has_moved(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    diff = pack_diff(desk, a_pack(tmp_path, {ORDER: retitled(desk, "甲书")}))
    asked: list[str] = []

    def seen(at: Desk, kind: str, text: str) -> FormReport:
        asked.append(kind)
        return check_form(at, kind, text)

    monkeypatch.setattr("inspector_app.services.template_saving.check_form", seen)
    save(desk, {"phone": "0375-1"})
    with pytest.raises(UserError, match="请写明修改理由"):
        accept_pack(desk, replace(diff, head=replace(HEAD, note="")), "")
    accept_pack(desk, diff, "")
    assert asked == [ORDER]
    more = pack_diff(desk, a_pack(tmp_path, {CALL: retitled(desk, "乙书", CALL)}))
    accept_pack(desk, more, "")
    assert asked == [ORDER]


def test_one_bad_form_refuses_the_whole_pack(desk: Desk, tmp_path: Path) -> None:
    broken = retitled(desk, "约谈书", CALL).replace("{party}", "{partie}")
    path = a_pack(tmp_path, {ORDER: retitled(desk, "责令改正书"), CALL: broken})
    diff = pack_diff(desk, path)
    assert not diff.usable
    with pytest.raises(UserError, match=r"约谈书：标记都认识，第 \d+ 行：") as refused:
        accept_pack(desk, diff, "")
    assert refused.value.kind == "pack"
    assert not any(one.waiting for one in form_rows(desk))


def test_the_law_binds_forms_of_a_pack_too(desk: Desk, tmp_path: Path) -> None:
    text = shipped_text(desk, ORDER)
    block = text[text.index('[[body]]\nkind = "para"\ntext = "{demands}"') :].split("\n\n")[0]
    path = a_pack(tmp_path, {ORDER: text.replace(block, "")})
    (one,) = pack_diff(desk, path).forms
    assert "要求的“责令改正的内容”没有印出" in "".join(fault.message for fault in one.faults)


def test_a_folder_whose_form_says_another_kind_is_told(desk: Desk, tmp_path: Path) -> None:
    (one,) = pack_diff(desk, a_pack(tmp_path, {CALL: shipped_text(desk, ORDER)})).forms
    assert one.faults[0].message == f"“id”应为“{CALL}”，写的是“{ORDER}”"
    (one,) = pack_diff(desk, a_pack(tmp_path, {CALL: "id ="})).forms
    assert (one.title, one.changes) == ("约谈通知书", ())
    assert one.faults[0].line == 1


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"a/form.toml": b""}, "缺少 pack.toml"),
        ({"pack.toml": b'version = "1"\neffective_from = 2026-01-01\n'}, "没有“文种/form.toml”"),
        ({"pack.toml": b"version = 1"}, "“version”应为文字"),
        ({"../form.toml": b""}, "不安全"),
        ({"form.toml": b""}, "不在文种的文件夹里"),
        ({"a/form.toml": b"", "b/a/form.toml": b""}, "重复"),
        (
            {"pack.toml": b'version = "1"\neffective_from = 2026-01-01\n', "a/form.toml": b"\xff"},
            "不是 UTF-8 编码",
        ),
        ({f"k{n}/form.toml": b"" for n in range(201)}, "超过 200 个"),
    ],
)
def test_what_is_no_pack_is_told(tmp_path: Path, files: dict[str, bytes], said: str) -> None:
    with pytest.raises(UserError, match=said):
        read_form_pack(raw_zip(tmp_path, files))


def test_files_that_are_too_big_or_no_zip_are_told(tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(b"no zip")
    with pytest.raises(UserError, match="不是格式包"):
        read_form_pack(path)
    path.write_bytes(bytes(MOST_BYTES + 1))
    with pytest.raises(UserError, match="超过 20 MB"):
        read_form_pack(path)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("a/form.toml", bytes(MOST_BYTES + 1))
    with pytest.raises(UserError, match="展开后超过"):
        read_zipped(out.getvalue())
    with pytest.raises(UserError, match="没有找到"):
        read_form_pack(tmp_path / "none.zip")


@pytest.mark.parametrize("read", [read_zipped, read_rules])
def test_a_damaged_zip_is_refused_in_a_sentence(
    read: Callable[[bytes], object], desk: Desk
) -> None:
    good = FormPack(HEAD, {CALL: shipped_text(desk, CALL)}).zipped()
    begin = good.index(b"pack.toml") + len("pack.toml")
    for spoilt in (good[:begin] + b"\xff" * 20 + good[begin + 20 :], moved_directory(good)):
        with pytest.raises(UserError, match="文件打不开"):
            read(spoilt)


def moved_directory(good: bytes) -> bytes:
    """The end of the zip says that its list of files begins far behind the last byte."""
    end = good.rindex(b"PK\x05\x06")
    return good[: end + 16] + b"\xff\xff\x00\x70" + good[end + 20 :]


def test_a_form_of_a_book_is_no_form(tmp_path: Path) -> None:
    path = tmp_path / "form.toml"
    path.write_bytes(b"#" * (MOST_FORM_BYTES + 1))
    with pytest.raises(UserError, match="超过 256 KB"):
        read_form_pack(path)


def test_a_version_the_bureau_may_write_comes_back_in_its_pack(desk: Desk, tmp_path: Path) -> None:
    kept(desk, retitled(desk, "责令改正书"), "局2026-1", DAY)
    path, _ = export_pack(desk, tmp_path / "out.zip", replace(HEAD, version="局2026-1"))
    assert read_form_pack(path).head == replace(HEAD, version="局2026-1")
    path.write_bytes(FormPack(replace(HEAD, version="a/b"), {ORDER: ""}).zipped())
    with pytest.raises(UserError, match="“version”写的是“a/b”，应为如 局2026-1"):
        read_form_pack(path)


def test_a_folder_around_the_kinds_is_taken_off(desk: Desk, tmp_path: Path) -> None:
    top = b'version = "1"\neffective_from = 2026-01-01\n'
    files = {"pack/pack.toml": top, f"pack/{ORDER}/form.toml": b"x = 1\r\n"}
    assert read_form_pack(raw_zip(tmp_path, files)).forms == {ORDER: "x = 1\n"}


def test_a_kind_the_program_has_not_is_refused(desk: Desk, tmp_path: Path) -> None:
    text = shipped_text(desk, ORDER).replace(f'id = "{ORDER}"', 'id = "own_kind"')
    single = tmp_path / "form.toml"
    single.write_text(text, encoding="utf-8")
    for path in (single, a_pack(tmp_path, {"own_kind": text})):
        with pytest.raises(UserError, match="没有“own_kind”这种文书"):
            pack_diff(desk, path)
    single.write_text("id =", encoding="utf-8")
    assert pack_diff(desk, single).forms[0].kind == ""


def test_own_forms_in_force_are_written_for_others(desk: Desk, tmp_path: Path) -> None:
    out = tmp_path / "out.zip"
    with pytest.raises(UserError, match="本局还没有自己的格式"):
        export_pack(desk, out, HEAD)
    kept(desk, retitled(desk, "甲"), "局1", DAY)
    kept(desk, retitled(desk, "约谈书", CALL), "局1", date(2026, 12, 1), CALL)
    for kinds, version, said in (([CALL], "1", f"“{CALL}”没有"), ([], "a/b", "请写格式包的版本")):
        with pytest.raises(UserError, match=said):
            export_pack(desk, out, replace(HEAD, version=version), kinds)
    path, written = export_pack(desk, out, HEAD)
    assert (path, list(written)) == (out, [ORDER])
    assert list(read_form_pack(out).forms) == [ORDER]
    with pytest.raises(OutsideError, match="没有写成"):
        export_pack(desk, tmp_path, HEAD)
