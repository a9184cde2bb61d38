"""Updates of the rule pack: compared, accepted by a person, in effect from the next start on."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from inspector_app.domain.bureau_law import LawPack
from inspector_app.domain.cases import Case
from inspector_app.domain.events import CaseEvent
from inspector_app.domain.inspections import Answer
from inspector_app.errors import UserError
from inspector_app.ledger.ids import new_id
from inspector_app.library.loading import Library
from inspector_app.library.office import office_dir
from inspector_app.library.pack_zip import read_pack
from inspector_app.library.packs import law_head, lay_office
from inspector_app.services.cases import new_case
from inspector_app.services.desk import Desk
from inspector_app.services.inspections import InspectionForm, answer, start_inspection
from inspector_app.services.law_packs import (
    IN_EFFECT,
    REPLACED,
    WAITING,
    accept,
    active_pack,
    list_packs,
    read_diff,
    unpack_active,
)
from inspector_app.services.rules import choose
from tests.helpers.desks import a_case_form, on, two_inspectors
from tests.helpers.law_packs import EFFECTIVE, HEAD_TEXT, a_pack_folder, edited, zipped

Pack = Callable[..., Path]
D05 = 'name = "调查完成"\nstart_event = "立案之日"\nlength = 60'
GZ_05 = 'code = "GZ-05"'


@pytest.fixture
def pack(tmp_path: Path) -> Pack:
    """The shipped rules with D05 cut to `length` working days, as a pack."""

    def made(length: int = 50, *, version: str = "2027.1", on: date = EFFECTIVE) -> Path:
        head = HEAD_TEXT.replace("2027.1", version).replace("2027-01-01", str(on))
        folder = a_pack_folder(tmp_path / f"pack-{version}", head)
        return edited(folder, "terms.toml", D05, D05.replace("60", str(length)))

    return made


def a_case(desk: Desk) -> Case:
    return new_case(desk, a_case_form())


def record(desk: Desk, case: Case, *codes: str) -> None:
    """Violations named in a step of the case."""
    with desk.work("演示") as uow:
        uow.add(CaseEvent(new_id(), case.id, "penalty_notice", date(2026, 9, 28), codes=codes))
        uow.commit()


def name_of_gz05(desk: Desk) -> str:
    return desk.library.violations["GZ-05"].name


def test_the_difference_names_rows_and_open_cases(desk: Desk, pack: Pack) -> None:
    case = a_case(desk)
    before = desk.ledger.head()
    diff = read_diff(desk, pack())
    (row,) = diff.rows
    assert (row.id, [(one.field, one.before, one.after) for one in row.fields]) == (
        "D05",
        [("length", "60", "50")],
    )
    (touched,) = diff.cases
    assert (touched.case_id, touched.rules) == (case.id, ("D05",))
    (move,) = touched.moves
    assert move.before is not None
    assert move.after is not None
    assert (move.rule, move.after < move.before) == ("D05", True)
    assert "本局口径" in touched.hint
    assert (desk.ledger.head(), diff.stale) == (before, ())


def test_old_or_milder_law_is_a_hint_where_a_recorded_violation_changes(
    desk: Desk, tmp_path: Path
) -> None:
    case, _ = a_case(desk), new_case(desk, a_case_form(employer="另一家演示单位", credit_code=""))
    record(desk, case, "GZ-05")
    name = name_of_gz05(desk)
    folder = edited(
        a_pack_folder(tmp_path / "pack"), "violations/construction.toml", f'name = "{name}"',
        f'name = "{name}（演示）"',
    )  # fmt: skip
    diff = read_diff(desk, folder)
    (touched,) = diff.cases
    assert (touched.case_id, touched.rules, touched.moves) == (case.id, ("GZ-05",), ())
    assert "2027-01-01 以前的，一般按行为时的规定" in touched.hint
    assert "《中华人民共和国行政处罚法》第三十七条" in touched.hint
    assert "不自动套用" in touched.hint


def test_violations_an_inspection_found_count_as_recorded(desk: Desk, tmp_path: Path) -> None:
    case = a_case(desk)
    people = two_inspectors(desk)
    checklist = next(
        one
        for one in desk.library.checklists.values()
        if any("GZ-05" in item.violations for item in one.items)
    )
    visit = start_inspection(
        desk,
        InspectionForm(
            checklist_id=checklist.id,
            scope=case.scope,
            on=date(2026, 9, 28),
            employer_id=case.employer_id,
            inspector_ids=tuple(one.id for one in people),
            case_id=case.id,
        ),
    )
    item = next(one for one in checklist.items if "GZ-05" in one.violations)
    bad = Answer.NO if item.good_answer is Answer.YES else Answer.YES
    answer(desk, visit.id, item.id, bad)
    name = name_of_gz05(desk)
    folder = edited(
        a_pack_folder(tmp_path / "pack"), "violations/construction.toml", f'name = "{name}"',
        f'name = "{name}（演示）"',
    )  # fmt: skip
    (touched,) = read_diff(desk, folder).cases
    assert touched.rules == ("GZ-05",)


def test_choices_that_would_no_longer_fit_are_listed(desk: Desk, tmp_path: Path) -> None:
    choose(desk, "HC-19", "off", "是", "演示")
    folder = edited(
        a_pack_folder(tmp_path / "pack"), "henan_conflicts.toml", 'id = "HC-19"', 'id = "HC-99"'
    )
    assert [one.rule for one in read_diff(desk, folder).stale] == ["HC-19"]


def test_a_broken_pack_changes_nothing_and_names_file_and_line(desk: Desk, pack: Pack) -> None:
    folder = edited(pack(), "terms.toml", "length = 50", 'length = "五十"')
    before = desk.ledger.head()
    with pytest.raises(UserError, match=r"规则包不能用：law/terms.toml 第 \d+ 行 D05") as caught:
        accept(desk, folder)
    assert caught.value.kind == "pack"
    assert (desk.ledger.head(), list_packs(desk)) == (before, [])


def test_an_accepted_pack_is_kept_and_rules_from_its_day_on(
    desk: Desk, pack: Pack, tmp_path: Path
) -> None:
    made, diff = accept(desk, zipped(pack(), tmp_path / "规则包.zip"))
    assert (made.version, made.effective_from, made.note) == ("2027.1", EFFECTIVE, "演示更新")
    assert (made.accepted_by, made.accepted_on) == ("李明", date(2026, 9, 28))
    assert [row.id for row in diff.rows] == ["D05"]
    assert active_pack(desk) is None
    assert [line.state for line in list_packs(desk)] == [WAITING]
    later = on(desk, EFFECTIVE)
    assert active_pack(later) == made
    assert [line.state for line in list_packs(later)] == [IN_EFFECT]


def test_a_pack_is_accepted_once_and_never_an_older_one(desk: Desk, pack: Pack) -> None:
    first = pack()
    accept(desk, first)
    with pytest.raises(UserError, match=r"版本 2027.1 已在 2026-09-28 接受过"):
        accept(desk, first)
    with pytest.raises(UserError, match="施行日期更晚"):
        accept(desk, pack(40, version="2026.9", on=date(2026, 9, 1)))
    newer, _ = accept(desk, pack(40, version="2027.2", on=date(2027, 7, 1)))
    later = on(desk, date(2027, 8, 1))
    assert active_pack(later) == newer
    assert [line.state for line in list_packs(later)] == [IN_EFFECT, REPLACED]


def test_a_pack_without_a_difference_is_refused(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="没有差别"):
        accept(desk, a_pack_folder(tmp_path / "pack"))


def test_until_a_pack_rules_the_shipped_office_stands(
    desk: Desk, pack: Pack, tmp_path: Path
) -> None:
    shipped = office_dir()
    assert unpack_active(desk, tmp_path, shipped).office == shipped
    accept(desk, pack())
    found = unpack_active(desk, tmp_path, shipped)
    assert (found.office, found.pack, found.problem) == (shipped, None, "")
    assert not (tmp_path / "law").exists()


def test_the_pack_that_rules_is_laid_out_once_and_used(
    desk: Desk, pack: Pack, tmp_path: Path
) -> None:
    made, _ = accept(desk, pack())
    later = on(desk, EFFECTIVE)
    found = unpack_active(later, tmp_path, office_dir())
    assert (found.office, found.pack) == (tmp_path / "law/2027.1", made)
    assert Library(found.office).terms["D05"].length == 50
    assert Library(found.office).kinds.keys() == desk.library.kinds.keys()
    mark = found.office / "mark"
    mark.write_text("x", encoding="utf-8")
    assert unpack_active(later, tmp_path, office_dir()).office == found.office
    assert mark.exists(), "laid out again for nothing"
    assert sorted(path.name for path in (tmp_path / "law").iterdir()) == ["2027.1"]
    again = read_diff(replace(later, library=Library(found.office)), pack(50, version="2027.3"))
    assert again.rows == ()


def test_forms_of_a_newer_program_replace_the_copies(
    desk: Desk, pack: Pack, tmp_path: Path
) -> None:
    accept(desk, pack())
    later = on(desk, EFFECTIVE)
    shipped = lay_office(read_pack(a_pack_folder(tmp_path / "own")), office_dir(), tmp_path / "app")
    (shipped / "resources/law/pack.toml").unlink()
    first = unpack_active(later, tmp_path, shipped).office
    settings = shipped / "resources/settings/settings.toml"
    settings.write_text(settings.read_text("utf-8") + "\n# 演示\n", encoding="utf-8")
    second = unpack_active(later, tmp_path, shipped).office
    assert first == second
    assert (second / "resources/settings/settings.toml").read_text("utf-8").endswith("# 演示\n")
    assert sorted(path.name for path in (tmp_path / "law").iterdir()) == ["2027.1"]


@pytest.mark.parametrize(
    ("version", "day", "shipped_rules"),
    [
        ("2027.1", "2027-01-01", True),
        ("2027.9", "2027-06-01", True),
        ("2026.1", "2026-06-01", False),
    ],
)
def test_rules_that_came_later_with_the_program_win(
    desk: Desk, pack: Pack, tmp_path: Path, version: str, day: str, shipped_rules: bool
) -> None:
    accept(desk, pack())
    head = HEAD_TEXT.replace("2027.1", version).replace("2027-01-01", day)
    own = read_pack(a_pack_folder(tmp_path / "own", head))
    shipped = lay_office(own, office_dir(), tmp_path / "app")
    assert law_head(shipped) is not None
    found = unpack_active(on(desk, EFFECTIVE), tmp_path, shipped)
    assert (found.office == shipped) is shipped_rules


def test_what_cannot_be_laid_out_is_told_and_the_program_opens(
    desk: Desk, pack: Pack, tmp_path: Path
) -> None:
    made, _ = accept(desk, pack())
    later = on(desk, EFFECTIVE)
    blocked = tmp_path / "blocked"
    blocked.write_text("a file where the folder should be", encoding="utf-8")
    found = unpack_active(later, blocked, office_dir())
    assert (found.office, found.pack) == (office_dir(), None)
    assert "没有写成" in found.problem
    desk.files.path(made.sha256).unlink()
    gone = unpack_active(later, tmp_path, office_dir())
    assert "规则包 2027.1 没有启用，现按随程序的规则：存档文件不在本机" in gone.problem
    assert not list((tmp_path / "law").glob("*"))


def test_a_stored_pack_the_program_no_longer_understands_is_told(
    desk: Desk, pack: Pack, tmp_path: Path
) -> None:
    folder = edited(pack(), "terms.toml", "length = 50", "length = -1")
    broken = read_pack(folder)
    with desk.work("演示") as uow:
        uow.add(
            LawPack(
                new_id(), "2027.1", EFFECTIVE, desk.files.put(broken.zipped()), EFFECTIVE, "李明",
                desk.city, desk.city,
            )
        )  # fmt: skip
        uow.commit()
    found = unpack_active(on(desk, EFFECTIVE), tmp_path, office_dir())
    assert (found.office, "law/terms.toml 第" in found.problem) == (office_dir(), True)
