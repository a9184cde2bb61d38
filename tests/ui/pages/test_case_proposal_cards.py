"""The further cards of 研判: police, list, extra pay, minimum wage, deposit."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from inspector_app.services.deciders import decide
from inspector_app.ui.forms.field import FormField
from inspector_app.ui.pages.case.page import TABS, CasePage
from inspector_app.ui.pages.case.proposals.card import Card
from inspector_app.ui.pages.case.proposals.crime_card import SHOWN, WorkerRows
from inspector_app.ui.pages.case.proposals.panel import ProposalsPanel
from inspector_app.ui.pages.case.proposals.wage_card import MOST_MONTHS, months_between
from tests.helpers.decider_cases import fine_decided
from tests.ui.pages.conftest import Driver, OpenWindow, Picture
from tests.ui.pages.proposals import PLAIN, choose_rates, enriched, judged, words
from tests.ui.pages.scene import Scene
from tests.ui.typing import commit


@pytest.fixture
def rich(qtbot: QtBot, open_window: OpenWindow, scene: Scene) -> Driver:
    """Somebody who uses the window where UNIT's case has much to judge."""
    enriched(scene)
    return Driver(qtbot, open_window(scene.desk), scene)


@pytest.fixture
def panel(rich: Driver) -> ProposalsPanel:
    """The tab of that case."""
    return judged(rich)


def choose(user: Driver, field: FormField, value: str) -> None:
    """Choose an answer."""
    field.set_value(value)
    field.edited.emit()
    user.quiet()


def helped(user: Driver, card: Card) -> str:
    """What the button of a card says; it is pressed."""
    assert card.way is not None
    text = card.way.text()
    card.way.click()
    user.quiet()
    return text


# ── police ───────────────────────────────────────────────────────────────────────────────────
def test_workers_stand_against_both_amounts_by_name_only(panel: ProposalsPanel) -> None:
    rows = panel.crime.workers
    assert len(rows.shown()) == 6
    said = words(rows)
    assert "144,033.33" in said
    assert said.count("3") == 6, "months of each"
    assert not any("410499" in text or "1390" in text for text in said)
    assert rows.more.isHidden()


def test_of_many_workers_the_first_are_shown_and_the_rest_on_demand(
    panel: ProposalsPanel, qtbot: QtBot
) -> None:
    found = panel.found()
    assert found is not None
    one = found.crime.worker_tests[0]
    many = [replace(one, worker=f"演示{n}", months=None if n else 3) for n in range(SHOWN + 3)]
    rows = WorkerRows()
    qtbot.addWidget(rows)
    rows.show_tests(many)
    rows.show()
    assert len(rows.shown()) == SHOWN
    assert rows.more.text() == "另有 3 人，全部显示"
    rows.more.click()
    assert len(rows.shown()) == SHOWN + 3
    qtbot.waitUntil(lambda: "未填" in words(rows))
    rows.more.click()
    assert len(rows.shown()) == SHOWN


def test_the_way_to_the_police_goes_by_the_evidence(rich: Driver, panel: ProposalsPanel) -> None:
    assert helped(rich, panel.crime) == "勾选证据"
    assert panel.crime.is_open()
    box = panel.crime.evasion.lines["fled"].box
    assert rich.window.focusWidget() is box
    box.click()
    rich.quiet()
    assert panel.crime.headline.text() == "具备移送审查条件"
    page = rich.page()
    assert isinstance(page, CasePage)
    assert helped(rich, panel.crime) == "登记移送呈报"
    assert page.area.form() is not None


# ── list ─────────────────────────────────────────────────────────────────────────────────────
def test_every_day_says_why_and_what_was_open_stays_open(
    rich: Driver, panel: ProposalsPanel, qtbot: QtBot
) -> None:
    card = panel.list
    card.set_open(True)
    last = card.dates.lines[0]
    assert last.shown.name == "最迟作出决定"
    assert last.why.isHidden()
    qtbot.keyClick(last.ask, Qt.Key.Key_Return)
    assert not last.why.isHidden()
    assert last.ask.text() == "收起"
    assert any("工作日" in text for text in words(last.why))
    commit(card.corrected.editor, "2026-12-01")
    rich.quiet()
    again = card.dates.lines[0]
    assert again is not last
    assert not again.why.isHidden()
    early = card.tables[0].dates.lines[1]
    assert early.shown.name == "最早提前移出"
    assert early.shown.day == date(2027, 7, 13), "half a year from the last day for the decision"


def test_the_two_sets_of_rules_stand_apart_and_one_is_not_read_in_full(
    panel: ProposalsPanel,
) -> None:
    left, right = panel.list.tables
    assert {"名单办法", "已核全文 · 现行性已核"} <= set(words(left))
    assert {"信用修复办法", "未核全文（转述 · 现行性待核）"} <= set(words(right))
    assert not panel.list.apart.isHidden()


def test_who_has_paid_and_promised_may_be_left_out(rich: Driver, panel: ProposalsPanel) -> None:
    for code in ("corrected", "promised"):
        panel.list.facts.lines[code].box.click()
        rich.quiet()
    assert panel.list.headline.text().endswith("已改正并承诺的可以不列入")
    panel.list.facts.lines["arrears_again"].box.click()
    rich.quiet()
    assert any("不得提前移出" in text for text in words(panel.list.reasons))


# ── extra pay, surcharge ─────────────────────────────────────────────────────────────────────
def test_extra_pay_leads_on_to_the_handling_notice(rich: Driver, panel: ProposalsPanel) -> None:
    assert panel.extra.pill.text() == "由负责人决定"
    assert panel.extra.way is not None
    page = rich.page()
    assert isinstance(page, CasePage)
    assert helped(rich, panel.extra) == "登记处理告知"
    assert page.area.form() is not None


