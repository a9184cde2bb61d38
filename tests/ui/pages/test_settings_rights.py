"""Roles on the people page and the register of looks beside it."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from inspector_app.domain.rights import Role
from inspector_app.services import settings
from inspector_app.services.access import reveal_clue, reveal_workers
from inspector_app.services.case_sheet import case_sheet
from inspector_app.ui.pages.settings.page import LOOKED_AT, PEOPLE, SettingsPage
from inspector_app.ui.pages.settings.people import OFF, ON
from tests.ui.pages.conftest import Driver, Picture


def opened(user: Driver, group: str) -> SettingsPage:
    page = user.open("settings", group)
    assert isinstance(page, SettingsPage)
    return page


def give_roles(user: Driver, page: SettingsPage, name: str, *roles: Role) -> None:
    people = settings.inspectors(user.scene.desk)
    page.people.edit(next(one for one in people if one.name == name))
    form = page.people.slot.form
    assert form is not None
    form.form.fields["roles"].set_value(tuple(role.value for role in roles))
    form.submit()
    user.quiet()


def looked(user: Driver) -> None:
    """A worker's numbers, and who reported a clue."""
    scene = user.scene
    case = scene.cases["青禾建筑劳务有限公司"].id
    worker = case_sheet(scene.desk, case).claims[0].worker.id
    reveal_workers(scene.desk, case, "核发工资", worker_id=worker)
    reveal_clue(scene.desk, next(iter(scene.clues.values())).id, "答复反映人")


def roles_are_ticked(user: Driver, picture: Picture) -> None:
    """They count from the first administrator on."""
    page = opened(user, PEOPLE)
    assert page.people.state.text().endswith(OFF)
    give_roles(user, page, "赵强", Role.AUDITOR, Role.INSPECTOR)
    form = page.people.slot.form
    assert form is not None
    assert "不能兼任" in form.form.fields["roles"].error()
    give_roles(user, page, "赵强")
    assert "职责" in form.form.fields["roles"].error()
    give_roles(user, page, "赵强", Role.ADMINISTRATOR)
    assert page.people.state.text().endswith(ON)
    row = next(one for one in page.people.table.rows_model.rows() if one.name == "赵强")
    assert row.roles == {Role.ADMINISTRATOR}
    page.people.edit(next(r for r in page.people.table.rows_model.rows() if r.name == "周岚"))
    picture(user, "settings_people_roles", "light", 1.0, (1366, 768))


def the_register_is_shown_and_written(
    user: Driver, path: Path, monkeypatch: pytest.MonkeyPatch, picture: Picture
) -> None:
    page = opened(user, LOOKED_AT)
    assert page.looks.table.rows_model.rowCount() == 0
    looked(user)
    page = opened(user, LOOKED_AT)
    told = [one.entry.why for one in page.looks.table.rows_model.rows()]
    assert told == ["答复反映人", "核发工资"]
    answers = iter(["", str(path)])
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (next(answers), ""))
    page.looks.export.click()
    page.looks.export.click()
    user.quiet()
    assert user.toast() == "已导出 2 行：登记簿.xlsx"
    picture(user, "settings_looks", "light", 1.0, (1366, 768))


def test_roles_and_the_register_of_looks(
    user: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, picture: Picture
) -> None:
    """One window for all of it: to open one costs more than to look at it."""
    the_register_is_shown_and_written(user, tmp_path / "登记簿", monkeypatch, picture)
    roles_are_ticked(user, picture)
    page = opened(user, LOOKED_AT)  # 赵强 is the administrator now, 李明 sits here
    assert page.looks.table.rows_model.rowCount() == 0
    give_roles(user, page, "周岚", Role.LEADER, Role.ADMINISTRATOR)
    leader = next(one for one in settings.inspectors(user.scene.desk) if one.name == "周岚")
    assert Role.ADMINISTRATOR not in leader.roles
