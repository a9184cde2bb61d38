"""The settings page: local choices of law, each with all its readings below it."""

import pytest

from inspector_app.ui.pages.settings.page import HINTS, SettingsPage
from tests.ui.pages.conftest import Driver, Picture
from tests.ui.pages.lawbook import texts
from tests.ui.pages.visits import focus
from tests.ui.typing import commit


@pytest.fixture
def page(user: Driver) -> SettingsPage:
    found = user.open("settings")
    assert isinstance(found, SettingsPage)
    return found


def type_over(page: SettingsPage, group: str, key: str, text: str) -> None:
    page.groups.select_key(group)
    editor = page.forms[group].fields[key].editor
    editor.setFocus()
    editor.selectAll()  # type: ignore[attr-defined]  # a line
    commit(editor, text)


def test_both_readings_of_a_choice_stand_below_it_and_the_one_in_use_is_marked(
    user: Driver, page: SettingsPage
) -> None:
    page.groups.select_key("期限")
    part = page.forms["期限"].parts["term_lead"]
    said = texts(part)
    for words in (
        "60 个工作日，可延长 30 个工作日",
        "《劳动保障监察条例》第十七条　已核全文 · 现行性已核",
        "30 日，可延长 30 日",
        "《河南省劳动保障监察条例》第十六条　已核全文 · 现行性待核",
        "今天起算，到 2027年2月12日（星期五）",
        "今天起算，到 2026年12月21日（星期一）",
        "调查完成按河南规定",
    ):
        assert words in said
    field = page.forms["期限"].fields["term_lead"]
    field.set_value("国家规定")
    field.edited.emit()
    user.quiet()
    assert "调查完成按国家规定" in part.outcome
    user.act("undo")
    assert "调查完成按河南规定" in part.outcome


def test_a_length_typed_is_counted_from_today(user: Driver, page: SettingsPage) -> None:
    type_over(page, "期限", "term_defence_days", "3")
    user.act("save")
    part = page.forms["期限"].parts["term_defence_days"]
    assert "今天起算，到 2026年11月25日（星期三）" in texts(part)
    type_over(page, "保证金", "deposit_small_amount", "4000000")
    user.act("save")
    hint = page.forms["保证金"].fields["deposit_small_amount"].hint()
    assert hint.endswith("本局：不满400万元")


def test_groups_of_law_lead_to_the_rules_and_the_calendar(user: Driver, page: SettingsPage) -> None:
    page.groups.select_key("字号")
    assert not page.links["page.law"].isVisible()
    page.groups.select_key("最低工资")
    assert "每月 2,350.00 元，每小时 23.00 元" in texts(page.forms["最低工资"])
    page.links["page.law"].click()
    user.quiet()
    assert user.at() == "law"
    user.act("back")
    page.links["page.calendar"].click()
    user.quiet()
    assert user.at() == "calendar"
    user.act("back")
    assert page.groups.current_row() == "最低工资"


def test_every_group_says_what_is_in_it(page: SettingsPage) -> None:
    assert [name for name in page.views if not HINTS.get(name)] == []


def test_the_choices_of_law_look_as_they_were_accepted(
    user: Driver, page: SettingsPage, picture: Picture
) -> None:
    page.groups.select_key("期限")
    focus(user, page.groups)
    picture(user, "settings_terms_light", "light", 1.0, (1440, 900))
    page.groups.select_key("程序")
    focus(user, page.groups)
    picture(user, "settings_guards_large", "light", 1.25, (1680, 1050))
