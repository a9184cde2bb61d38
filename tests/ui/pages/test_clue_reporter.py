"""Who reported a clue: covered until a reason is given, and covered again by itself."""

from PySide6.QtWidgets import QLabel, QWidget

from inspector_app.ui.pages.clue.page import CluePage
from tests.ui.pages.conftest import Driver, Picture, press
from tests.ui.pages.reasons import asked, give_reason

ID, PHONE, MASKED = "410499197803120113", "13900000001", "139****0001"


def opened(user: Driver) -> CluePage:
    page = user.open("clue", next(iter(user.scene.clues.values())).id)
    assert isinstance(page, CluePage)
    return page


def words_in(where: QWidget) -> str:
    return " ".join(one.text() for one in where.findChildren(QLabel))


def test_who_reported_is_covered_until_a_reason_is_given(user: Driver, picture: Picture) -> None:
    page = opened(user)
    person = page.reporter.person
    assert MASKED in words_in(person)
    assert page.statement.text() == f"三个月工资没有结清，联系电话 {MASKED}"
    press(page, "显示个人信息")
    asked().reject()
    user.quiet()
    assert ID not in words_in(person)
    press(page, "显示个人信息")
    give_reason(user, "回访")
    assert ID in words_in(person)
    assert PHONE in page.statement.text()
    assert [one.title for one in page.reporter.looks.lines()] == ["李明　回访"]
    picture(user, "clue_reporter_shown", "light", 1.0, (1366, 768))
    assert page.reporter.uncovered.timer.interval() == 60_000
    page.reporter.uncovered.timer.timeout.emit()  # a minute later
    assert MASKED in words_in(person)
    assert page.reporter.reveal.text() == "显示个人信息"
    page.reporter.reveal.click()
    give_reason(user)
    page.reporter.reveal.click()  # by hand
    assert MASKED in words_in(person)
    page.reporter.reveal.click()
    give_reason(user)
    user.open("home")  # by leaving
    page = opened(user)
    assert ID not in words_in(page.reporter.person)
    assert PHONE not in page.statement.text()
