"""The tables say what the domain says, and refuse what makes no sense."""

import dataclasses
import types
from typing import Any, Union, get_args, get_origin, get_type_hints

import pytest
import sqlalchemy.exc
from sqlalchemy import Table

from inspector_app.domain.words import Word
from inspector_app.ledger.ledger import Ledger
from inspector_app.ledger.mapping import STORED, table_name
from inspector_app.ledger.schema import (
    AGGREGATES,
    BUSINESS,
    business_columns,
    is_root,
    merge_groups,
    metadata,
)
from tests.ledger.scenes import NOW, put_case

ROOTS = {
    "access_entry",
    "clue",
    "case",
    "employer",
    "project",
    "inspection",
    "inspector",
    "setting",
    "campaign",
    "fund",
    "template",
    "number_entry",
    "saved_view",
    "import_mapping",
    "rule_choice",
    "discretion_band",
    "calendar_year",
    "statute_text",
    "law_pack",
}


def table_of(cls: type[Any]) -> Table:
    return metadata.tables[table_name(cls)]


@pytest.mark.parametrize("cls", STORED, ids=lambda cls: cls.__name__)
def test_every_field_has_its_column_and_nothing_else_is_content(cls: type[Any]) -> None:
    fields = {field.name for field in dataclasses.fields(cls)}
    columns = {column.name for column in business_columns(table_of(cls))}
    assert columns - fields in (set(), {"city"})
    assert fields <= columns


@pytest.mark.parametrize("cls", STORED, ids=lambda cls: cls.__name__)
def test_a_column_may_be_null_exactly_when_the_field_may_be_none(cls: type[Any]) -> None:
    for name, hint in get_type_hints(cls).items():
        optional = get_origin(hint) in (Union, types.UnionType) and type(None) in get_args(hint)
        assert table_of(cls).c[name].nullable == optional, name


@pytest.mark.parametrize("cls", STORED, ids=lambda cls: cls.__name__)
def test_every_word_column_takes_the_codes_of_its_enum_only(cls: type[Any]) -> None:
    for name, hint in get_type_hints(cls).items():
        if isinstance(hint, type) and issubclass(hint, Word):
            (check,) = table_of(cls).c[name].constraints
            assert all(f"'{member.value}'" in str(check.sqltext) for member in hint)  # type: ignore[attr-defined]  # a CHECK has it


def test_every_business_table_stores_a_known_type() -> None:
    assert {table.name for table in BUSINESS} == {table_name(cls) for cls in STORED}
    assert len(AGGREGATES) == 7


def test_every_table_has_an_id_a_revision_and_a_city() -> None:
    for table in BUSINESS:
        assert table.c.id.primary_key
        assert table.c.row_rev.info["machinery"]
        assert not table.c.city.nullable


def test_roots_have_a_scope_and_children_a_root_id() -> None:
    assert {table.name for table in BUSINESS if is_root(table)} == ROOTS
    for table in BUSINESS:
        if is_root(table):
            assert not table.c.scope.nullable
        else:
            for column, root in table.info["roots"]:
                assert is_root(metadata.tables[root])
                assert {key.column.table.name for key in table.c[column].foreign_keys} == {root}


def test_merge_groups_keep_together_what_is_one_fact() -> None:
    groups = {table.name: merge_groups(table) for table in BUSINESS}
    assert groups["wage_claim"]["money"] == ("due_fen", "paid_fen", "withheld_fen")
    assert groups["case"]["stage"] == ("stage", "filed_on", "closed_on", "closing_note")
    assert groups["case"]["note"] == ("note",)
    assert groups["employer"]["employer"] == ("name", "credit_code", "legal_person")
    assert groups["clue"]["employer"] == ("employer_name", "credit_code")
    assert {"state", "number", "sha256", "void_reason"} <= set(groups["paper"]["state"])


def test_personal_data_is_marked() -> None:
    marked = {
        f"{table.name}.{column.name}"
        for table in BUSINESS
        for column in table.columns
        if column.info.get("pii")
    }
    assert {
        "worker.name",
        "worker_private.id_number",
        "worker_private.phone",
        "worker_private.bank_card",
        "clue_person.name",
        "clue_person.id_number",
        "paper.values",
    } <= marked
    assert not any(name.startswith(("employer.", "project.")) for name in marked)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE \"case\" SET stage = 'Z99'",
        "UPDATE \"case\" SET received_on = '2026/9/21'",
        'UPDATE "case" SET received_on = NULL',
        'UPDATE "case" SET stated_fen = 12.5',
        'UPDATE "case" SET stated_fen = -1',
        "UPDATE \"case\" SET stated_fen = '12元'",
        "UPDATE \"case\" SET scope = ''",
        "UPDATE \"case\" SET id = 'another'",
        "UPDATE employer SET name = ''",
        "INSERT INTO worker VALUES ('w', 'nobody', '演示工人', '', '', 0, '410400', 0)",
        "INSERT INTO todo VALUES ('t', 'case-1', '', '2026-09-21', 'hand', NULL, NULL, '', '4', 0)",
    ],
)
def test_the_tables_refuse_what_makes_no_sense(ledger: Ledger, change: str) -> None:
    put_case(ledger)
    with (
        pytest.raises(sqlalchemy.exc.IntegrityError),
        ledger.work("乱写", actor="演示监察员1", at=NOW) as uow,
    ):
        uow.connection.exec_driver_sql(change)


def test_whom_a_service_reached_is_one_fact_with_how_and_when() -> None:
    columns = metadata.tables["service"].c
    groups = {name: columns[name].info["group"] for name in ("party", "method", "served_on")}
    assert set(groups.values()) == {"service"}
    assert columns["party"].info["since"] == 4
    assert columns["party"].info["pii"]
