"""Reads service.toml: the ladder of service, what proves each rung, and the sorts of proof."""

from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path

from inspector_app.domain.law import Statute
from inspector_app.domain.papers import Service, ServiceMethod
from inspector_app.domain.rules import ProofKind, ServiceRule
from inspector_app.library.law import basis
from inspector_app.library.rows import Row, by_id, read_toml

FILE = "resources/law/service.toml"
RECORD = frozenset(one.name for one in fields(Service))
OR = "|"


def load_proof_kinds(office: Path) -> dict[str, ProofKind]:
    """Sorts of proof by code; each is borne by a field of the service record."""

    def read(row: Row) -> ProofKind:
        kind = ProofKind(row.text("code"), row.text("name"), row.text("field"))
        if kind.field not in RECORD:
            raise row.wrong(f"“field”写的是“{kind.field}”，送达记录没有这一项", "field")
        return kind

    return by_id(read_toml(office, FILE).rows("proof", "code"), read, key="code")


def load_service_rules(
    office: Path, statutes: Mapping[str, Statute], proofs: Mapping[str, ProofKind]
) -> dict[str, ServiceRule]:
    """Rungs by the code of their method, from the first to be tried to the last."""
    top = read_toml(office, FILE)
    found = by_id(top.rows("rule"), lambda row: _rule(row, statutes, proofs))
    top.rows("proof", "code")
    top.finish()
    ladder = sorted(found.values(), key=lambda one: one.order)
    if [one.order for one in ladder] != list(range(1, len(ladder) + 1)):
        raise top.wrong("“order”应从 1 起逐个相连")
    missing = [one.label for one in ServiceMethod if one.value not in {r.method for r in ladder}]
    if missing or len(ladder) > len(ServiceMethod):
        raise top.wrong(f"每种送达方式应恰有一条，缺少：{'、'.join(missing) or '无'}")
    return {one.method: one for one in ladder}


def _rule(
    row: Row, statutes: Mapping[str, Statute], proofs: Mapping[str, ProofKind]
) -> ServiceRule:
    groups = tuple(tuple(group.split(OR)) for group in row.texts("proofs"))
    for code in (code for group in groups for code in group):
        if code not in proofs:
            raise row.wrong(f"“proofs”里的“{code}”不是送达凭据", "proofs")
    return ServiceRule(
        id=row.text("id"),
        method=str(row.word("method", ServiceMethod).value),
        order=row.number("order"),
        name=row.text("name"),
        proofs=groups,
        term=row.text("term", ""),
        only_kinds=row.texts("only_kinds", ()),
        when=row.text("when"),
        basis=basis(row, statutes),
    )
