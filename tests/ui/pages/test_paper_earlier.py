"""Below the fields of a draft: what an earlier paper says; above them: that a newer form exists."""

from datetime import date

import pytest
from PySide6.QtCore import Qt

from inspector_app.domain.papers import Values
from inspector_app.services.claims import ClaimForm, add_claims
from inspector_app.services.issuing import issue
from inspector_app.services.papers import draft_sheet, save_draft
from inspector_app.services.word import reserve_number
from inspector_app.ui.pages.paper.earlier import BACK, MOST, TAKE, EarlierLine
from inspector_app.ui.pages.paper.page import PaperPage
from tests.helpers.forms import kept, retitled
from tests.ui.pages.conftest import Driver, Picture, press
from tests.ui.pages.drafts import CALL, UNIT, drafted, leave_field, opened, sheet, type_over
from tests.ui.pages.scene import ORDER
from tests.ui.pages.visits import focus

NOTICE = "handling_notice"
AMOUNT_AT = 430  # px: facts and amounts are in view then
MEETING: Values = {
    "attendee": "法定代表人周某",
    "place": "本局3楼302室",
    "interview_date": date(2026, 11, 25),
    "interview_time": "09:30",
    "explain_by": date(2026, 11, 24),
}


def issued(user: Driver, kind: str, **typed: object) -> str:
    """An issued paper of the case, with these fields typed over; its number."""
    desk, draft = user.scene.desk, drafted(user, kind)
    values = draft_sheet(desk, draft).values | typed
    save_draft(desk, draft, values)  # type: ignore[arg-type]  # tests name fields freely
    return issue(desk, draft).number


def line(page: PaperPage, key: str) -> EarlierLine:
    lines = page.editor.earlier
    assert lines is not None
    lines.refresh()
    return lines.lines[key]


@pytest.fixture
def second(user: Driver) -> PaperPage:
    """A second interview notice beside the first."""
    issued(user, CALL, **MEETING)
    return opened(user, drafted(user, CALL))


def test_what_is_empty_here_is_offered_and_taken_with_one_press(
    user: Driver, second: PaperPage
) -> None:
    offered = line(second, "attendee")
    assert offered.isVisible()
    assert "《约谈通知书》（平人社监约字〔2026〕第1号，2026年11月20日）" in offered.words()
    assert offered.words().endswith("写的是：法定代表人周某")
    assert offered.accessibleName().startswith("被约谈人：此前")
    offered.linkActivated.emit(TAKE)
    user.quiet()

    assert second.editor.form.fields["attendee"].value() == "法定代表人周某"
    assert sheet(user, second).values["attendee"] == "法定代表人周某"
    assert offered.words().startswith("已采用此前《约谈通知书》")
    assert second.editor.earlier is not None
    assert "interview_date" not in second.editor.earlier.lines


def test_what_was_taken_is_put_back_or_undone(user: Driver, second: PaperPage) -> None:
    field, offered = second.editor.form.fields["place"], line(second, "place")
    before = field.value()
    offered.linkActivated.emit(TAKE)
    user.quiet()
    assert field.value() == "本局3楼302室"
    offered.linkActivated.emit(BACK)
    user.quiet()
    assert field.value() == before
    assert "写的是：本局3楼302室" in offered.words()

    offered.linkActivated.emit(TAKE)
    user.quiet()
    user.act("undo")
    assert field.value() == before
    assert "写的是：本局3楼302室" in line(second, "place").words()


def test_the_line_is_reached_and_taken_by_the_keyboard(user: Driver, second: PaperPage) -> None:
    field, offered = second.editor.form.fields["attendee"], line(second, "attendee")
    field.setFocus()
    user.qtbot.keyClick(field.editor, Qt.Key.Key_Tab)
    assert offered.hasFocus()
    user.qtbot.keyClick(offered, Qt.Key.Key_Tab)
    user.qtbot.keyClick(offered, Qt.Key.Key_Return)
    user.quiet()
    assert field.value() == "法定代表人周某"


def test_typing_the_same_words_silences_the_line(user: Driver, second: PaperPage) -> None:
    type_over(second, "attendee", "法定代表人周")
    user.qtbot.waitUntil(lambda: "<s>" not in line(second, "attendee").text())
    assert ">某</span>" in line(second, "attendee").text()
    type_over(second, "attendee", "法定代表人周某")
    offered = line(second, "attendee")
    assert not offered.isVisible()
    assert offered.words() == ""


