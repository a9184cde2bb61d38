"""The rule browser: found as one types, read on one sheet, given the bureau's own values."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from inspector_app.errors import OutsideError
from inspector_app.services.rules import choose
from inspector_app.services.statutes import import_text
from inspector_app.ui.pages.law.page import LawPage
from inspector_app.ui.pages.law.pieces import LinkLine
from inspector_app.ui.pages.law.unfolding import TextPart, UsesPart
from inspector_app.ui.pages.law.words import KindLine
from inspector_app.ui.theme import style
from inspector_app.ui.widgets.banners import Banner
from tests.ui.fakes import RESOURCES
from tests.ui.pages.conftest import Driver, Picture, press
from tests.ui.pages.lawbook import follow, law_text, opened, shorter_pack, texts
from tests.ui.pages.visits import focus
from tests.ui.typing import commit, compose


@pytest.fixture
def page(user: Driver) -> LawPage:
    return opened(user)


def keys(page: LawPage) -> list[str]:
    return [row.key for row in page.finder.table.rows_model.rows()]


# ── the list ─────────────────────────────────────────────────────────────────────────────────
def test_the_rules_are_found_while_typing_but_not_while_composing(
    user: Driver, page: LawPage
) -> None:
    whole = len(keys(page))
    assert page.head.hint().startswith(f"{whole:,} 条，本局口径 0 条")
    user.act("find")
    compose(page.finder.search.edit, "zhuanhu")
    assert len(keys(page)) == whole
    commit(page.finder.search.edit, "专用账户")
    assert 1 < len(keys(page)) < whole
    assert "GZ-05" in keys(page)
    user.qtbot.keyClick(page.finder.search.edit, Qt.Key.Key_Down)
    assert user.window.focusWidget() is page.finder.table
    user.quiet()
    assert page.pane.detail is not None
    assert page.pane.detail.key == keys(page)[0]


def test_pinyin_initials_find_a_rule(user: Driver, page: LawPage) -> None:
    commit(page.finder.search.edit, "dcwc")
    user.quiet()
    assert "D05" in keys(page)


def test_shelves_count_what_the_search_leaves(user: Driver, page: LawPage) -> None:
    commit(page.finder.search.edit, "监察条例 第十七条")
    lines: dict[str, KindLine] = {one.key: one for one in page.finder.kinds.rows_model.rows()}
    assert lines["term"].count >= 1
    assert lines["wage"].count == 0
    page.finder.kinds.select_key("wage")
    assert page.finder.states.state() == "empty"
    press(page.finder.states.empty, "看全部种类")
    assert "D05" in keys(page)
    commit(page.finder.search.edit, "没有这条规则")
    press(page.finder.states.empty, "清除筛选")
    assert len(keys(page)) > 400
    page.finder.kinds.select_key("wage")
    assert len(keys(page)) == 15
    user.qtbot.keyClick(page.finder.kinds, Qt.Key.Key_Return)
    assert page.finder.table.hasFocus()


def test_chips_show_levels_and_the_bureaus_own(user: Driver, page: LawPage) -> None:
    choose(user.scene.desk, "D05", "length", "45", "纪要")
    choose(user.scene.desk, "D06", "off", "是", "纪要")
    user.act("refresh")
    page.finder.own.set_chosen(("own",))
    page.finder.chips.changed.emit()
    assert keys(page) == ["D05"]
    page.finder.own.set_chosen(("off",))
    page.finder.chips.changed.emit()
    assert set(keys(page)) >= {"D06", "HC-24"}
    page.finder.own.set_chosen(())
    page.finder.level.set_chosen(("secondary",))
    page.finder.chips.changed.emit()
    assert "D07" in keys(page)
    assert "D05" not in keys(page)


def test_rules_that_cannot_be_read_offer_another_try(
    user: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_desk: object) -> None:
        raise OutsideError("台账打不开。")

    monkeypatch.setattr("inspector_app.ui.pages.law.page.law_rows", refuse)
    page = opened(user)
    assert page.finder.states.state() == "error"
    monkeypatch.undo()
    press(page.finder.states.error, "重试")
    user.quiet()
    assert page.finder.states.state() == "content"


# ── the sheet ────────────────────────────────────────────────────────────────────────────────
def test_a_rule_is_opened_by_its_key_and_esc_leads_back(user: Driver) -> None:
    page = opened(user, "D05")
    said = texts(page.pane)
    for words in ("60 个工作日，可延长 30 个工作日", "国家规定", "河南规定", "以它为准",
                  "《劳动保障监察条例》第十七条", "已核全文：条文已经逐条对照全文", "起算",
                  "没有导入原文：监察条例", "程序步骤 8"):  # fmt: skip
        assert words in said
    follow(user, page, "D06 结案（河南）")
    assert page.pane.detail is not None
    assert page.pane.detail.key == "D06"
    assert page.finder.table.current_key() == "D06"
    user.act("back")
    assert page.pane.detail.key == "D05"


def test_links_lead_to_items_papers_settings_and_cases(user: Driver) -> None:
    page = opened(user, "GZ-05")
    follow(user, page, "C23 ")
    assert page.pane.detail is not None
    assert page.pane.detail.key == "item:construction/C23"
    assert "不合格时查明的事实" in texts(page.pane)
    user.act("back")
    follow(user, page, "限期改正指令书")
    assert user.at() == "papers"
    user.act("back")
    opened(user, "D05")
    follow(user, page, "以哪套期限为准")
    assert user.at() == "settings"
    user.act("back")
    follow(user, page, "平人社监")
    assert user.at() == "case"
    user.act("back")
    assert user.at() == "law"


def test_a_long_list_of_users_unfolds(user: Driver) -> None:
    page = opened(user, "监察条例")
    part = next(one for one in page.pane.findChildren(UsesPart) if one._group.title == "程序步骤")
    before = len([one for one in part.findChildren(LinkLine) if not one.isHidden()])
    part.more.click()
    user.quiet()
    after = len([one for one in part.findChildren(LinkLine) if not one.isHidden()])
    assert (before, after) == (6, len(part._group.uses))


def test_an_official_text_is_searched_and_read_on_the_sheet_of_its_statute(
    user: Driver, tmp_path: Path
) -> None:
    import_text(user.scene.desk, law_text(tmp_path), "监察条例")
    page = opened(user, "监察条例")
    part = page.pane.findChild(TextPart)
    assert part is not None
    assert "原文 2 条" in texts(part)
    assert "劳动保障监察条例(演示).txt，2026年11月20日导入" in texts(part)
    commit(page.finder.search.edit, "六十个工作日")
    user.quiet()
    assert keys(page) == ["监察条例"]
    opened(user, "监察条例")
    part = page.pane.findChildren(TextPart)[-1]
    assert "有“六十个工作日”的 1 条" in texts(part)
    assert "两人以上" not in texts(part)
    part.unfold()
    user.quiet()
    assert "演示文字，两人以上。" in texts(part)


def test_a_link_takes_filters_off_that_hide_its_rule(user: Driver) -> None:
    page = opened(user, "D05")
    page.finder.kinds.select_key("term")
    follow(user, page, "《劳动保障监察条例》第十七条")
    assert page.finder.table.current_key() == "监察条例"
    assert page.finder.shelf() is None


def test_local_clauses_are_hints_only(user: Driver) -> None:
    page = opened(user, "KJ-01")
    banner = next(one for one in page.pane.findChildren(Banner) if "河南" in one.accessibleName())
    assert "不会用在案件和文书里" in banner.text()
    press(banner, "看条款")
    user.quiet()
    assert "单位适用监察条例" in texts(page.pane)
    assert "不适用" in texts(page.pane)
    page = opened(user, "MW-2025-1")
    assert "灰色的只作历史" in texts(page.pane)


def test_a_rule_nobody_knows_says_so(user: Driver) -> None:
    page = opened(user, "D99")
    assert page.pane.notice.body.text() == "法规库中没有“D99”。"


def test_the_sheet_gives_way_in_a_narrow_window_and_comes_when_asked(user: Driver) -> None:
    page = opened(user)
    user.window.resize(1180, 760)
    user.quiet()
    assert not page.split.detail_shown()
    page.finder.table.setFocus()
    user.qtbot.keyClick(page.finder.table, Qt.Key.Key_Return)
    assert page.split.detail_shown()
    user.act("detail")
    assert not page.split.detail_shown()
    opened(user, "D05")
    assert page.split.detail_shown()


def test_the_rules_look_as_they_were_accepted(
    user: Driver, tmp_path: Path, picture: Picture, qapp: QApplication
) -> None:
    desk = user.scene.desk
    page = opened(user, "D05")
    picture(user, "law_light", "light", 1.0, (1440, 900))
    picture(user, "law_1366", "light", 1.0, (1366, 768))
    choose(desk, "D05", "length", "45", "局长办公会纪要〔2026〕3号，要求提前办结")
    user.act("refresh")
    picture(user, "law_dark", "dark", 1.0, (1440, 900))
    style.apply(qapp, RESOURCES, "light", 1.25, shipped_fonts_only=True)
    user.window.resize(1680, 1050)
    opened(user, "GZ-05")
    focus(user, page.finder.table)
    picture(user, "law_large", "light", 1.25, (1680, 1050))
    page.open_file(shorter_pack(tmp_path))
    user.quiet()
    focus(user, page.update_.changes)
    picture(user, "law_update_light", "light", 1.0, (1440, 900))
