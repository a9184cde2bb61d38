"""Reads liability.toml: who pays in which situation, and the facts an inspector is asked for."""

from collections.abc import Mapping
from pathlib import Path

from inspector_app.domain.law import Statute
from inspector_app.domain.rules import LiabilityRule, SituationFact
from inspector_app.library.law import basis
from inspector_app.library.rows import Row, by_id, read_toml

FILE = "resources/law/liability.toml"
LIMITS = ("", "unpaid_price")


def load_situation_facts(office: Path) -> dict[str, SituationFact]:
    """The facts that can be ticked, by code."""

    def read(row: Row) -> SituationFact:
        return SituationFact(row.text("code"), row.text("name"), row.flag("engineering"))

    return by_id(read_toml(office, FILE).rows("fact", "code"), read, key="code")


def load_liability(
    office: Path, statutes: Mapping[str, Statute], facts: Mapping[str, SituationFact]
) -> dict[str, LiabilityRule]:
    """The rows of the table, in the order they are tried."""
    top = read_toml(office, FILE)
    orders: dict[int, str] = {}

    def read(row: Row) -> LiabilityRule:
        rule = _rule(row, statutes, facts)
        if rule.order in orders:
            raise row.wrong(f"“order”与 {orders[rule.order]} 相同", "order")
        orders[rule.order] = rule.id
        return rule

    found = by_id(top.rows("rule"), read)
    top.rows("fact", "code")
    top.finish()
    return dict(sorted(found.items(), key=lambda pair: pair[1].order))


def _rule(
    row: Row, statutes: Mapping[str, Statute], facts: Mapping[str, SituationFact]
) -> LiabilityRule:
    needs = row.texts("needs")
    for code in needs:
        if code not in facts:
            raise row.wrong(f"“needs”里的“{code}”不是可以勾选的情形", "needs")
    limit = row.text("limit", "")
    if limit not in LIMITS:
        raise row.wrong("“limit”应为空或 unpaid_price", "limit")
    if not (needs and row.texts("payers")):
        raise row.wrong("“needs”和“payers”都不能为空")
    return LiabilityRule(
        id=row.text("id"),
        order=row.number("order"),
        situation=row.text("situation"),
        needs=needs,
        payers=row.texts("payers"),
        recourse=row.text("recourse", ""),
        limit=limit,
        basis=basis(row, statutes),
    )