def test_without_workers_they_are_to_be_listed_first(rich: Driver) -> None:
    panel = judged(rich, PLAIN)
    assert (panel.extra.headline.text(), panel.extra.pill.text()) == ("没有尚欠工资", "")
    assert helped(rich, panel.extra) == "登记劳动者"
    page = rich.page()
    assert isinstance(page, CasePage)
    assert TABS[page.tabs.current()].startswith("劳动者")


def test_an_overdue_fine_grows(qtbot: QtBot, open_window: OpenWindow, scene: Scene) -> None:
    case_id = scene.cases[PLAIN].id
    fine_decided(scene.desk, case_id)
    assert decide(scene.desk, case_id).surcharge is not None
    user = Driver(qtbot, open_window(scene.desk), scene)
    panel = judged(user, PLAIN)
    assert not panel.surcharge.isHidden()
    assert panel.surcharge.headline.text().startswith("截至2026年11月20日加处 ")


# ── minimum wage ─────────────────────────────────────────────────────────────────────────────
def test_pay_is_held_against_the_wage_of_each_month(
    qtbot: QtBot, open_window: OpenWindow, scene: Scene
) -> None:
    user = Driver(qtbot, open_window(scene.desk), scene)
    panel = judged(user)
    card = panel.wage
    commit(card.first.editor, "2026-06")
    commit(card.last.editor, "2026-08")
    commit(card.paid.editor, "1000")
    user.quiet()
    assert card.pill.text() == "还缺 1 项"
    assert "当地最低工资类别没有核实，请在设置中选定" in card.needs.missing
    assert helped(user, card) == "去设置选定"
    assert user.at() == "settings"


def test_months_run_from_the_first_to_the_last() -> None:
    assert months_between("2025-12", "2026-02") == ("2025-12", "2026-01", "2026-02")
    assert months_between("2026-02", "2025-12") == ()
    assert len(months_between("2023-01", "2025-12")) == MOST_MONTHS
    assert months_between("2023-01", "2026-01") == ()


def test_months_the_wrong_way_are_said_under_their_field(
    rich: Driver, panel: ProposalsPanel
) -> None:
    card = panel.wage
    card.set_open(True)
    commit(card.first.editor, "2026-06")
    commit(card.last.editor, "2026-05")
    commit(card.paid.editor, "1000")
    rich.quiet()
    assert card.months() == ()
    assert card.last.problem() == f"止月应在起月之后，最多 {MOST_MONTHS} 个月"
    commit(card.last.editor, "")
    card.last.set_value(None)
    assert [one.month for one in card.months()] == ["2026-06"]


# ── deposit ──────────────────────────────────────────────────────────────────────────────────
def test_the_contract_is_known_and_what_is_typed_is_reckoned_at_once(
    rich: Driver, panel: ProposalsPanel
) -> None:
    card = panel.deposit
    card.set_open(True)
    fields = card.form.fields
    assert (fields["contract_fen"].value(), fields["months"].value()) == (10_000_000_000, 15)
    assert "“工资保证金比例（河南）”未填，按国家幅度给出区间" in card.needs.missing
    commit(fields["clean_years"].editor, "2")
    rich.quiet()
    assert card.headline.text() == "应存 500,000.00–1,500,000.00 元"
    assert any("连续 2 年没有欠薪" in one.text for one in card.steps.shown)
    choose(rich, fields["arrears"], "yes")
    assert card.headline.text().startswith("应存 不低于 ")
    assert any(text.startswith("不低于 ") for text in words(card.steps))
    choose(rich, fields["arrears"], "no")
    commit(fields["clean_years"].editor, "0")  # 20 years
    choose(rich, fields["managed"], "yes")
    assert card.headline.text() == "免存"
    assert helped(rich, card) == "去设置填写"
    assert rich.at() == "settings"


def test_rates_of_the_province_give_one_amount(
    qtbot: QtBot, open_window: OpenWindow, scene: Scene
) -> None:
    enriched(scene)
    choose_rates(scene.desk)
    user = Driver(qtbot, open_window(scene.desk), scene)
    panel = judged(user)
    choose(user, panel.deposit.form.fields["other_projects"], "yes")
    assert panel.deposit.headline.text() == "应存 1,000,000.00 元"


def test_without_a_contract_the_amount_can_be_typed_or_entered(rich: Driver) -> None:
    panel = judged(rich, "立新园林绿化有限公司")
    card = panel.deposit
    assert (card.headline.text(), card.pill.text()) == ("合同额未填，不能计算", "还缺 1 项")
    commit(card.form.fields["contract_fen"].editor, "2000000")
    rich.quiet()
    assert card.headline.text() == "可以免存，不是当然免存"
    card.forget()
    panel._again()
    rich.quiet()
    assert helped(rich, card) == "补填合同额"
    assert rich.at() == "parties"


# ── looks ────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("name", "card", "theme", "size"),
    [
        ("case_proposals_crime", "crime", "light", (1440, 900)),
        ("case_proposals_list", "list", "dark", (1440, 900)),
        ("case_proposals_deposit", "deposit", "light", (1366, 768)),
    ],
)
def test_it_looks_as_it_was_accepted(
    rich: Driver,
    panel: ProposalsPanel,
    picture: Picture,
    name: str,
    card: str,
    theme: str,
    size: tuple[int, int],
) -> None:
    rich.window.resize(*size)
    shown = getattr(panel, card)
    shown.set_open(True)
    rich.quiet()
    panel.area.verticalScrollBar().setValue(shown.y())
    picture(rich, name, theme, 1.0, size)
    assert panel.found() is not None
