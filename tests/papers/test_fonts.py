"""The office's own fonts first, the shipped ones always, and no character without a glyph."""

import shutil
from pathlib import Path

import pytest

from inspector_app.errors import OutsideError
from inspector_app.library.office import resources_dir
from inspector_app.papers import fonts as fonts_module
from inspector_app.papers.embedding import load, to_unicode
from inspector_app.papers.fonts import SHIPPED, FontSet, Role, system_dirs

SHELF = resources_dir() / "fonts"


def names(found: FontSet, role: Role) -> list[str]:
    return [face.postscript for face in found.chains[role]]


def test_shipped_fonts_fill_every_role_and_end_in_the_full_one(fonts: FontSet) -> None:
    assert names(fonts, Role.BODY) == ["JianchaFang-Regular", "NotoSerifSC-Regular"]
    assert names(fonts, Role.TITLE) == ["NotoSerifSC-ExtraBold", "NotoSerifSC-Regular"]
    assert names(fonts, Role.HEI) == ["NotoSansSC-Medium", "NotoSerifSC-Regular"]
    assert names(fonts, Role.KAI) == ["JianchaKai-Regular", "NotoSerifSC-Regular"]
    assert names(fonts, Role.LATIN) == ["NotoSerifSC-Regular"]


def test_a_font_the_office_owns_comes_before_the_shipped_one(tmp_path: Path) -> None:
    shutil.copy(SHELF / "JianchaKai-common.ttf", tmp_path / "SimFang.TTF")
    found = FontSet.find(SHELF, [tmp_path], system=False)
    assert names(found, Role.BODY)[0] == "JianchaKai-Regular"
    assert names(found, Role.BODY)[1:] == ["JianchaFang-Regular", "NotoSerifSC-Regular"]


def test_fonts_of_the_pc_are_used_but_a_named_folder_wins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine, pc = tmp_path / "mine", tmp_path / "pc"
    for folder, source in ((mine, "JianchaKai-common.ttf"), (pc, "NotoSansSC-Medium-common.ttf")):
        folder.mkdir()
        shutil.copy(SHELF / source, folder / "simfang.ttf")
    monkeypatch.setattr(fonts_module, "system_dirs", lambda: (pc,))
    assert names(FontSet.find(SHELF), Role.BODY)[0] == "NotoSansSC-Medium"
    assert names(FontSet.find(SHELF, [mine]), Role.BODY)[0] == "JianchaKai-Regular"


def test_a_font_that_cannot_be_embedded_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "simhei.ttf").write_bytes(b"OTTO" + bytes(100))
    (tmp_path / "simkai.ttf").write_bytes(b"not a font")
    found = FontSet.find(SHELF, [tmp_path], system=False)
    assert names(found, Role.HEI)[0] == "NotoSansSC-Medium"
    assert names(found, Role.KAI)[0] == "JianchaKai-Regular"
    assert load(tmp_path / "absent.ttf") is None


def test_without_the_shipped_fonts_the_program_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(OutsideError, match="重新安装"):
        FontSet.shipped_only(tmp_path)


def test_system_folders_are_those_of_windows_and_linux(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WINDIR", "D:/Windows")
    monkeypatch.setenv("LOCALAPPDATA", "D:/Local")
    folders = system_dirs()
    assert Path("D:/Windows/Fonts") in folders
    assert Path("D:/Local/Microsoft/Windows/Fonts") in folders
    assert Path("/usr/share/fonts") in folders


def test_a_rare_name_is_printed_from_the_full_font(fonts: FontSet) -> None:
    face = fonts.face(Role.BODY, "𬱖")
    assert face is not None
    assert face.postscript == "NotoSerifSC-Regular"
    assert fonts.missing("𬱖某☑☐__\u3000\n甲") == []


def test_a_character_no_font_has_is_named_once(fonts: FontSet) -> None:
    assert fonts.missing("甲𡖖乙𡖖") == ["𡖖"]
    assert fonts.width(Role.BODY, "𡖖") == 1.0


def test_every_common_character_is_in_every_font_a_name_is_set_in(fonts: FontSet) -> None:
    lines = (SHELF / "tonggui_8105.txt").read_text(encoding="utf-8").splitlines()
    table = "".join(line for line in lines if not line.startswith("#"))
    assert len(table) == 8105
    assert fonts.missing(table) == []
    for role in (Role.HEI, Role.KAI):
        first = fonts.chains[role][0]
        assert [char for char in table if ord(char) not in first.widths] == []


def test_every_shipped_font_has_its_licence_beside_it() -> None:
    told = (SHELF / "LICENCES/README.md").read_text(encoding="utf-8")
    shipped = {path.name for path in SHELF.glob("*.ttf")}
    assert set(SHIPPED.values()) <= shipped
    assert all(name in told for name in shipped)
    assert all(path.name in told for path in (SHELF / "LICENCES").glob("*.txt"))


def test_a_character_beyond_the_first_plane_is_mapped_as_a_surrogate_pair() -> None:
    shown = to_unicode("X", [0x2CC56, 0x4E2D])
    assert "<00> <D873DC56>" in shown
    assert "<01> <4E2D>" in shown


def test_a_map_is_written_in_blocks_of_at_most_a_hundred() -> None:
    shown = to_unicode("X", list(range(0x4E00, 0x4E00 + 201)))
    assert shown.count("100 beginbfchar") == 2
    assert shown.count("1 beginbfchar") == 1


def test_a_lone_surrogate_does_not_break_the_map() -> None:
    assert "<00> <003F>" in to_unicode("X", [0xD800])
