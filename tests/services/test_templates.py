"""A bureau's own versions of a form: checked, in force from their day, kept by their papers."""

import shutil
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from inspector_app.domain.papers import Paper, PaperState
from inspector_app.domain.templates import Template
from inspector_app.errors import OutsideError, UserError
from inspector_app.ledger.ids import new_id
from inspector_app.library.form_text import remove_row, set_key
from inspector_app.library.loading import Library
from inspector_app.services import papers
from inspector_app.services.desk import Desk
from inspector_app.services.history import undo_last
from inspector_app.services.issuing import issue, pdf
from inspector_app.services.template_rows import (
    form_rows,
    older_drafts,
    update_draft,
    version_rows,
)
from inspector_app.services.template_saving import (
    NewVersion,
    changes_between,
    changes_from_shipped,
    next_version,
    return_to_shipped,
    save_version,
)
from inspector_app.services.templates import form_text, forms_of, shipped_text
from tests.helpers.desks import on
from tests.helpers.forms import CALL, ORDER, a_version, kept, retitled
from tests.helpers.ready import ready_draft
from tests.papers.pdf import text_of

DAY = date(2026, 9, 28)
LATER = DAY + timedelta(days=10)


# ── in force ─────────────────────────────────────────────────────────────────────────────────────
def test_new_papers_are_made_with_the_bureaus_version_from_its_day_on(desk: Desk) -> None:
    kept(desk, retitled(desk, "责令改正书"), "局2026-1", LATER)
    assert papers.kind_of(desk, ORDER).title == "限期改正指令书"
    late = on(desk, LATER)
    assert papers.kind_of(late, ORDER).title == "责令改正书"
    assert {one.title for one in papers.kinds(late)} >= {"责令改正书", "约谈通知书"}
    assert papers.kind_of(late, ORDER).version == "局2026-1"
    assert papers.kind_of(late, ORDER).effective_from == LATER


def test_the_newest_begun_version_counts_and_a_return_ends_it(desk: Desk) -> None:
    kept(desk, retitled(desk, "甲"), "局2026-1", DAY)
    kept(desk, retitled(desk, "乙"), "局2026-2", LATER)
    return_to_shipped(desk, ORDER, LATER + timedelta(days=5), "上级统一格式")
    titles = [
        papers.kind_of(on(desk, DAY + timedelta(days=days)), ORDER).title
        for days in (0, 9, 10, 14, 15)
    ]
    assert titles == ["甲", "甲", "乙", "乙", "限期改正指令书"]


def test_two_versions_of_one_day_the_later_saved_counts(desk: Desk) -> None:
    kept(desk, retitled(desk, "甲"), "局2026-1", DAY)
    kept(desk, retitled(desk, "乙"), "局2026-2", DAY)
    assert papers.kind_of(desk, ORDER).title == "乙"


def test_another_offices_version_is_not_ours(desk: Desk) -> None:
    text = retitled(desk, "外地的")
    with desk.work("同步") as uow:
        uow.add(Template(new_id(), ORDER, "1", DAY, text, scope="410100", city="410100"))
        uow.commit()
    assert papers.kind_of(desk, ORDER).title == "限期改正指令书"


def test_a_version_this_program_cannot_read_gives_way_and_is_told(desk: Desk) -> None:
    with desk.work("同步") as uow:
        uow.add(Template(new_id(), ORDER, "局9", DAY, "id = ", scope=desk.city, city=desk.city))
        uow.commit()
    assert papers.kind_of(desk, ORDER).title == "限期改正指令书"
    row = next(one for one in form_rows(desk) if one.id == ORDER)
    assert row.problem == "本局版本 局9 读不出，现按随程序的格式"
    assert papers.kind_of(desk, ORDER, "局9").version == desk.library.kinds[ORDER].version


# ── papers keep theirs ───────────────────────────────────────────────────────────────────────────
def test_a_draft_keeps_its_version_until_it_is_updated(desk: Desk) -> None:
    draft = ready_draft(desk)
    kept(desk, retitled(desk, "责令改正书"), "局2026-1", DAY)
    assert papers.draft_sheet(desk, draft).kind.title == "限期改正指令书"
    (older,) = older_drafts(desk)
    assert next(one.drafts for one in form_rows(desk) if one.id == ORDER) == 1
    assert (older.id, older.version, older.now) == (draft, "2026.1", "局2026-1")
    assert older_drafts(desk, CALL) == []

    update_draft(desk, draft)

    sheet = papers.draft_sheet(desk, draft)
    assert (sheet.kind.title, sheet.kind.version) == ("责令改正书", "局2026-1")
    assert older_drafts(desk) == []
    assert "责令改正书" in text_of(pdf(desk, draft))


