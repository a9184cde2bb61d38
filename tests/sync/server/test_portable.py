"""The statements of the shared side keep to what the engines of other vendors know too."""

import re
from collections.abc import Iterator

import pytest

from inspector_app.sync.server.definitions import Definition, definitions
from inspector_app.sync.server.install import Migration, migrations

TEXTS: list[Migration | Definition] = [*migrations(), *definitions()]

# Word by word the portable subset: what other engines lack, and what makes a wrong cursor.
NOT_PORTABLE = {
    r"\bon\s+conflict\b": "insert after looking, under the head's lock",
    r"\bmerge\s+into\b": "as above",
    r"\bpg_(try_)?advisory\w*": "lock the head's row",
    r"\b(xid8?|xmin|txid_\w+|pg_current_xact\w*|pg_snapshot\w*|pg_current_snapshot)\b": "no order",
    r"\b(big|small)?serial\b|\bnextval\b|\bcreate\s+sequence\b": "no order",
    r"\bgenerated\b.*\bidentity\b": "no order",
    r"\b(listen|notify|pg_notify)\b": "not for correctness",
    r"\bdeferrable\b|\bset\s+constraints\b": "not everywhere",
    r"\bcreate\s+extension\b": "nothing but PostgreSQL itself",
    r"\bexecute\s+(?!procedure\b|on\b|function\b)": "no statement is made of what a client sent",
    r"\bformat\s*\(|\bquote_(ident|literal|nullable)\b": "as above",
    r"\bskip\s+locked\b|\bnowait\b": "whoever waits gets its turn",
    r"\bnow\s*\(\)|\bcurrent_timestamp\b|\btransaction_timestamp\b": "clock_timestamp()",
    r"\bcurrent_user\b|\bcurrent_setting\b": "session_user alone says who asks",
    r"\bpg_catalog\.set_config\b|\bset\s+local\b": "settings are the database's",
    r"\bcascade\b": "nothing vanishes behind a statement",
}  # fmt: skip

KNOWN = (
    "current_setting('transaction_isolation')",  # refuses; it says nothing of who asks
    "l.at < transaction_timestamp()",  # what this very transaction wrote may be undone
    "d.pushed_at < transaction_timestamp()",  # as above
    "x.at < transaction_timestamp()",  # as above
)


def bare(text: str) -> str:
    """Without comments and without the words in quotes."""
    return re.sub(r"'(?:[^']|'')*'", "''", re.sub(r"--[^\n]*", "", text))


def slips(text: str) -> Iterator[str]:
    for known in KNOWN:
        text = text.replace(known, "true")
    for pattern, why in NOT_PORTABLE.items():
        for found in re.finditer(pattern, bare(text), re.IGNORECASE):
            yield f"{found.group(0)!r}: {why}"


def functions(text: str) -> list[tuple[str, str]]:
    """(name, head) of every function made there."""
    found = re.findall(
        r"create (?:or replace )?function ([\w.]+)(.*?)as \$\$", text, re.DOTALL | re.IGNORECASE
    )
    return [(name, head) for name, head in found]


@pytest.mark.parametrize("one", TEXTS, ids=lambda one: one.name)
def test_the_subset_is_kept(one: Migration | Definition) -> None:
    assert list(slips(one.text)) == []


@pytest.mark.parametrize("one", definitions(), ids=lambda one: one.name)
def test_what_a_client_calls_has_a_fixed_path(one: Definition) -> None:
    for name, head in functions(one.text):
        outer = name.startswith("sync_v1.")
        assert ("security definer" in head) == (outer or name == "sync.reads"), name
        if outer:
            assert "set search_path = pg_catalog, sync, pg_temp" in head, name


def test_numbers_of_migrations_have_no_gap() -> None:
    assert [one.number for one in migrations()] == list(range(1, len(migrations()) + 1))


def test_a_function_is_defined_once_and_a_table_in_a_numbered_step() -> None:
    made = [name for one in definitions() for name, _ in functions(one.text)]
    assert len(made) == len(set(made)) > 100
    assert not any(functions(one.text) for one in migrations())
    assert not any(re.search(r"create (table|type|index)", one.text) for one in definitions())


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO t VALUES (1) ON\nCONFLICT DO NOTHING",
        "select pg_advisory_xact_lock(1)",
        "create table t (id bigserial)",
        "a bigint generated always as identity",
        "select txid_current()",
        "where xmin::text = '1'",
        "execute format('select %I', x)",
        "execute query using x",
        "select now()",
    ],
)
def test_the_look_finds_what_it_is_for(statement: str) -> None:
    assert list(slips(statement))


def test_comments_and_texts_are_not_statements() -> None:
    assert list(slips("-- on conflict\nselect 'now()', 'it''s now()'")) == []
