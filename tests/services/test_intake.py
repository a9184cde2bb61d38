"""Lists of others taken in: once, with a reason for every row left out."""

from pathlib import Path

import pytest

from inspector_app.domain.clues import Clue
from inspector_app.errors import OutsideError, UserError
from inspector_app.ledger.views import CaseQuery, ClueQuery
from inspector_app.services import intake, parties
from inspector_app.services.case_sheet import case_sheet
from inspector_app.services.cases import case_list, new_case
from inspector_app.services.claims import ClaimForm, add_claims
from inspector_app.services.clues import clue_list, clue_sheet
from inspector_app.services.desk import Desk
from inspector_app.services.history import undo
from inspector_app.services.intake import (
    CancelledError,
    ImportOutcome,
    preview_import,
    run_import,
    save_rejected,
)
from tests.helpers.desks import a_case_form

CLUES = """被投诉单位,统一社会信用代码,所属县区,欠薪金额(元),涉及人数,反映人姓名,接收时间
青禾建筑劳务有限公司,91410499MADEM00012,湛河区,134.66万元,61,,2026-09-21
恒岳市政工程有限公司,91520382MAAJM1B991,新华区,100余万元,12,,2026-09-22
锦程装饰工程有限公司,,卫东,17.06 万元,,仇远行,2026.9.23
,,鲁山县,3000元,,,2026-09-24
"""