def test_what_the_new_form_does_not_ask_is_left_behind(desk: Desk) -> None:
    draft = ready_draft(desk)
    sheet = papers.draft_sheet(desk, draft)
    papers.save_draft(desk, draft, sheet.values | {"evidence": "另写的证据", "facts": "另写的事实"})
    text = shipped_text(desk, ORDER)
    text = without_evidence(desk, text)
    kept(desk, text, "局2026-1", DAY)
    assert papers.draft_sheet(desk, draft).values["evidence"] == "另写的证据"
    update_draft(desk, draft)
    sheet = papers.draft_sheet(desk, draft)
    assert "evidence" not in sheet.values
    assert sheet.values["facts"] == "另写的事实"


def without_evidence(desk: Desk, text: str) -> str:
    """The order without 证据."""
    kind = desk.library.kinds[ORDER]
    fields = [one.id for one in kind.fields]
    block = next(n for n, one in enumerate(kind.body) if "evidence" in one.when)
    return remove_row(remove_row(text, "body", block), "field", fields.index("evidence"))


def test_an_issued_paper_is_read_with_the_version_it_was_made_with(desk: Desk) -> None:
    draft = ready_draft(desk)
    kept(desk, a_version(desk, extra="本局联系处：{own_1}"), "局2026-1", DAY)
    update_draft(desk, draft)
    values = papers.draft_sheet(desk, draft).values
    papers.save_draft(desk, draft, values | {"own_1": "监察一科"})
    paper = issue(desk, draft)
    before = pdf(desk, paper.id)
    return_to_shipped(desk, ORDER, DAY, "试用结束")

    assert paper.form_version == "局2026-1"
    sheet = papers.draft_sheet(desk, paper.id)
    assert sheet.values["own_1"] == "监察一科"
    assert sheet.kind.version == "局2026-1"
    assert pdf(desk, paper.id) == before
    assert "本局联系处：监察一科" in text_of(before)
    assert papers.kind_of(desk, ORDER).version == "2026.1"
    (row,) = papers.paper_list(desk)
    assert row.title == sheet.kind.title


def test_only_a_draft_without_a_reserved_number_goes_over(desk: Desk) -> None:
    paper = issue(desk, ready_draft(desk))
    with pytest.raises(UserError, match="只有草稿"):
        update_draft(desk, paper.id)
    draft = papers.start_draft(desk, str(paper.case_id), ORDER)
    with desk.work("预留") as uow:
        uow.save(replace(uow.get(Paper, draft.id), number="平人社监令字〔2026〕第2号"))
        uow.commit()
    with pytest.raises(UserError, match="已经预留，草稿保持原来的格式"):
        update_draft(desk, draft.id)


def test_an_earlier_shipped_version_beside_the_form_is_kept_for_its_papers(
    desk: Desk, tmp_path: Path
) -> None:
    office = tmp_path / "office"
    shutil.copytree(desk.library.office / "forms", office / "forms")
    folder = office / "forms/papers" / ORDER
    old = shipped_text(desk, ORDER)
    (folder / "2026.1.toml").write_text(old, encoding="utf-8")
    new = set_key(set_key(old, "", 0, "version", "2027.1"), "", 0, "title", "新式指令书")
    (folder / "form.toml").write_text(new, encoding="utf-8")
    (folder / "broken.toml").write_text("id =", encoding="utf-8")
    forms = replace(forms_of(desk), library=Library(office))
    titles = [getattr(forms.kind(ORDER, one), "title", "") for one in
              ("", "2027.1", "2026.1", "2025.9", "broken", "../x")]  # fmt: skip
    assert titles == [
        "新式指令书", "新式指令书", "限期改正指令书", "新式指令书", "新式指令书", "新式指令书",
    ]  # fmt: skip
    assert forms.kind("love_letter") is None
    known = papers.Paper(new_id(), "c", ORDER, "2026.1", PaperState.DRAFT, "{}")
    assert forms.of_paper(known).title == "限期改正指令书"


# ── saving ───────────────────────────────────────────────────────────────────────────────────────
def test_a_version_needs_name_day_reason_and_a_difference(desk: Desk) -> None:
    text = retitled(desk, "责令改正书")
    good = NewVersion(ORDER, text, "局2026-1", DAY, "局办〔2026〕1号")
    for change, field in (
        ({"version": " "}, "version"),
        ({"version": "a/b"}, "version"),
        ({"version": "2026.1"}, "version"),
        ({"why": " "}, "why"),
        ({"effective_from": date(26, 9, 28)}, "effective_from"),
        ({"effective_from": date(2062, 9, 28)}, "effective_from"),
        ({"text": shipped_text(desk, ORDER)}, "form"),
        ({"kind": "love_letter"}, "kind"),
    ):
        with pytest.raises(UserError) as refused:
            save_version(desk, replace(good, **change))  # type: ignore[arg-type]  # named in the test
        assert refused.value.field == field
    assert form_rows(desk)[0].own is False
    assert next_version(desk, ORDER) == "局2026-1"

    made = save_version(desk, good)

    assert next_version(desk, ORDER) == "局2026-2"
    assert 'version = "局2026-1"\neffective_from = 2026-09-28\n' in made.form
    assert form_text(desk, ORDER) == made.form
    assert form_text(desk, ORDER, "局2026-1") == made.form
    assert form_text(desk, ORDER, "2026.1") == shipped_text(desk, ORDER)
    with pytest.raises(UserError, match="没有版本 局9"):
        form_text(desk, ORDER, "局9")
    with pytest.raises(UserError, match="版本 局2026-1 已有"):
        save_version(desk, replace(good, text=retitled(desk, "又一个")))
    earlier = replace(good, version="局0", effective_from=DAY - timedelta(days=1))
    with pytest.raises(UserError, match="施行日期不能更早"):
        save_version(desk, replace(earlier, text=retitled(desk, "又一个")))


