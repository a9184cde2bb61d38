"""The clock strip of a case: what runs, what is past, and why each date stands there."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from inspector_app.domain.terms import DaysLeft, Level, Whose
from inspector_app.services.case_sheet import CaseSheet, case_sheet
from inspector_app.services.clocks import CaseClock, ClockState
from inspector_app.ui.pages.case.clock_strip import ClockStrip, pairs_of
from inspector_app.ui.pages.case.clocks import Shown, marks, state_pill
from inspector_app.ui.pages.case.page import CasePage
from tests.helpers.steps import step
from tests.ui.pages.conftest import Driver, Picture
from tests.ui.pages.scene import TODAY, Scene

UNIT = "青禾建筑劳务有限公司"


@pytest.fixture
def page(user: Driver) -> CasePage:
    found = user.open("case", user.scene.cases[UNIT].id)
    assert isinstance(found, CasePage)
    return found


@pytest.fixture
def strip(page: CasePage) -> ClockStrip:
    return page.clocks


def sheet_of(scene: Scene) -> CaseSheet:
    return case_sheet(scene.desk, scene.cases[UNIT].id)


def clock(scene: Scene, rule: str) -> CaseClock:
    sheet = sheet_of(scene)
    return next(one for one in (*sheet.clocks, *sheet.past_clocks) if one.rule == rule)


def words_of(strip: ClockStrip) -> Sequence[str]:
    return [one.text() for one in strip.why.findChildren(QLabel) if one.isVisible()]


# ── what the cards say ───────────────────────────────────────────────────────────────────────
def test_the_national_and_the_henan_term_stand_side_by_side(strip: ClockStrip) -> None:
    told = [
        [(face.name.full(), face.pill.text(), face.pill.tone(), face.marks.full())
         for face in card.faces]
        for card in strip.cards
    ]  # fmt: skip
    assert told == [
        [("整改期限", "超期 2 天", "danger", "")],
        [
            ("结案（河南）", "剩 5 天", "warning", "取较早"),
            ("调查完成", "剩 41 个工作日", "neutral", "仅供参照　暂定"),
        ],
    ]
    strong = [face.name.property("strong") for face in strip.faces()]
    assert strong == ["true", "true", "false"]


def test_whose_term_it_is_stands_on_the_card_and_it_is_never_red(scene: Scene) -> None:
    own = replace(clock(scene, "D06"), level=Level.OVERDUE, days_left=DaysLeft(-2))
    theirs = replace(own, whose=Whose.PARTY)
    assert state_pill(Shown(own)) == ("超期 2 天", "danger")
    assert state_pill(Shown(theirs)) == ("超期 2 天", "neutral")
    assert marks(Shown(theirs)) == "当事人的期限"
    assert marks(Shown(replace(own, stops=((TODAY, TODAY),)))) == "中止计时 1 次"
    over = replace(theirs, state=ClockState.EXPIRED)
    assert state_pill(Shown(over)) == ("已届满", "neutral")
    earlier = replace(theirs, rule="D10", beside="", due=TODAY)
    assert [pair[0].own for pair in pairs_of([earlier, own])] == [True, False]


def test_a_term_of_hours_shows_the_hour(scene: Scene) -> None:
    hours = replace(clock(scene, "D06"), due=datetime.combine(TODAY, time(10, 30)))
    assert Shown(hours).when == "2026年11月20日（星期五） 10:30"


def test_the_later_of_a_pair_leads_only_where_the_office_chose_it(scene: Scene) -> None:
    national, local = clock(scene, "D05"), clock(scene, "D06")
    chosen = [replace(local, leading=False), replace(national, leading=True)]
    first, second = pairs_of(chosen)[0]
    assert (first.clock.rule, first.mark) == ("D05", "按本局设置")
    assert (second.clock.rule, second.mark) == ("D06", "仅供参照")
    assert [len(pair) for pair in pairs_of([local])] == [1]


# ── why ──────────────────────────────────────────────────────────────────────────────────────
def test_every_date_says_why_by_keyboard(user: Driver, strip: ClockStrip, qtbot: QtBot) -> None:
    ask = strip.face("D06").ask
    assert ask.accessibleName() == "结案（河南）为什么是2026年11月25日（星期三）"
    assert "当日不计，30 日" in ask.accessibleDescription()
    ask.setFocus()
    qtbot.keyClick(ask, Qt.Key.Key_Return)
    assert strip.why.isVisible()
    words = words_of(strip)
    assert words[0] == "结案（河南）为什么是 2026年11月25日（星期三）"
    assert "立案之日 2026年10月26日" in words
    assert "本机关" in words
    assert "《河南省劳动保障监察条例》第十六条" in words
    assert "已核全文，现行性待核" in words
    assert "国家和河南的规定并行，本局取较早的一个。" in words[-1]
    user.act("back")
    assert not strip.why.isVisible()
    assert ask.hasFocus()
    assert user.at() == "case"


def test_pressing_it_again_or_the_fold_button_closes_the_reason(strip: ClockStrip) -> None:
    first, other = strip.face("ORDER"), strip.face("D05")
    first.ask.click()
    assert first.ask.text() == "收起"
    assert "指令书自己写明的期限" in words_of(strip)
    other.ask.click()
    assert (first.ask.text(), other.ask.text()) == ("为什么", "收起")
    assert "日期是暂定的" in strip.why.notes.text()
    assert "这一项只供参照" in strip.why.notes.text()
    strip.why.fold.click()
    assert not strip.drop.isVisible()
    other.ask.click()
    other.ask.click()
    assert not strip.drop.isVisible()


def test_the_reason_gives_way_when_the_keyboard_goes_elsewhere(
    page: CasePage, strip: ClockStrip
) -> None:
    ask = strip.face("D06").ask
    ask.setFocus()
    ask.click()
    strip.why.fold.setFocus()
    assert strip.drop.isVisible()
    page.facts.form.fields["cause"].setFocus()
    assert not strip.drop.isVisible()


def test_a_reason_stays_open_while_the_case_is_read_again(
    user: Driver, strip: ClockStrip, scene: Scene
) -> None:
    strip.face("D05").ask.click()
    step(scene.desk, scene.cases[UNIT].id, "extend", TODAY, "案情复杂", rules=("D05",))
    step(
        scene.desk,
        scene.cases[UNIT].id,
        "stop",
        date(2026, 11, 18),
        "等鉴定",
        rules=("D05",),
        outcome="appraisal",
        until=date(2026, 11, 19),
    )
    user.act("refresh")
    assert strip.why.isVisible()
    notes = strip.why.notes.text()
    assert "2026年11月20日延长，周岚批准，原到 2027年" in notes
    assert "2026年11月18日至2026年11月19日中止计时（鉴定、审计）。" in notes
    assert strip.face("D05").marks.full() == "仅供参照　已延长　中止计时 1 次　暂定"


# ── the rest and the past ────────────────────────────────────────────────────────────────────
def test_past_clocks_are_folded_and_say_when_they_were_done(
    user: Driver, strip: ClockStrip, qtbot: QtBot
) -> None:
    assert strip.unfold.text() == "已过 3 项"
    assert not strip.drop.isVisible()
    strip.unfold.setFocus()
    qtbot.keyClick(strip.unfold, Qt.Key.Key_Return)
    lines = [(line.pill.text(), line.words.full()) for line in strip.past]
    assert lines[0] == ("已办", "到 2026年11月18日（星期三）　2026年11月11日办")
    ask = strip.past[0].ask
    assert ask.isVisible()
    qtbot.keyClick(ask, Qt.Key.Key_Return)
    assert "2026年11月11日（星期三）办结。" in strip.why.notes.text()
    user.act("back")
    assert strip.drop.isVisible()
    user.act("back")
    assert not strip.drop.isVisible()
    assert QApplication.focusWidget() is strip.unfold


def test_what_was_done_late_is_marked_but_a_check_after_the_deadline_is_none(
    scene: Scene,
) -> None:
    done = replace(clock(scene, "D01"), done_on=date(2026, 11, 9))
    assert state_pill(Shown(done)) == ("逾期办理", "neutral")
    checked = replace(clock(scene, "ORDER"), state=ClockState.DONE, done_on=TODAY)
    assert state_pill(Shown(checked)) == ("已办", "success")


def test_cards_without_room_are_found_among_the_folded_ones(
    user: Driver, strip: ClockStrip, qtbot: QtBot
) -> None:
    user.window.resize(900, 768)
    user.quiet()
    shown = [card.faces[0].name.full() for card in strip.cards if card.isVisible()]
    assert shown == ["整改期限"]
    assert strip.unfold.text() == "其余 2 项\n已过 3 项"
    strip.unfold.click()
    assert strip.unfold.text() == "收起"
    assert [line.shown.clock.rule for line in strip._rest if line.isVisible()] == ["D06", "D05"]


# ── pictures ─────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("name", "theme", "size"),
    [
        ("case_why_light", "light", (1440, 900)),
        ("case_why_dark", "dark", (1366, 768)),
    ],
)
def test_the_strip_and_its_reasons_look_as_they_were_accepted(
    user: Driver,
    strip: ClockStrip,
    picture: Picture,
    name: str,
    theme: str,
    size: tuple[int, int],
) -> None:
    strip.face("D05").ask.setFocus()
    strip.toggle()
    strip.face("D05").ask.click()
    picture(user, name, theme, 1.0, size)
