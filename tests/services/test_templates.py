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
from inspector_app.library.form_text import add_row, remove_row, set_key
from inspector_app.library.kind_checks import FormCheck
from inspector_app.library.loading import Library
from inspector_app.services import papers
from inspector_app.services.desk import Desk
from inspector_app.services.history import undo_last
from inspector_app.services.issuing import issue, pdf
from inspector_app.services.publication import blank_copy
from inspector_app.services.settings import save
from inspector_app.services.template_checks import check_form, draw_sample
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


# ── the check list ───────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("kind", ["rectification_order", "inquiry_record", "filing_approval"])
def test_a_shipped_form_passes_every_check(desk: Desk, kind: str) -> None:
    report = check_form(desk, kind, shipped_text(desk, kind))
    assert report.faults == ()
    assert report.ok
    assert [line.check for line in report.lines] == list(FormCheck)
    assert min(report.pages) >= 1


def found(desk: Desk, old: str, new: str, kind: str = ORDER) -> list[tuple[FormCheck, int, str]]:
    text = shipped_text(desk, kind)
    assert old in text
    report = check_form(desk, kind, text.replace(old, new, 1))
    assert not report.ok
    return [(fault.check, fault.line, fault.message) for fault in report.faults]


def line(desk: Desk, words: str, kind: str = ORDER) -> int:
    lines = shipped_text(desk, kind).splitlines()
    return next(number for number, one in enumerate(lines, 1) if one.startswith(words))


def test_every_fault_is_named_with_its_line(desk: Desk) -> None:
    mark = 'text = "{party}："'
    marked, law = found(desk, mark, 'text = "{partie}："')
    said = "正文第 3 段里的“{partie}”不是字段，也不是本局事项"
    assert marked == (FormCheck.MARKS, line(desk, mark), said)
    assert law[:2] == (FormCheck.LAW, line(desk, "demands"))
    assert law[2].startswith("该条要求的“被指令单位”在没有“")
    assert law[2].endswith("”时没有印出")


@pytest.mark.parametrize(
    ("old", "new", "check", "said"),
    [
        ('id = "rectification_order"', 'id = ', FormCheck.READS, "写法有误"),
        ('id = "rectification_order"', 'id = "other"', FormCheck.READS, "“id”应为"),
        ('layout = "letter"', 'layout = "poster"', FormCheck.READS, "“layout”写的是“poster”"),
        ('{ after = "10" }', '{ after = "x" }', FormCheck.READS, "应为 0 到 400"),
        ('options = { after = "10" }', 'options = { big = "1" }', FormCheck.READS, "不认识“big”"),
        ('"setting.order_statement"', '"setting.nobody"', FormCheck.MARKS, "没有“nobody”这项设置"),
        ('default = "order.evidence"', 'default = "case.mood"', FormCheck.MARKS, "不是台账事项"),
        ('default = "order.evidence"', 'default = "claims.table"', FormCheck.MARKS, "不能填进单行"),
        ('default = "order.evidence"', 'default = "order.deadline"', FormCheck.MARKS, "单行文字"),
        ('default = "claims.owing_fen"', 'default = "=100"', FormCheck.MARKS, "不能用固定文字"),
        ('id = "rectification_order"', 'ident = "x"', FormCheck.READS, "缺少“id”"),
        ('series = "order"', 'series = "other"', FormCheck.LAW, "编号序列不能改"),
        ('series_char = "令"', 'series_char = "约"', FormCheck.NAMES, "“约”已用于约谈通知书"),
        ('series_char = "令"', 'series_char = ""', FormCheck.NAMES, "没有文种代字"),
        ('"before:today<deadline",', "", FormCheck.LAW, "随程序的检查“before:today<deadline”"),
        ('"before:today<deadline",', '"sooner:deadline",', FormCheck.RULES, "不认识“sooner”"),
        ("example = 6420000", "example = 1", FormCheck.SAMPLES, "例子：“拖欠金额”"),
        ("max_length = 80", "max_length = 20", FormCheck.SAMPLES, "超过 20 字"),
        ("{amount|yuan}元", "{amount|date}元", FormCheck.PAGES, "例子排不出：“6420000”不是日期"),
        ("附有关证明材料。", "附\U00030edd材料。", FormCheck.GLYPHS, "字库里没有“\U00030edd”"),
    ],
)  # fmt: skip
def test_what_the_check_list_finds(
    desk: Desk, old: str, new: str, check: FormCheck, said: str
) -> None:
    told = [one for one in found(desk, old, new) if one[0] is check]
    assert told, found(desk, old, new)
    assert said in told[0][2]


def test_a_statute_nobody_read_in_full_is_not_printed_by_a_form_either(desk: Desk) -> None:
    doubtful = desk.library.statutes["刑法"]
    told = found(desk, "附有关证明材料。", f"依据《{doubtful.name}》办理。")
    assert told[0][0] is FormCheck.LAW
    assert "没有核实全文，不能印作依据" in told[0][2]
    text = shipped_text(desk, ORDER)
    assert text.splitlines()[told[0][1] - 1] == "[[body]]"
    assert text.splitlines()[told[0][1] + 2].endswith('附有关证明材料。"')


def test_a_line_that_leaves_the_page_is_named(desk: Desk) -> None:
    told = found(desk, 'text = "{number}"', f'text = "{{number}}{"长" * 40}"')
    assert told[0][0] is FormCheck.PAGES
    assert "超出版心" in told[0][2]


def test_what_cannot_be_asked_yet_is_open(desk: Desk) -> None:
    report = check_form(desk, ORDER, "id = ")
    assert report.kind is None
    assert [one.ok for one in report.lines] == [False] + [None] * 8
    text = shipped_text(desk, ORDER).replace('text = "{party}："', 'text = "{partie}："')
    open_ones = [one.check for one in check_form(desk, ORDER, text).lines if one.ok is None]
    assert open_ones == [FormCheck.PAGES, FormCheck.GLYPHS]


def test_the_sample_is_drawn_as_a_draft_with_a_number_as_it_would_be(desk: Desk) -> None:
    save(desk, {"paper_number_template": "{机关}{文种}【{年}】{序号:4}号"})
    kind = papers.kind_of(desk, ORDER)
    assert "平人社令【2026】0001号" in text_of(draw_sample(desk, kind).pdf)
    assert draw_sample(desk, kind, longest=True).pages > 10
    assert "平人社令【】号" in text_of(blank_copy(desk, ORDER).pdf)


def test_a_field_of_the_bureaus_own_is_asked_printed_and_checked(desk: Desk) -> None:
    text = add_row(shipped_text(desk, ORDER), "field", 99, {
        "id": "own_1", "label": "联系处", "type": "line", "group": "承办", "required": True,
        "help": "本局文件", "example": "监察一科",
    })  # fmt: skip
    report = check_form(desk, ORDER, text)
    assert [fault.message for fault in report.faults] == ["必填的“联系处”没有印到文书上"]