def test_nothing_half_checked_is_saved(desk: Desk) -> None:
    broken = retitled(desk, "责令改正书").replace("{party}：", "{partie}：")
    with pytest.raises(UserError) as refused:
        save_version(desk, NewVersion(ORDER, broken, "局2026-1", DAY, "理由"))
    assert refused.value.message.startswith("限期改正指令书：标记都认识，第 ")
    assert "“{partie}”不是字段" in refused.value.message
    assert [one for one in form_rows(desk) if one.own] == []


def test_a_return_needs_a_reason_and_something_to_return_from(desk: Desk) -> None:
    with pytest.raises(UserError, match="用的就是随程序的格式"):
        return_to_shipped(desk, ORDER, DAY, "理由")
    kept(desk, retitled(desk, "甲"), "局2026-1", LATER)
    with pytest.raises(UserError, match="用的就是随程序的格式"):
        return_to_shipped(desk, ORDER, DAY, "理由")
    with pytest.raises(UserError, match="理由"):
        return_to_shipped(desk, ORDER, LATER, " ")
    return_to_shipped(desk, ORDER, LATER, "理由")
    kept(desk, retitled(desk, "乙"), "局2026-2", LATER)
    return_to_shipped(desk, ORDER, LATER, "理由")
    assert [(one.version, one.state) for one in version_rows(desk, ORDER)] == [
        ("恢复随程序", "待施行"), ("局2026-2", "待施行"), ("恢复随程序", "待施行"),
        ("局2026-1", "待施行"), ("2026.1", "随程序，现用"),
    ]  # fmt: skip


def test_versions_are_listed_with_what_became_of_them(desk: Desk) -> None:
    kept(desk, retitled(desk, "甲"), "局2026-1", DAY - timedelta(days=3))
    kept(desk, retitled(desk, "乙"), "局2026-2", DAY)
    kept(desk, retitled(desk, "丙"), "局2026-3", LATER)
    assert [(one.version, one.state) for one in version_rows(desk, ORDER)] == [
        ("局2026-3", "待施行"), ("局2026-2", "现用"), ("局2026-1", "已替代"), ("2026.1", "随程序"),
    ]  # fmt: skip
    row = next(one for one in form_rows(desk) if one.id == ORDER)
    assert (row.title, row.version, row.own) == ("乙", "局2026-2", True)
    assert row.waiting == (("局2026-3", LATER),)


def test_a_version_can_be_taken_back_until_a_paper_is_made_with_it(desk: Desk) -> None:
    kept(desk, retitled(desk, "甲"), "局2026-1", DAY)
    undo_last(desk)
    assert papers.kind_of(desk, ORDER).title == "限期改正指令书"
    text = retitled(desk, "甲")
    made = save_version(desk, NewVersion(ORDER, text, "局2026-1", DAY, "理由"))
    with desk.ledger.read() as view:
        assert view.get(Template, made.id)
    saved = desk.ledger.changesets_since(0)[-1]
    ready_draft(desk)
    with pytest.raises(UserError, match="已有文书用这个版本的格式，不能撤销"):
        desk.ledger.undo(saved, actor=desk.actor, at=desk.now())


def test_what_differs_is_said_in_words(desk: Desk) -> None:
    text = a_version(desk, extra="本局联系处：{own_1}")
    words = [one.words for one in changes_from_shipped(desk, ORDER, text)]
    sign = next(n for n, one in enumerate(desk.library.kinds[ORDER].body, 1) if one.kind == "sign")
    assert words == [
        "新增　字段“联系处”：单行文字",
        f"新增　正文第 {sign} 段：正文　本局联系处：{{联系处}}",
    ]
    assert changes_from_shipped(desk, ORDER) == ()
    kept(desk, text, "局2026-1", DAY)
    assert len(changes_from_shipped(desk, ORDER)) == 2
    assert changes_between(desk, text, shipped_text(desk, ORDER))[0].words.startswith("删除")


def test_a_missing_shipped_file_is_told(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(OutsideError, match="重新安装"):
        shipped_text(replace(desk, library=Library(tmp_path)), ORDER)
