"""Every form starts from facts the ledger can tell, and may be drafted where nothing is known."""

import re

import pytest

from inspector_app.domain.papers import Audience, FieldType
from inspector_app.library.office import forms_dir
from inspector_app.services.cases import new_case
from inspector_app.services.claims import ClaimForm, add_claims
from inspector_app.services.desk import Desk
from inspector_app.services.facts import case_facts
from inspector_app.services.order_facts import named_unit
from inspector_app.services.papers import complete
from tests.helpers.desks import a_case_form

KINDS = sorted(folder.parent.name for folder in (forms_dir() / "papers").glob("*/form.toml"))
LITERAL = "="
TOLD = (  # what a fact is told by its name; every other fact is words
    (
        FieldType.DATE,
        re.compile(r"today|due\.\w+|\S+\.(on|until|deadline|\w+_on)"),
    ),
    (FieldType.MONEY, re.compile(r"\S+(_fen|[._]amount)")),
    (FieldType.INTEGER, re.compile(r"claims\.workers|case\.stated_workers")),
    (FieldType.INSPECTOR, re.compile(r"inspectors\.\d")),
    (FieldType.TABLE, re.compile(r"claims\.table|papers\.to_serve")),
)


@pytest.mark.parametrize("name", KINDS)
def test_a_default_names_a_fact_or_is_a_text(desk: Desk, name: str) -> None:
    facts = case_facts(desk, None)
    asked = [one for one in desk.library.kinds[name].fields if one.default]
    unknown = [
        f"{one.id}: {one.default}"
        for one in asked
        if not one.default.startswith(LITERAL) and one.default not in facts
    ]
    assert unknown == []


@pytest.mark.parametrize("name", KINDS)
def test_a_text_as_default_fits_its_field(desk: Desk, name: str) -> None:
    for field in desk.library.kinds[name].fields:
        if field.default.startswith(LITERAL):
            assert field.type in {FieldType.LINE, FieldType.TEXT, FieldType.CHOICE}, field.id
            assert not field.options or field.default[1:] in field.options, field.id
            assert not field.max_length or len(field.default) - 1 <= field.max_length, field.id


@pytest.mark.parametrize("name", KINDS)
def test_days_sums_people_and_tables_come_only_from_facts_of_their_kind(
    desk: Desk, name: str
) -> None:
    for field in desk.library.kinds[name].fields:
        if field.default and not field.default.startswith(LITERAL):
            told = next((kind for kind, names in TOLD if names.fullmatch(field.default)), None)
            wanted = field.type if field.type in {kind for kind, _ in TOLD} else None
            assert told is wanted, f"{field.id}: {field.default}"


@pytest.mark.parametrize("name", KINDS)
def test_a_form_may_be_drafted_where_nothing_is_known(desk: Desk, name: str) -> None:
    kind = desk.library.kinds[name]
    values = complete(desk, kind, {}, None)
    assert list(values) == [field.id for field in kind.fields]


@pytest.mark.parametrize("project", ["城东安置房三标段", ""])
def test_only_the_unit_itself_is_spoken_to_as_the_one_that_owes(desk: Desk, project: str) -> None:
    """A letter to the police told its reader that he had not paid his workers."""
    case = new_case(desk, a_case_form(project=project))
    add_claims(desk, case.id, [ClaimForm(name="向大山", due_fen=1_860_000)])
    others = [one for one in desk.library.kinds.values() if one.audience is not Audience.PARTY]
    for kind in others:
        drawn = [one.id for one in kind.fields if not one.default.startswith(LITERAL)]
        values = complete(desk, kind, {}, case.id)
        accused = [one for one in drawn if "你单位" in str(values[one] or "")]
        assert accused == [], kind.id
    told = complete(desk, desk.library.kinds["transfer_letter"], {}, case.id)["facts"]
    assert str(told).startswith("青禾建筑劳务有限公司")
    order = complete(desk, desk.library.kinds["rectification_order"], {}, case.id)["facts"]
    assert str(order).startswith("你单位")


def test_the_register_of_a_report_says_what_was_reported(desk: Desk) -> None:
    case = new_case(desk, a_case_form(workers=3, amount_fen=7_000_000))
    add_claims(desk, case.id, [ClaimForm(name="向大山", due_fen=1_860_000)])
    register = complete(desk, desk.library.kinds["intake_form"], {}, case.id)
    assert (register["workers"], register["amount"]) == (3, 7_000_000)
    assert complete(desk, desk.library.kinds["rectification_order"], {}, case.id)["workers"] == 1


def test_a_unit_is_named_once_and_then_spoken_of() -> None:
    assert named_unit("你单位欠薪。你单位未报。", "甲公司") == "甲公司欠薪。该单位未报。"
    assert named_unit("你单位欠薪。", "") == "该单位欠薪。"
