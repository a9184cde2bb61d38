"""Every form starts from facts the ledger can tell, and may be drafted where nothing is known."""

import re

import pytest

from inspector_app.domain.papers import FieldType
from inspector_app.library.office import forms_dir
from inspector_app.services.desk import Desk
from inspector_app.services.facts import case_facts
from inspector_app.services.papers import complete

KINDS = sorted(folder.parent.name for folder in (forms_dir() / "papers").glob("*/form.toml"))
LITERAL = "="
TOLD = (  # what a fact is told by its name; every other fact is words
    (
        FieldType.DATE,
        re.compile(r"today|due\.\w+|\S+\.(on|until|deadline|\w+_on)"),
    ),
    (FieldType.MONEY, re.compile(r"\S+(_fen|[._]amount)")),
    (FieldType.INTEGER, re.compile(r"claims\.workers")),
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
