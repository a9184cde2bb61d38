"""Where a rule is used: papers, check items, steps, terms, settings, and open cases."""

import inspect
import re
from dataclasses import replace

from inspector_app.domain.inspections import Answer
from inspector_app.domain.papers import ServiceMethod
from inspector_app.domain.steps import GUARDS
from inspector_app.services.cases import new_case
from inspector_app.services.desk import Desk
from inspector_app.services.inspections import InspectionForm, answer, start_inspection
from inspector_app.services.law_cases import _chain
from inspector_app.services.law_pages import (
    UseGroup,
    open_cases_of,
    uses_of,
)
from inspector_app.services.law_uses import GUARD_RULES
from inspector_app.services.rules import office_rules
from inspector_app.services.service_records import ServiceForm, record_service
from tests.helpers.desks import COUNTY, MONDAY, a_case_form, two_inspectors
from tests.helpers.steps import step
from tests.ui.pages.scene import ORDER, issued_paper


def group(groups: tuple[UseGroup, ...], title: str) -> dict[str, str]:
    """What a group holds: key and note."""
    found = next((one for one in groups if one.title == title), None)
    return {use.key: use.note for use in found.uses} if found else {}


# ── used by ──────────────────────────────────────────────────────────────────────────────────
def test_the_rules_guards_ask_for_are_those_the_browser_names() -> None:
    """GUARD_RULES repeats what the code of the guards asks the clocks for."""
    modules = {inspect.getmodule(guard) for guard in GUARDS.values()}
    asked = {one for module in modules if module for one in _terms(inspect.getsource(module))}
    named = {one for rules in GUARD_RULES.values() for one in rules if one.startswith("D")}
    assert asked == named
    for name, guard in GUARDS.items():
        assert _terms(inspect.getsource(guard)) <= set(GUARD_RULES.get(name, ())), name
    assert set(GUARD_RULES) <= set(GUARDS)


def _terms(source: str) -> set[str]:
    return set(re.findall(r'"(D\d\d)"', source))


def test_where_a_term_is_used(desk: Desk) -> None:
    uses = uses_of(desk, "D11")
    assert group(uses, "文书") == {"paper:penalty_notice": "起算"}
    steps = group(uses, "程序步骤")
    assert steps["rule:step:hearing_request"] == "完成"
    assert steps["rule:guard:hearing_over"] == "把关"
    assert group(uses_of(desk, "D20"), "其他规则")["rule:RM-PENALTY"] == "救济"
    assert group(uses_of(desk, "D16"), "其他规则") == {"rule:SV-PUBLICATION": "送达"}
    assert group(uses_of(desk, "D17"), "期限")["rule:D18"] == "由它的届满起算"
    assert group(uses_of(desk, "D06"), "设置") == {"setting:期限": "期限"}
    assert group(uses_of(desk, "D13"), "设置") == {"setting:期限": "期限"}


def test_where_other_rules_are_used(desk: Desk) -> None:
    act = uses_of(desk, "GZ-05")
    assert group(act, "文书")["paper:rectification_order"] == "检查发现后写入"
    assert set(group(act, "检查项")) == {"item:construction/C23", "item:construction/C24"}
    assert group(uses_of(desk, "RM-SUMMARY"), "文书") == {
        "paper:summary_penalty_decision": "写明救济途径"
    }
    step_uses = uses_of(desk, "step:penalty_notice")
    assert group(step_uses, "文书")["paper:penalty_notice"] == "要在卷"
    assert group(step_uses, "其他规则")["rule:guard:hearing_told"] == "把关"
    assert group(uses_of(desk, "step:file"), "期限")["rule:D05"] == "由它起算"
    guard = uses_of(desk, "guard:hearing_told")
    assert "rule:TH-HEARING-UNIT" in group(guard, "其他规则")
    assert group(guard, "程序步骤")["rule:step:penalty_notice"] == "把关"
    assert group(uses_of(desk, "MW-2025-1"), "设置") == {"setting:最低工资": "最低工资"}
    assert "setting:保证金" in group(uses_of(desk, "DP-CAP"), "设置")


def test_a_statute_names_everything_that_stands_on_it(desk: Desk) -> None:
    uses = uses_of(desk, "监察条例")
    assert group(uses, "期限")["rule:D05"] == "依据"
    assert group(uses, "程序步骤")["rule:step:file"] == "依据"
    assert group(uses, "其他规则")["rule:KJ-01"] == "违法行为"
    assert "paper:rectification_order" in group(uses, "文书")
    assert "item:construction/C53" in group(uses, "检查项")


# ── open cases ───────────────────────────────────────────────────────────────────────────────
def test_open_cases_a_term_or_a_step_bears_on(desk: Desk) -> None:
    people = two_inspectors(desk)
    form = a_case_form(lead_id=people[0].id, assist_id=people[1].id)
    case = new_case(desk, replace(form, filed_on=None))
    assert open_cases_of(desk, "D05") == ((), 0)
    step(desk, case.id, "file", MONDAY)
    uses, count = open_cases_of(desk, "D05")
    assert (count, uses[0].key) == (1, f"case:{case.id}")
    assert uses[0].title.startswith(case.case_no)
    assert uses[0].note.endswith("到期")
    assert [use.note for use in open_cases_of(desk, "step:file")[0]] == ["2026年9月28日登记"]
    assert open_cases_of(desk, "监察条例") == ((), 0)


def test_only_the_terms_a_term_hangs_on_are_counted(desk: Desk) -> None:
    terms = office_rules(desk).terms
    assert set(_chain(terms, terms["D05"])) == {"D05", "D16"}
    assert set(_chain(terms, terms["D24"])) >= {"D24", "D21", "D22", "D16"}


def test_open_cases_a_violation_was_found_in(desk: Desk) -> None:
    case = new_case(desk, a_case_form())
    visit = start_inspection(
        desk,
        InspectionForm("construction", MONDAY, COUNTY, employer_id=case.employer_id,
                       project_id=case.project_id, case_id=case.id),
    )  # fmt: skip
    assert open_cases_of(desk, "GZ-05") == ((), 0)
    answer(desk, visit.id, "C23", Answer.NO)
    assert [use.note for use in open_cases_of(desk, "GZ-05")[0]] == ["2026年9月28日检查发现"]
    assert open_cases_of(desk, "GZ-01") == ((), 0)


def test_open_cases_a_paper_or_a_service_is_in(desk: Desk) -> None:
    case = new_case(desk, a_case_form())
    paper = issued_paper(desk, case, ORDER, 7, MONDAY)
    assert [use.note for use in open_cases_of(desk, "RM-ORDER")[0]] == [paper.number]
    assert open_cases_of(desk, "SV-DIRECT") == ((), 0)
    form = ServiceForm((paper.id,), ServiceMethod.DIRECT, MONDAY, receiver="吴演示")
    record_service(desk, case.id, form)
    assert [use.note for use in open_cases_of(desk, "SV-DIRECT")[0]] == ["2026年9月28日送达"]