def a_file(folder: Path, text: str, name: str = "名单.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def take_in(desk: Desk, path: Path, kind: str, **more: str) -> ImportOutcome:
    return run_import(desk, preview_import(desk, path, kind), **more)  # type: ignore[arg-type]  # case_ref


def all_clues(desk: Desk) -> dict[str, Clue]:
    rows = clue_list(desk, ClueQuery()).rows
    return {row.employer_name: clue_sheet(desk, row.id).clue for row in rows}


def test_clues_come_in_with_amounts_understood_and_oddities_flagged(
    desk: Desk, tmp_path: Path
) -> None:
    outcome = take_in(desk, a_file(tmp_path, CLUES), "clues")

    assert (outcome.data_rows, outcome.accepted, outcome.rejected) == (4, 3, 1)
    assert outcome.amount_sum_fen == 134_660_000 + 17_060_000
    clues = all_clues(desk)
    assert clues["青禾建筑劳务有限公司"].scope == "410411"
    assert clues["锦程装饰工程有限公司"].scope == "410403"
    vague = clues["恒岳市政工程有限公司"]
    assert (vague.amount_fen, vague.amount_written) == (None, "100余万元")
    assert any("校验" in flag for flag in vague.flags)
    assert any("100余万元" in flag for flag in vague.flags)


def test_the_row_left_out_is_saved_with_its_reason(desk: Desk, tmp_path: Path) -> None:
    outcome = take_in(desk, a_file(tmp_path, CLUES), "clues")

    assert outcome.rejected_file is not None
    again = preview_import(desk, outcome.rejected_file, "clues")
    assert again.read.data_rows == 1


@pytest.mark.parametrize("taken", [1, 2])
def test_a_blocked_name_takes_nothing_from_an_import(
    desk: Desk, tmp_path: Path, taken: int
) -> None:
    """A folder of that name here, a workbook that stands open in a spreadsheet on Windows."""
    for name in ("名单_未导入的行.xlsx", "名单_未导入的行（2）.xlsx")[:taken]:
        (tmp_path / name).mkdir()

    outcome = take_in(desk, a_file(tmp_path, CLUES), "clues")

    assert (outcome.accepted, outcome.rejected, outcome.blocked) == (3, 1, None)
    assert outcome.rejected_file == tmp_path / f"名单_未导入的行（{taken + 1}）.xlsx"
    assert preview_import(desk, outcome.rejected_file, "clues").read.data_rows == 1
    undo(desk, outcome.changeset_id)
    assert clue_list(desk, ClueQuery()).total == 0


def test_where_nothing_can_be_written_the_outcome_stays_and_says_so(
    desk: Desk, tmp_path: Path
) -> None:
    (tmp_path / "no folder").touch()
    preview = preview_import(desk, a_file(tmp_path, CLUES), "clues")

    outcome = run_import(desk, preview, rejected_dir=tmp_path / "no folder")

    assert (outcome.accepted, outcome.rejected, outcome.rejected_file) == (3, 1, None)
    assert outcome.blocked == tmp_path / "no folder" / "名单_未导入的行.xlsx"
    assert clue_list(desk, ClueQuery()).total == 3
    saved = save_rejected(desk, preview, outcome, tmp_path / "别处.xlsx")
    assert (saved.rejected_file, saved.blocked) == (tmp_path / "别处.xlsx", None)
    assert preview_import(desk, tmp_path / "别处.xlsx", "clues").read.data_rows == 1


def test_a_full_disk_takes_nothing_from_an_import(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "名单_未导入的行.xlsx").touch()

    def full(*_: object) -> None:
        raise OutsideError("写不了文件。")

    monkeypatch.setattr(intake, "write_rejected", full)
    outcome = take_in(desk, a_file(tmp_path, CLUES), "clues")
    assert (outcome.accepted, outcome.rejected_file) == (3, None)
    assert outcome.blocked == tmp_path / "名单_未导入的行.xlsx"


def test_a_day_that_cannot_be_read_is_no_reason_to_take_the_day_of_the_import(
    desk: Desk, tmp_path: Path
) -> None:
    rows = ("甲公司,2026年9月", "乙公司,", "丙公司,2026-09-30", "丁公司,2026-09-24")
    preview = preview_import(
        desk, a_file(tmp_path, "\n".join(("被投诉单位,接收时间", *rows))), "clues"
    )

    told = [one.reason for one in preview.read.rejected]
    assert told == [
        "接收时间：“2026年9月”不是完整的日期，请写成 2026-11-18 这样的日期",
        "接收时间 2026-09-30 晚于今天，请核对",
    ]
    outcome = run_import(desk, preview)
    assert (outcome.accepted, outcome.rejected) == (2, 2)  # as the preview said
    clues = all_clues(desk)
    assert clues["乙公司"].received_on == desk.today()
    assert "没有接收日期" in clues["乙公司"].flags[0]
    assert outcome.rejected_file is not None
    assert preview_import(desk, outcome.rejected_file, "clues").read.data_rows == 2


@pytest.mark.parametrize(
    ("row", "taken"), [("甲公司,2026-09-01,立案日", 0), ("甲公司,,9.1", 0), ("甲公司,,", 1)]
)
def test_a_case_of_a_day_nobody_can_read_is_not_taken_over(
    desk: Desk, tmp_path: Path, row: str, taken: int
) -> None:
    path = a_file(tmp_path, f"用人单位,受理日期,立案日期\n{row}\n")
    outcome = take_in(desk, path, "cases")
    assert (outcome.accepted, outcome.rejected) == (taken, 1 - taken)


def test_a_second_import_adds_nothing(desk: Desk, tmp_path: Path) -> None:
    path = a_file(tmp_path, CLUES)
    take_in(desk, path, "clues")

    outcome = take_in(desk, path, "clues")

    assert (outcome.accepted, outcome.already_known, outcome.rejected) == (0, 3, 1)
    assert clue_list(desk, ClueQuery()).total == 3


def test_a_stopped_import_adds_nothing(desk: Desk, tmp_path: Path) -> None:
    preview = preview_import(desk, a_file(tmp_path, CLUES), "clues")
    asked = iter([False, True])

    with pytest.raises(CancelledError):
        run_import(desk, preview, cancelled=lambda: next(asked))

    assert clue_list(desk, ClueQuery()).total == 0


def test_progress_is_told_row_by_row(desk: Desk, tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []

    run_import(
        desk,
        preview_import(desk, a_file(tmp_path, CLUES), "clues"),
        progress=lambda done, of: seen.append((done, of)),
    )

    assert seen == [(1, 3), (2, 3), (3, 3)]


def test_a_corrected_mapping_is_known_again_next_month(desk: Desk, tmp_path: Path) -> None:
    text = "某单位,钱数\n青禾建筑劳务有限公司,100元\n"
    with pytest.raises(UserError, match="没有认出"):
        preview_import(desk, a_file(tmp_path, text))
    columns = {"employer_name": 0, "amount": 1}
    preview = preview_import(desk, a_file(tmp_path, text), "clues", columns=columns)
    run_import(desk, preview)

    later = preview_import(desk, a_file(tmp_path, text.replace("100", "200")), "clues")

    assert later.recalled
    assert later.read.amount_sum_fen == 20_000


def test_a_case_ledger_keeps_its_numbers_and_its_party_chain(desk: Desk, tmp_path: Path) -> None:
    text = (
        "案件号,立案日期,用人单位,项目名称,建设单位,总包单位,案件来源,涉及人数,涉及金额,案由\n"
        "旧台账〔2025〕9号,2025-12-01,青禾建筑劳务有限公司,城东安置房,甲置业,乙建设,12345热线,5,6万元,拖欠工资\n"
    )
    outcome = take_in(desk, a_file(tmp_path, text), "cases")
    again = take_in(desk, a_file(tmp_path, text), "cases")

    assert (outcome.accepted, again.already_known) == (1, 1)
    row = case_list(desk, CaseQuery()).lines[0].row
    assert row.case_no == "旧台账〔2025〕9号"
    assert row.amount_fen == 6_000_000
    sheet = case_sheet(desk, row.id)
    assert [line.employer.name for line in sheet.parties] == ["甲置业", "乙建设"]


ROSTER = """姓名,身份证号,应发工资,已发工资,欠薪月份
王演示,410499197803120113,"10,000.00",2000,2026年7月至8月
刘演示,,5000,,2026年8月
"""


def test_a_roster_becomes_the_claims_of_the_chosen_case(desk: Desk, tmp_path: Path) -> None:
    case = new_case(desk, a_case_form())
    path = a_file(tmp_path, ROSTER)
    with pytest.raises(UserError, match="没有找到案件") as refused:
        take_in(desk, path, "workers", case_ref="无此案")
    assert refused.value.field == "case"

    outcome = take_in(desk, path, "workers", case_ref=case.case_no)
    again = take_in(desk, path, "workers", case_ref=case.case_no)

    assert (outcome.accepted, again.already_known) == (2, 2)
    sheet = case_sheet(desk, case.id)
    assert sheet.totals.owing_fen == 1_300_000
    assert sheet.claims[0].claim.period_from == "2026-07"


def test_payments_are_entered_on_the_claims_of_the_case(desk: Desk, tmp_path: Path) -> None:
    case = new_case(desk, a_case_form())
    add_claims(desk, case.id, [ClaimForm("王演示", 1_000_000)])
    lines = ["姓名,支付金额,支付日期", "王演示,4000,2026-09-20"]
    lines += ["无此人,1,2026-09-20", "王演示,9999,2026-09-21"]
    text = "\n".join(lines)

    outcome = take_in(desk, a_file(tmp_path, text), "payments", case_ref=case.id)
    again = take_in(desk, a_file(tmp_path, text), "payments", case_ref=case.id)

    assert (outcome.accepted, outcome.rejected) == (1, 2)
    assert again.already_known == 1
    assert case_sheet(desk, case.id).totals.owing_fen == 600_000


def test_two_workers_of_one_name_are_two_and_come_in_once(desk: Desk, tmp_path: Path) -> None:
    case = new_case(desk, a_case_form())
    path = a_file(tmp_path, "姓名,应发工资\n李伟,3000\n李伟,3000\n")

    first = take_in(desk, path, "workers", case_ref=case.id)
    again = take_in(desk, path, "workers", case_ref=case.id)

    assert (first.accepted, again.accepted, again.already_known) == (2, 0, 2)
    assert case_sheet(desk, case.id).totals.workers == 2


def test_a_payment_goes_to_the_right_person_and_over_all_claims(desk: Desk, tmp_path: Path) -> None:
    case = new_case(desk, a_case_form())
    one = ClaimForm("李伟", 100_000, id_number="410499197803120113", period_from="2026-07")
    two = ClaimForm("李伟", 200_000, id_number="410499197803120113", period_from="2026-08")
    other = ClaimForm("李伟", 900_000, id_number="41049919850921018X")
    add_claims(desk, case.id, [one, two, other])
    head = "姓名,身份证号,支付金额,支付日期\n"
    right = a_file(tmp_path, head + "李伟,410499197803120113,2500,2026-09-20\n")
    vague = a_file(tmp_path, head + "李伟,,1,2026-09-20\n", "vague.csv")
    undated = a_file(tmp_path, head + "李伟,410499197803120113,1,\n", "undated.csv")
    early = a_file(tmp_path, head + "李伟,410499197803120113,1,2026-12-30\n", "early.csv")

    assert take_in(desk, right, "payments", case_ref=case.id).accepted == 1

    left = [row.owing_fen for row in case_sheet(desk, case.id).claims]
    assert sorted(left) == [0, 50_000, 900_000]
    assert take_in(desk, right, "payments", case_ref=case.id).already_known == 1
    for path in (vague, undated, early):
        assert take_in(desk, path, "payments", case_ref=case.id).rejected == 1


def test_a_clue_without_a_day_is_of_today_and_flagged_one_of_tomorrow_refused(
    desk: Desk, tmp_path: Path
) -> None:
    text = (
        "被投诉单位,接收时间,反映人姓名,联系方式2\n甲公司,,王某,13900000001\n乙公司,2027-01-01,,\n"
    )

    outcome = take_in(desk, a_file(tmp_path, text), "clues")

    assert (outcome.accepted, outcome.rejected) == (1, 1)
    clue = all_clues(desk)["甲公司"]
    assert clue.received_on == desk.today()
    assert any("按导入当天计" in flag for flag in clue.flags)
    assert "13900000001" not in clue.statement


def test_units_and_projects_come_in_once(desk: Desk, tmp_path: Path) -> None:
    units = a_file(tmp_path, "单位名称,统一社会信用代码\n青禾,91410499MADEM00012\n", "单位.csv")
    projects = a_file(
        tmp_path,
        "项目名称,建设单位,施工总承包单位,合同价(万元)\n城东安置房,甲,乙,1200\n",
        "项目.csv",
    )
    for path, kind in ((units, "employers"), (projects, "projects")):
        assert take_in(desk, path, kind).accepted == 1
        assert take_in(desk, path, kind).already_known == 1

    project = parties.projects(desk)[0]
    sheet = parties.project_sheet(desk, project.id)
    assert sheet.project.contract_fen == 1_200_000_000
    assert len(sheet.parties) == 2
    assert {row.name for row in parties.employers(desk)} == {"青禾", "甲", "乙"}
