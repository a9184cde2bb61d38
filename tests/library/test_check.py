"""The check of the whole library: what `forms check` and `law check` report."""

from pathlib import Path

from inspector_app.library.check import LibraryProblem, check_forms, check_law, check_library
from inspector_app.library.loading import Library
from inspector_app.library.office import office_dir
from tests.library.shelf import (
    CONSTRUCTION,
    EVIDENCE,
    LIABILITY,
    SETTINGS,
    STATUTES,
    TERMS,
    THRESHOLDS,
    edit,
    problems,
)


def test_what_is_shipped_has_no_problem() -> None:
    assert check_library(office_dir()) == []


def test_every_shipped_paper_kind_is_in_the_library(library: Library) -> None:
    folders = {one.parent.name for one in (office_dir() / "forms/papers").glob("*/form.toml")}
    assert library.kinds.keys() == folders
    assert {"rectification_order", "interview_notice", "inquiry_notice"} <= folders


def test_law_and_forms_are_checked_apart(office: Path) -> None:
    edit(office, TERMS, "length = 5", 'length = "five"')
    edit(office, CONSTRUCTION, 'id = "C02"', 'id = "C01"')
    assert [one.kind for one in check_law(office)] == ["term"]
    assert [one.kind for one in check_forms(office)] == ["checklist"]


def test_a_paper_that_names_a_setting_nobody_declared_is_found(office: Path) -> None:
    edit(office, SETTINGS, 'key = "order_remedies"', 'key = "order_remedy"')
    assert problems(office, "form") == [
        LibraryProblem("form", "rectification_order", "没有“order_remedies”这项设置")
    ]


def test_a_paper_that_does_not_load_is_told_and_the_others_are_checked(office: Path) -> None:
    edit(office, "forms/papers/interview_notice/form.toml", "layout = ", "layouts = ")
    found = problems(office, "form")
    assert [one.where for one in found] == ["interview_notice"]
    assert "缺少“layout”" in found[0].message


def test_settings_that_do_not_load_hide_no_paper(office: Path) -> None:
    edit(office, SETTINGS, 'key = "bureau_name"', "key = ")
    kinds = {one.kind for one in check_library(office)}
    assert "setting" in kinds


def test_an_office_without_papers_is_not_complete(office: Path) -> None:
    for form in (office / "forms/papers").glob("*/form.toml"):
        form.unlink()
    assert [one.message for one in problems(office, "form")] == ["没有任何文种"]


def test_an_id_used_by_two_kinds_of_rows_is_found(office: Path) -> None:
    edit(office, THRESHOLDS, 'id = "TH-LIMIT-HARM"', 'id = "GZ-05"')
    edit(office, EVIDENCE, 'code = "E13"', 'code = "direct_hire"')
    found = check_law(office)
    assert [one.message for one in found if "编号" in one.message] == [
        "编号与“违法行为”的一条相同",
        "编号与“证据”的一条相同",
    ]
    assert LibraryProblem("figure", "GZ-05", "编号与“违法行为”的一条相同") in found


def test_a_part_that_only_suffers_from_another_is_not_blamed(office: Path) -> None:
    edit(office, STATUTES, 'text = "full"', 'text = "read"')
    edit(office, LIABILITY, "order = 1\n", "order = \n")
    found = check_law(office)
    assert [one.kind for one in found] == ["statute", "liability"]
    assert found[0].where.startswith(f"{STATUTES} 第 ")
    assert found[1].message.startswith(f"{LIABILITY} 第 ")


def test_each_part_of_the_pack_is_read_once(library: Library) -> None:
    for part in (
        "figures", "minimum_wages", "situation_facts", "liability", "remedies", "proof_kinds",
        "service_rules", "henan_conflicts", "statutes", "violations",
    ):  # fmt: skip
        assert getattr(library, part) is getattr(library, part), part
