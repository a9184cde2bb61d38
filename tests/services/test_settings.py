"""The bureau's choices."""

from dataclasses import replace
from pathlib import Path

import pytest

from inspector_app.domain.office import Inspector
from inspector_app.errors import UserError
from inspector_app.services import settings, station
from inspector_app.services.desk import Desk
from tests.helpers.desks import two_inspectors


def test_a_setting_is_the_default_until_chosen(desk: Desk) -> None:
    assert settings.get(desk, "rectification_unit") == "工作日"

    settings.save(desk, {"rectification_unit": "自然日", "phone": " 0375-1 "})
    settings.save(desk, {"rectification_unit": "自然日"})

    assert settings.get(desk, "rectification_unit") == "自然日"
    assert settings.bureau(desk).phone == "0375-1"


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("no_such_key", "1"),
        ("rectification_unit", "星期"),
        ("rectification_days", "五"),
        ("rectification_days", "0"),
        ("rectification_days", "99999999"),
        ("paper_number_template", "{年}号"),
        ("case_number_template", "{年}"),
        ("default_scope", "1"),
        ("bureau_name", ""),
        ("bureau_name", "甲局\n乙局"),
        ("bureau_name", "局" * 101),
        ("org_char", "{序号}"),
        ("watch_char", "监 察"),
        ("paper_number_template", "{文种}/{年}/{序号}"),
    ],
)
def test_a_value_that_will_not_do_is_refused(desk: Desk, key: str, value: str) -> None:
    with pytest.raises(UserError):
        settings.save(desk, {"phone": "1", key: value})

    assert settings.get(desk, "phone") == ""


def test_an_unknown_setting_is_told(desk: Desk) -> None:
    with pytest.raises(UserError, match="没有名为"):
        settings.get(desk, "no_such_key")


def test_inspectors_have_a_name_and_a_certificate_of_their_own(desk: Desk) -> None:
    li, zhao = two_inspectors(desk)
    assert (li.name, zhao.name) == ("李明", "赵强")

    twin = Inspector("", "另一人", desk.city, desk.city, li.certificate)
    with pytest.raises(UserError, match="已属于"):
        settings.save_inspector(desk, twin)
    with pytest.raises(UserError, match="姓名"):
        settings.save_inspector(desk, Inspector("", " ", desk.city, desk.city))


def test_an_inspector_who_left_is_not_offered(desk: Desk) -> None:
    li, zhao = two_inspectors(desk)

    settings.save_inspector(desk, replace(li, active=False))

    assert settings.inspectors(desk) == [zhao]
    assert len(settings.inspectors(desk, active_only=False)) == 2


def test_the_pc_remembers_who_sits_there(tmp_path: Path) -> None:
    folder = tmp_path
    assert station.load(folder) == station.Station()

    station.save(folder, station.Station("id-1", "李明"))
    assert station.load(folder).name == "李明"

    (folder / station.FILE).write_text("[1", encoding="utf-8")
    assert station.load(folder) == station.Station()
    (folder / station.FILE).write_text("[1]", encoding="utf-8")
    assert station.load(folder) == station.Station()


def test_another_inspector_acts_under_his_own_name(desk: Desk) -> None:
    _, zhao = two_inspectors(desk)

    as_zhao = settings.acting(desk, " 赵强 ")

    assert (as_zhao.actor, as_zhao.actor_id) == ("赵强", zhao.id)
    with pytest.raises(UserError, match="在岗监察员"):
        settings.acting(desk, "无此人")
