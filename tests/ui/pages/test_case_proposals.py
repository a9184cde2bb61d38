"""研判: what the law proposes for a case, read when shown, tried, stored, acted on."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from inspector_app.errors import UserError
from inspector_app.services.deciders import decide
from inspector_app.services.todos import add_todo
from inspector_app.ui.pages.case.page import TABS, CasePage
from inspector_app.ui.pages.case.proposals import panel as panel_module
from inspector_app.ui.pages.case.proposals.panel import FOLD, UNFOLD, ProposalsPanel
from inspector_app.ui.pages.case.proposals.words import HEAD, NO_ACTS
from tests.ui.pages.conftest import Driver, OpenWindow, Picture, press
from tests.ui.pages.proposals import PLAIN, UNIT, enriched, judged, tick, words
from tests.ui.pages.scene import TODAY, Scene
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


# ── reading ──────────────────────────────────────────────────────────────────────────────────
def test_a_case_is_judged_when_the_tab_is_shown_and_not_before(
    rich: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def counted(*args: object) -> object:
        asked.append(str(args[1]))
        return decide(*args)  # type: ignore[arg-type]  # passed on as it came

    monkeypatch.setattr(panel_module, "decide", counted)
    page = rich.open("case", rich.scene.cases[UNIT].id)
    assert isinstance(page, CasePage)
    assert (page.proposals.found(), asked) == (None, [])
    page.show_tab(TABS.index("研判"))
    rich.quiet()
    assert page.proposals.found() is not None
    page.show_tab(0)
    page.show_tab(TABS.index("研判"))
    rich.quiet()
    assert asked == [rich.scene.cases[UNIT].id], "nothing has changed"
    page.show_tab(0)
    add_todo(rich.scene.desk, rich.scene.cases[UNIT].id, "另一件事", TODAY)
    rich.act("refresh")
    assert len(asked) == 1
    page.show_tab(TABS.index("研判"))
    rich.quiet()
    assert len(asked) == 2


def test_what_could_not_be_read_is_said_and_tried_again(
    rich: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: object) -> object:
        raise UserError("法规库中没有“TH-X”。", kind="library")

    monkeypatch.setattr(panel_module, "decide", broken)
    panel = judged(rich)
    assert panel.states.state() == "error"
    assert "法规库中没有“TH-X”。" in words(panel.states.error)
    monkeypatch.setattr(panel_module, "decide", decide)
    press(panel.states.error, "重试")
    rich.quiet()
    assert panel.states.state() == "content"


def test_every_card_says_in_one_sentence_what_is_proposed(panel: ProposalsPanel) -> None:
    assert HEAD in words(panel)
    said = {card.title: (card.headline.text(), card.pill.text()) for card in panel.cards}
    assert said["行政处罚"] == ("单位 50,000.00–100,000.00 元，应当告知听证权利", "还缺 3 项")
    assert said["清偿主体"][0].startswith("施工总承包单位先行清偿（演示建工集团）；分包单位负直接")
    assert said["清偿主体"][1] == "推论，待确认"
    assert said["移送公安（拒不支付劳动报酬）"] == (
        "尚缺：逃避支付或者有能力支付的证据",
        "尚缺 1 项",
    )
    assert said["失信联合惩戒名单"][0].startswith("符合列入条件，最迟2027年1月13日作出决定")
    assert said["加付赔偿金"][0] == "加付劳动者 396,091.67–792,183.33 元"
    assert said["工资保证金"] == ("应存 1,000,000.00–3,000,000.00 元", "还缺 5 项")
    assert panel.surcharge.isHidden(), "no fine is overdue"
    first = panel.fines.fold
    assert first.accessibleName() == (
        "行政处罚，单位 50,000.00–100,000.00 元，应当告知听证权利，还缺 3 项，展开"
    )


def test_cards_unfold_by_the_keyboard_and_all_at_once(
    rich: Driver, panel: ProposalsPanel, qtbot: QtBot
) -> None:
    assert not any(card.is_open() for card in panel.cards)
    qtbot.keyClick(panel.fines.fold, Qt.Key.Key_Return)
    assert panel.fines.is_open()
    assert panel.fines.way is not None
    assert panel.fines.way.isHidden(), "inside the open card there is a button of its own"
    qtbot.mouseClick(panel.liability.headline, Qt.MouseButton.LeftButton)
    assert panel.liability.is_open()
    press(panel, UNFOLD)
    assert all(card.is_open() for card in panel.cards)
    press(panel, FOLD)
    assert not any(card.is_open() for card in panel.cards)
    assert panel.unfold.text() == UNFOLD


def test_a_line_not_read_in_full_is_muted_and_says_so(panel: ProposalsPanel) -> None:
    panel.fines.set_open(True)
    said = panel.fines.reasons.findChildren(QLabel)
    roles = {one.text(): str(one.property("role")) for one in said}
    told = "对单位的罚款最低 50,000.00 元，达到听证标准（5万元以上）"
    assert roles[told] == "muted"
    assert roles["较大数额罚款应当告知听证"] == "body"
    marked = [text for text in roles if "未核全文" in text]
    assert marked == [
        "河南听证办法第四条；处罚法第六十三条第一款第（一）项　未核全文（逐条节选 · 现行性待核）"
    ]


def test_each_violation_shows_articles_evidence_and_what_it_lacks(panel: ProposalsPanel) -> None:
    block = panel.fines.blocks["GZ-09"]
    said = words(block)
    assert "单位 5万元至10万元" in said
    assert any("第五十六条第（一）项　已核全文 · 现行性已核" in text for text in said)
    assert "须先责令限期改正，逾期不改正才可罚款：期限已满，未登记复查结果" in said
    assert "证据未登记：E3 工资支付材料、E11 工时和工作量材料" in said


# ── what helps ───────────────────────────────────────────────────────────────────────────────
def test_the_button_of_a_card_opens_the_step_it_speaks_of(
    rich: Driver, panel: ProposalsPanel
) -> None:
    page = rich.page()
    assert isinstance(page, CasePage)
    assert panel.fines.way is not None
    assert panel.fines.way.text() == "登记复查"
    panel.fines.way.click()
    form = page.area.form()
    assert form is not None
    form.form.fields["outcome"].set_value("unheeded")
    form.submit()
    rich.quiet()
    assert panel.fines.pill.text() == "还缺 2 项"
    assert panel.fines.way.text() == "补充证据"
    assert any("逾期未改正" in text for text in words(panel.fines.blocks["GZ-09"]))
    panel.fines.way.click()
    rich.quiet()
    assert TABS[page.tabs.current()] == "检查与证据"


def test_without_an_order_the_order_is_drafted(rich: Driver) -> None:
    unit = "立新园林绿化有限公司"
    panel = judged(rich, unit)
    codes = panel.fines.form.fields["codes"]
    codes.set_value(("GZ-09",))
    codes.edited.emit()
    rich.quiet()
    assert panel.fines.way is not None
    assert panel.fines.way.text() == "开具限期改正指令书"
    panel.fines.way.click()
    rich.quiet()
    assert rich.at() == "paper"
    panel = judged(rich, unit)
    assert panel.fines.way is not None
    assert panel.fines.way.text() == "继续填写限期改正指令书"


# ── trying ───────────────────────────────────────────────────────────────────────────────────
def test_a_band_narrows_the_range_and_is_not_stored(
    rich: Driver, panel: ProposalsPanel, scene: Scene, qtbot: QtBot
) -> None:
    before = scene.desk.ledger.head()
    panel.fines.set_open(True)
    bands = panel.fines.blocks["GZ-09"].bands
    assert bands.choices is not None
    bands.take_focus()
    qtbot.keyClick(bands.choices.at(2), Qt.Key.Key_Space)
    rich.quiet()
    assert panel.fines.headline.text().startswith("单位 60,000.00–80,000.00 元")
    assert bands.words.text() == (
        "涉及两个月以上：单位 60,000.00–80,000.00 元（演示基准〔2026〕1号）"
    )
    qtbot.keyClick(bands.choices.at(0), Qt.Key.Key_Space)
    rich.quiet()
    assert panel.fines.headline.text().startswith("单位 50,000.00–100,000.00 元")
    assert scene.desk.ledger.head() == before


def test_violations_named_by_hand_ask_for_what_their_fine_is_counted_by(
    rich: Driver, panel: ProposalsPanel
) -> None:
    card = panel.fines
    codes = card.form.fields["codes"]
    codes.set_value(("HT-05", "SB-02"))
    codes.edited.emit()
    rich.quiet()
    assert list(card.blocks) == ["GZ-09", "GZ-22", "HT-05", "SB-02"]
    assert "上限待补数据" in card.headline.text()
    heads = card.blocks["HT-05"].form.fields
    assert set(heads) == {"on", "people"}
    commit(heads["people"].editor, "25")
    commit(heads["on"].editor, "2026-06-01")
    commit(card.blocks["SB-02"].form.fields["base_fen"].editor, "10000")
    rich.quiet()
    found = panel.found()
    assert found is not None
    ranges = {line.code: line.unit for line in found.fines.lines}
    assert ranges["HT-05"] is not None
    assert ranges["SB-02"] is not None
    assert (ranges["HT-05"].low_fen, ranges["HT-05"].high_fen) == (1_250_000, 5_000_000)
    assert (ranges["SB-02"].low_fen, ranges["SB-02"].high_fen) == (1_000_000, 3_000_000)
    codes.set_value(("SB-02",))
    codes.edited.emit()
    rich.quiet()
    assert list(card.blocks) == ["GZ-09", "GZ-22", "SB-02"]
    assert card.blocks["SB-02"].form.fields["base_fen"].value() == 1_000_000, "kept"


def test_two_violations_under_one_article_can_be_one_act(
    rich: Driver, panel: ProposalsPanel
) -> None:
    codes = panel.fines.form.fields["codes"]
    codes.set_value(("GZ-05", "GZ-06"))
    codes.edited.emit()
    rich.quiet()
    assert panel.fines.headline.text().startswith("单位 150,000.00–300,000.00 元")
    block = panel.fines.blocks["GZ-06"]
    assert "与 GZ-05 是同一行为，按罚款数额高的处罚" in words(block.same)
    assert panel.fines.blocks["GZ-05"].same.isHidden(), "the first has nothing above it"
    tick(rich, block.same.box)
    assert panel.fines.headline.text().startswith("单位 100,000.00–200,000.00 元")
    assert any("（不计入）" in text for text in words(block))
    tick(rich, block.same.box)
    assert panel.fines.headline.text().startswith("单位 150,000.00–300,000.00 元")


def test_a_proposed_fine_is_judged_as_it_is_typed(rich: Driver, panel: ProposalsPanel) -> None:
    panel.fines.set_open(True)
    field = panel.fines.form.fields["unit_fen"]
    commit(field.editor, "30000")
    rich.quiet()
    assert "对单位拟罚低于幅度下限，属于减轻处罚，须有法定情形" in words(panel.fines.reasons)


def test_what_is_typed_stays_while_the_case_changes_and_goes_with_it(
    rich: Driver, panel: ProposalsPanel, scene: Scene
) -> None:
    commit(panel.fines.form.fields["unit_fen"].editor, "30000")
    add_todo(scene.desk, scene.cases[UNIT].id, "另一件事", TODAY)
    rich.act("refresh")
    assert panel.fines.amount("unit_fen") == 3_000_000
    other = judged(rich, PLAIN)
    assert other is panel
    assert panel.fines.amount("unit_fen") is None
    assert (list(panel.fines.blocks), panel.fines.headline.text()) == ([], NO_ACTS)
    assert panel.deposit.isHidden(), "there is no project"


def test_the_place_in_the_list_is_kept(rich: Driver, panel: ProposalsPanel) -> None:
    press(panel, UNFOLD)
    rich.quiet()
    bar = panel.area.verticalScrollBar()
    bar.setValue(600)
    tick(rich, panel.liability.works.lines["project_resold"].box)
    at = bar.value()
    rich.act("refresh")
    assert bar.value() == at
    page = rich.page()
    assert isinstance(page, CasePage)
    page.show_tab(0)
    page.show_tab(TABS.index("研判"))
    rich.quiet()
    assert bar.value() == at


# ── looks ────────────────────────────────────────────────────────────────────────────────────
Look = Callable[[ProposalsPanel], None]


def _folded(_panel: ProposalsPanel) -> None:
    pass


def _fines(panel: ProposalsPanel) -> None:
    panel.fines.set_open(True)


def _ticks(panel: ProposalsPanel) -> None:
    panel.liability.set_open(True)
    panel.liability.works.lines["owner_behind"].box.click()


@pytest.mark.parametrize(
    ("name", "theme", "size", "look"),
    [
        ("case_proposals_light", "light", (1440, 900), _folded),
        ("case_proposals_1366", "light", (1366, 768), _fines),
        ("case_proposals_dark", "dark", (1440, 900), _ticks),
    ],
)
def test_it_looks_as_it_was_accepted(
    rich: Driver,
    panel: ProposalsPanel,
    picture: Picture,
    name: str,
    theme: str,
    size: tuple[int, int],
    look: Look,
) -> None:
    look(panel)
    rich.quiet()
    picture(rich, name, theme, 1.0, size)
