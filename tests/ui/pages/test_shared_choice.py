"""A conflict in the window: what moved on is said, what is covered can be seen with a reason."""

from dataclasses import replace

import pytest

from inspector_app.domain.access import AccessEntry
from inspector_app.domain.cases import Case
from inspector_app.services.choice_words import RETURNED
from inspector_app.ui.pages.shared.choice_view import HIDE_AGAIN, MOVED, SHOW, ChoiceView
from inspector_app.ui.screenshot import grab
from tests.conftest import PictureCheck
from tests.ui.pages.bureau import Bureau
from tests.ui.pages.test_shared import refuse

NUMBERS = ("110105194912310038", "110105194912310046")
THERE_FEN = 99_000_000


def shown(bureau: Bureau) -> ChoiceView:
    bureau.window.open_page("shared", "choices")
    bureau.quiet()
    return bureau.page().choices.choice


def test_what_moves_on_while_it_is_read_is_said_and_shown(bureau: Bureau) -> None:
    bureau.set_up()
    case_id = bureau.disputed()
    view = shown(bureau)
    assert "反映金额" not in view.cells()
    view.reason.set_value("核对了名册")
    bureau.other.edit(Case, case_id, stated_fen=THERE_FEN)
    bureau.other.sync()
    bureau.sync()
    assert view.notice.text() == MOVED
    assert {"反映金额", "990,000.00 元", "864,200.00 元"} <= set(view.cells())
    view.theirs.click()
    bureau.quiet()
    assert view.notice.text() == "下次同步时生效。"
    bureau.sync()
    bureau.other.sync()
    assert bureau.other.case(case_id).stated_fen == THERE_FEN


@pytest.mark.long
def test_a_choice_that_came_too_late_is_said_and_made_again(bureau: Bureau) -> None:
    bureau.set_up()
    case_id = bureau.disputed()
    view = shown(bureau)
    bureau.other.edit(Case, case_id, stated_workers=45)
    bureau.other.sync()
    view.reason.set_value("核对了名册")
    view.mine.click()
    bureau.quiet()
    bureau.sync()
    assert view.notice.text() in (MOVED, RETURNED)
    assert {"38", "45"} <= set(view.cells())
    assert view.mine.isEnabled()


def test_nothing_is_decided_on_what_no_longer_stands(bureau: Bureau) -> None:
    bureau.set_up()
    bureau.disputed()
    view = shown(bureau)
    assert view.choice is not None
    view.choice = replace(view.choice, mark="of before")
    view.reason.set_value("核对了名册")
    view.mine.click()
    bureau.quiet()
    assert view.notice.text() == MOVED
    assert view.choice is not None
    assert (view.choice.answered, view.choice.mark != "of before") == (False, True)


def covered(bureau: Bureau) -> ChoiceView:
    """Two notes that hide another number each."""
    case_id = bureau.other.new_case()
    bureau.other.sync()
    bureau.sync()
    bureau.other.edit(Case, case_id, note=f"身份证 {NUMBERS[0]}")
    bureau.edit(case_id, note=f"身份证 {NUMBERS[1]}")
    bureau.other.sync()
    bureau.sync()
    return shown(bureau)


def uncover(bureau: Bureau, view: ChoiceView) -> None:
    view.reveal.click()
    assert view.dialog is not None
    view.dialog.go.click()
    bureau.quiet()


def test_both_values_are_uncovered_for_a_minute_and_the_look_is_on_record(
    bureau: Bureau, picture_check: PictureCheck
) -> None:
    bureau.set_up()
    view = covered(bureau)
    assert view.reveal.isVisible()
    assert not any(number in words for words in view.cells() for number in NUMBERS)
    uncover(bureau, view)
    with bureau.desk.ledger.read() as ledger:
        (look,) = ledger.find(AccessEntry)
    assert (look.why, look.fields) == ("核对身份", ("note",))
    assert {f"身份证 {number}" for number in NUMBERS} <= set(view.cells())
    assert (view.reveal.text(), view.uncovered.lasts()) == (HIDE_AGAIN, True)
    bureau.sync()  # news does not cover what is read
    assert f"身份证 {NUMBERS[0]}" in view.cells()
    picture_check("ui/shared_choice_uncovered_1366", grab(bureau.window, (1366, 768)))
    view.uncovered.over.emit()
    assert view.reveal.text() == SHOW
    assert not any(number in words for words in view.cells() for number in NUMBERS)


@pytest.mark.long
def test_whoever_leaves_covers(bureau: Bureau) -> None:
    bureau.set_up()
    view = covered(bureau)
    uncover(bureau, view)
    bureau.window.open_page("home")
    bureau.quiet()
    assert not view.uncovered.lasts()
    assert not any(number in words for words in view.cells() for number in NUMBERS)
    assert view.reveal.text() == SHOW
    view.reveal.click()
    assert view.dialog is not None
    view.dialog.reject()


@pytest.mark.long
def test_giving_up_needs_a_reason_and_sending_again_none(bureau: Bureau) -> None:
    bureau.set_up()
    case_id = bureau.other.new_case()
    bureau.other.sync()
    bureau.sync()
    bureau.edit(case_id, note="改一下")
    take = bureau.server._take
    refuse(bureau.server)
    bureau.sync()
    view = shown(bureau)
    view.theirs.click()
    assert view.reason.error() == "请写明这样处理的理由"
    bureau.server._take = take  # type: ignore[method-assign]  # it takes sets again
    view.mine.click()
    bureau.quiet()
    bureau.sync()
    bureau.other.sync()
    assert bureau.other.case(case_id).note == "改一下"