@pytest.fixture
def notice(user: Driver) -> PaperPage:
    """A notice after an order; meanwhile another worker came forward."""
    facts = "你单位在城东安置房三标段施工中招用农民工6人，未按照约定的周期足额支付工资。"
    issued(user, ORDER, facts=facts, evidence="考勤记录、工资结算单")
    desk, case = user.scene.desk, user.scene.cases[UNIT]
    more = ClaimForm(name="新工友", due_fen=100_000, period_from="2026-08", period_to="2026-08")
    add_claims(desk, case.id, [more])
    draft = drafted(user, NOTICE)
    typed: Values = {"facts": facts.replace("6人", "7人"), "basis": None}
    save_draft(desk, draft, draft_sheet(desk, draft).values | typed)
    return opened(user, draft)


def test_another_amount_is_in_the_colour_of_a_warning_and_among_the_points(
    user: Driver, notice: PaperPage
) -> None:
    amount = line(notice, "amount")
    assert amount.reuse is not None
    assert amount.reuse.striking
    assert "font-weight:600" in amount.text()
    points = [one.message for one in notice.editor.problems._problems if not one.blocking]
    assert any(one.startswith("“应支付工资”与此前《限期改正指令书》") for one in points)
    assert "amount" not in {one.field for one in notice.editor.problems.blocking()}
    facts = line(notice, "facts")
    assert "<s>7</s>" in facts.text()
    assert 'font-weight:600">6</span>' in facts.text()
    assert "……" in facts.text()
    assert facts.toolTip().startswith("你单位在城东安置房三标段")


def test_a_very_long_wording_is_shortened(user: Driver) -> None:
    issued(user, ORDER, facts="事实很长。" * 100)
    draft = drafted(user, NOTICE)
    save_draft(user.scene.desk, draft, draft_sheet(user.scene.desk, draft).values | {"facts": None})
    page = opened(user, draft)
    said = line(page, "facts")
    assert said.words().endswith("事实很长。" * 100)
    assert said.toolTip() == "事实很长。" * 100
    assert len(said.text()) < MOST + 200


@pytest.mark.parametrize(("tag", "theme"), [("light", "light"), ("1366_dark", "dark")])
def test_a_draft_beside_earlier_papers_looks_as_it_was_accepted(
    user: Driver, notice: PaperPage, picture: Picture, tag: str, theme: str
) -> None:
    size = (1366, 768) if theme == "dark" else (1440, 900)
    user.window.resize(*size)
    if theme == "dark":
        user.act("detail")  # the form alone
    notice.editor.form.jump("amount")
    focus(user, notice.issue)
    bar = notice.editor._area.verticalScrollBar()  # type: ignore[union-attr]  # a paper is shown
    user.qtbot.waitUntil(lambda: bar.maximum() > AMOUNT_AT)
    bar.setValue(AMOUNT_AT)
    picture(user, f"paper_earlier_{tag}", theme, 1.0, size)


# ── the form in force ────────────────────────────────────────────────────────────────────────
def test_a_draft_with_an_older_form_goes_over_to_the_new_one_and_back(
    user: Driver, picture: Picture
) -> None:
    desk, draft = user.scene.desk, drafted(user, CALL)
    kept(desk, retitled(desk, "约谈函", CALL), "局2026-1", desk.today(), CALL)
    page = opened(user, draft)
    assert page.editor.older.isVisible()
    assert page.editor.older.banner.text() == (
        "草稿用的是格式 2026.1，现用的是 局2026-1（自2026年11月20日起施行）"
    )
    focus(user, page.preview.view)
    picture(user, "paper_older_form", "light", 1.0, (1440, 900))
    type_over(page, "attendee", "周某")
    press(page.editor.older, "改用现在的格式")
    user.quiet()
    assert user.toast().startswith("草稿已改用现在的格式")
    assert page.head.title() == "约谈函"
    assert not page.editor.older.isVisible()
    assert page.editor.form.fields["attendee"].value() == "周某"
    user.undo()
    assert page.head.title() == "约谈通知书"
    assert page.editor.older.isVisible()


def test_a_draft_whose_number_is_reserved_keeps_its_form(user: Driver) -> None:
    desk, draft = user.scene.desk, drafted(user)
    reserve_number(desk, draft)
    kept(desk, retitled(desk, "改正书"), "局2026-1", desk.today())
    page = opened(user, draft)
    assert page.editor.older.banner.text().endswith("草稿保持原来的格式")
    with pytest.raises(AssertionError, match="no button"):
        press(page.editor.older, "改用现在的格式")
    leave_field(user, page)
