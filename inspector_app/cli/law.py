"""`law`: look up any row of the rule pack, list its rows, and check that all of it is complete."""

from collections.abc import Iterator, Mapping

import click

from inspector_app.cli import law_choices, law_packs, law_texts
from inspector_app.cli.problems import answer_check
from inspector_app.cli.session import Json, Session, pass_session, plain
from inspector_app.cli.verbs import VerbGroup
from inspector_app.domain.law import UNDATED, Basis, Fine, Multiple
from inspector_app.domain.money import yuan
from inspector_app.domain.rules import Figure
from inspector_app.domain.words import Word
from inspector_app.errors import UserError
from inspector_app.library.check import check_law
from inspector_app.library.pack import PackRow, RowKind, find_row, pack_rows

WORDS = {
    "start_event": "起算",
    "length": "长度",
    "unit": "单位",
    "extension": "延长",
    "extension_note": "延长条件",
    "setting": "由设置填",
    "liable": "责任主体",
    "breaches": "违反",
    "penalties": "罚则",
    "order_first": "先责令改正",
    "unit_fine": "单位罚款",
    "person_fine": "个人罚款",
    "multiple": "按倍数",
    "stop_work": "停工",
    "triggers": "去向",
    "evidence": "证据",
    "area_class": "类别",
    "month_fen": "月标准",
    "hour_fen": "小时标准",
    "needs": "情形",
    "payers": "清偿的人",
    "recourse": "追偿",
    "review_term": "复议期限",
    "suit_term": "起诉期限",
    "review_first": "先复议",
    "proofs": "凭据",
    "when": "条件",
    "only_kinds": "只用于",
    "local_says": "地方规定",
    "national_says": "上位法",
    "advice": "处理",
    "meaning": "含义",
    "examples": "例如",
    "number": "文号",
}
"""Fields told on screen, in this order; scripts get every field from `--json`."""


@click.group(cls=VerbGroup)
def command() -> None:
    """法规库：查询、列表与自检。"""


@command.command("show")
@click.argument("rule", metavar="ID")
@pass_session
def show(session: Session, rule: str) -> None:
    """一条规则（期限、违法行为、数值、清偿、救济、送达、最低工资、法规），连同依据和核实程度。"""
    library = session.library()
    found = find_row(library, rule)
    if found is None:
        message = f"法规库中没有“{rule}”。"
        raise UserError(message, field="rule", kind="unknown")
    names = {row.id: row.name for row in pack_rows(library) if row.kind is not RowKind.STATUTE}
    session.answer(_document(found), *_lines(found, names))


@command.command("list")
@click.option(
    "--kind",
    type=click.Choice([one.value for one in RowKind]),
    help="只列一种：期限 term、违法行为 violation、数值 figure 等",
)
@click.option("--text", "words", metavar="WORDS", help="编号、名称、依据或者说明里有这些字")
@pass_session
def listed(session: Session, kind: str | None, words: str | None) -> None:
    """列出法规库的各条规则和核实程度。"""
    rows = [
        row
        for row in pack_rows(session.library())
        if kind in (None, row.kind.value) and (not words or _mentions(row, words))
    ]
    brief: list[Json] = [
        {"id": row.id, "kind": str(row.kind.value), "name": row.name, **_standing(row.basis)}
        for row in rows
    ]
    session.answer({"rows": brief, "total": len(rows)}, *(_brief(row) for row in rows))


@command.command("check")
@pass_session
def check(session: Session) -> None:
    """检查全部规则能否读出、是否完整。"""
    answer_check(session, check_law(session.parts.office()), "规则齐全。")


def _document(row: PackRow) -> dict[str, Json]:
    cells = plain(row.value)
    assert isinstance(cells, dict)  # noqa: S101 - every row of the pack is a dataclass
    cells.pop("basis", None)
    said: dict[str, Json] = {"said": row.value.said} if isinstance(row.value, Figure) else {}
    head: dict[str, Json] = {"id": row.id, "kind": str(row.kind.value), "name": row.name}
    return cells | head | said | _standing(row.basis)


def _standing(basis: Basis | None) -> dict[str, Json]:
    """What a row stands on; a day nobody saw is null, a word that is no rule stands on nothing."""
    if basis is None:
        return {"articles": [], "text_level": None, "force_level": None, "effective_from": None,
                "effective_to": None, "note": "", "level_words": ""}  # fmt: skip
    begins = None if basis.effective_from == UNDATED else basis.effective_from
    return {
        "articles": list(basis.articles),
        "text_level": str(basis.text_level.value),
        "force_level": str(basis.force_level.value),
        "effective_from": plain(begins),
        "effective_to": plain(basis.effective_to),
        "note": basis.note,
        "level_words": basis.level_words,
    }


def _mentions(row: PackRow, words: str) -> bool:
    basis = row.basis
    said = [row.id, row.name, *((*basis.articles, basis.note) if basis else ())]
    return words.strip().casefold() in "\n".join(said).casefold()


def _brief(row: PackRow) -> str:
    level = f"（{row.basis.level_words}）" if row.basis else ""
    value = f"：{row.value.said}" if isinstance(row.value, Figure) else ""
    return f"{row.id} {row.name}{value}{level}"


def _lines(row: PackRow, names: Mapping[str, str]) -> Iterator[str]:
    """The row in words; what is empty is left out, what it refers to is named."""
    yield f"{row.id} {row.name}（{row.kind.label}）"
    if isinstance(row.value, Figure):
        yield f"数值：{row.value.said}"
    for key, label in WORDS.items():
        cell = getattr(row.value, key, None)
        if cell in (None, "", (), False):
            continue
        said = f"{yuan(cell)} 元" if key.endswith("_fen") else _said(cell, names)
        yield f"{label}：{said}"
    if row.basis is None:
        return
    if row.basis.articles:
        yield f"依据：{'、'.join(row.basis.articles)}"
    yield f"核实：{row.basis.level_words}"
    if row.basis.effective_from != UNDATED:
        end = f"至 {row.basis.effective_to}" if row.basis.effective_to else "起"
        yield f"施行：{row.basis.effective_from} {end}"
    if row.basis.note:
        yield f"说明：{row.basis.note}"


def _said(cell: object, names: Mapping[str, str]) -> str:
    if isinstance(cell, Word):
        return cell.label or str(cell.value)
    if isinstance(cell, Fine):
        return f"{yuan(cell.low_fen)} 元至 {yuan(cell.high_fen)} 元（{cell.per.label}）"
    if isinstance(cell, Multiple):
        return f"{cell.of}的 {cell.low_percent}% 至 {cell.high_percent}%"
    if isinstance(cell, tuple):
        return "；".join(
            " 或者 ".join(_said(part, names) for part in one)
            if isinstance(one, tuple)
            else _said(one, names)
            for one in cell
        )
    return "是" if cell is True else names.get(str(cell), str(cell))


for _verb in (*law_choices.VERBS, law_texts.text, law_packs.pack):
    command.add_command(_verb)
