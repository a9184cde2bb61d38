"""A form saved as a new kind: made, numbered, filed and taken back like any other, and bound."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from inspector_app.domain.papers import Audience
from inspector_app.errors import UserError
from inspector_app.library.check import check_forms
from inspector_app.library.form_packs import read_form_pack
from inspector_app.library.form_text import set_key
from inspector_app.library.office import office_dir
from inspector_app.library.pack_zip import PackHead
from inspector_app.services import papers
from inspector_app.services.case_file import case_file
from inspector_app.services.desk import Desk
from inspector_app.services.issuing import issue
from inspector_app.services.paper_choice import paper_choices
from inspector_app.services.template_checks import check_form
from inspector_app.services.template_copies import NewKind, save_kind
from inspector_app.services.template_packs import accept_pack, export_pack, pack_diff
from inspector_app.services.template_rows import form_rows, version_rows
from inspector_app.services.template_saving import (
    NewVersion,
    changes_from_shipped,
    return_to_shipped,
    save_version,
)
from inspector_app.services.templates import bound_by, form_text, forms_of, shipped_text
from tests.helpers.desks import MONDAY, make_desk
from tests.helpers.forms import CALL, ORDER
from tests.helpers.ready import ready_draft

WHY = "局办公会纪要（演示）"
REMINDER = NewKind("", "工资支付提醒函", "提", WHY)


def added(desk: Desk, title: str = "工资支付提醒函", char: str = "提", kind: str = CALL) -> str:
    """The id of a new kind copied from a shipped one."""
    text = shipped_text(desk, kind)
    return save_kind(desk, NewKind(text, title, char, WHY)).kind


def test_a_copy_is_a_kind_of_its_own_beside_its_original(desk: Desk) -> None:
    made = added(desk)
    kind = papers.kind_of(desk, made)
    assert re.fullmatch("own_[0-9a-f]{32}", made)
    assert (kind.title, kind.series, kind.series_char) == ("工资支付提醒函", made, "提")
    assert (kind.copy_of, kind.audience) == (CALL, Audience.PARTY)
    assert kind.body[0].text == "{bureau}\n工资支付提醒函"
    choices = {one.kind.id: one for one in paper_choices(desk)}
    assert choices[made].phase == choices[CALL].phase
    order = list(choices)
    assert order.index(made) == order.index(CALL) + 1
    row = next(one for one in form_rows(desk) if one.id == made)
    assert (row.added, row.own, row.version) == (True, True, "局2026-1")
    assert len(version_rows(desk, made)) == 1
    told = {one.what for one in changes_from_shipped(desk, made)}
    assert {"名称", "文种代字"} <= told


def test_it_is_drafted_numbered_issued_and_filed(desk: Desk) -> None:
    made = added(desk, "责令改正函", "改", ORDER)
    draft = ready_draft(desk, made)
    paper = issue(desk, draft)
    assert paper.number == "平人社监改字〔2026〕第1号"
    assert paper.case_id is not None
    items = [one.item for part in case_file(desk, paper.case_id).parts for one in part.placed]
    assert "责令改正函" in {one.title for one in items}


def test_another_program_on_the_ledger_knows_it_at_once(desk: Desk, tmp_path: Path) -> None:
    made = added(desk)
    other = make_desk(tmp_path, MONDAY)
    try:
        assert made not in other.library.kinds
        assert papers.kind_of(other, made).title == "工资支付提醒函"
        assert made in other.library.kinds
        assert other.library.kinds[made].title == "工资支付提醒函"
    finally:
        other.ledger.close()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"title": " "}, "title"),
        ({"char": " "}, "series_char"),
        ({"why": " "}, "why"),
        ({"text": "id ="}, "form"),
        ({"title": "限期改正指令书"}, "title"),
        ({"char": "令"}, "series_char"),
    ],
)
def test_what_is_missing_or_taken_is_told(desk: Desk, change: dict[str, str], field: str) -> None:
    new = replace(REMINDER, **{"text": shipped_text(desk, CALL), **change})
    with pytest.raises(UserError) as told:
        save_kind(desk, new)
    assert told.value.field == field
    assert len(form_rows(desk)) == len(desk.library.kinds)


def test_a_copy_stays_bound_by_the_law_of_its_original(desk: Desk) -> None:
    made = added(desk, "责令改正函", "改", ORDER)
    text = form_text(desk, made)
    for old, new, said in (
        ('audience = "party"', 'audience = "internal"', "给谁看不能改"),
        (f'series = "{made}"', 'series = "order"', "编号序列不能改"),
        (f'copy_of = "{ORDER}"', f'copy_of = "{CALL}"', "“copy_of”写明"),
        (f'copy_of = "{ORDER}"\n', "", "“copy_of”写明"),
        ('"before:today<deadline",', "", "不能删去"),
    ):
        if old not in text:
            text = set_key(text, "", 0, "audience", "party")
        assert old in text
        faults = [one.message for one in check_form(desk, made, text.replace(old, new)).faults]
        assert any(said in one for one in faults), (said, faults)
    assert bound_by(desk, made).law == desk.library.kinds[ORDER].law
    shipped = set_key(shipped_text(desk, CALL), "", 0, "copy_of", ORDER)
    assert "“copy_of”写明" in check_form(desk, CALL, shipped).faults[0].message


def test_it_gets_versions_of_its_own_and_can_be_used_no_more(desk: Desk) -> None:
    made = added(desk)
    text = set_key(form_text(desk, made), "", 0, "title", "工资支付催告函")
    save_version(desk, NewVersion(made, text, "局2", MONDAY, WHY))
    assert papers.kind_of(desk, made).title == "工资支付催告函"
    return_to_shipped(desk, made, MONDAY, "不用了")
    assert made not in {one.id for one in forms_of(desk).kinds()}
    assert made not in {one.kind.id for one in paper_choices(desk)}
    row = next(one for one in form_rows(desk) if one.id == made)
    assert (row.own, row.problem) == (False, "已停用，不再新拟")
    with pytest.raises(UserError, match="已经停用"):
        return_to_shipped(desk, made, MONDAY, "不用了")
    save_version(desk, NewVersion(made, form_text(desk, made), "局3", MONDAY, WHY))
    assert made in {one.id for one in forms_of(desk).kinds()}


def test_it_goes_to_another_office_in_a_pack(desk: Desk, tmp_path: Path) -> None:
    made = added(desk)
    head = PackHead("2026.2", MONDAY, "市局统一格式")
    path, written = export_pack(desk, tmp_path / "out.zip", head)
    assert list(written) == [made]
    other = make_desk(tmp_path / "other", MONDAY)
    try:
        accept_pack(other, pack_diff(other, path), "")
        assert papers.kind_of(other, made).title == "工资支付提醒函"
        pack = read_form_pack(path)
        strange = {"own_x": pack.forms[made].replace(made, "own_x")}
        path.write_bytes(replace(pack, forms=strange).zipped())
        with pytest.raises(UserError, match="没有“own_x”这种文书"):
            pack_diff(other, path)
    finally:
        other.ledger.close()


def test_a_kind_whose_original_is_unknown_is_left_alone(desk: Desk) -> None:
    made = added(desk)
    assert made in forms_of(desk).own
    assert check_forms(office_dir()) == []
    assert desk.library.kinds.is_shipped(CALL)
    assert not desk.library.kinds.is_shipped(made)
