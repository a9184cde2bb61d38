"""`law text`: official texts the bureau brings in, shown, searched and checked against."""

from datetime import date
from pathlib import Path

import click

from inspector_app.cli.options import READABLE, Day
from inspector_app.cli.problems import answer_check
from inspector_app.cli.session import Json, Session, pass_session, plain
from inspector_app.cli.verbs import VerbGroup
from inspector_app.domain.law import read_citation
from inspector_app.errors import UserError
from inspector_app.library.check import LibraryProblem
from inspector_app.services.statutes import (
    all_texts,
    beside,
    current_texts,
    find_statute,
    import_text,
    missing_articles,
    search_texts,
)


@click.group("text", cls=VerbGroup)
def text() -> None:
    """法规原文：导入、查看、查找、核对条文。"""


@text.command("import")
@click.argument("file", type=READABLE)
@click.option("--statute", required=True, metavar="SHORT", help="法规简称或全称，如 工资条例")
@click.option("--from", "since", type=Day(), help="这一版本的施行日期")
@click.option("--note", default="", help="来源说明")
@pass_session
def import_(session: Session, file: Path, statute: str, since: date | None, note: str) -> None:
    """导入一部法规的官方文本（.md、.txt、.docx），按条拆分。"""
    made = import_text(session.desk(), file, statute, since, note)
    for one in made.notes:
        session.remark(one)
    stored = made.stored
    document: dict[str, Json] = {
        "id": stored.id,
        "statute": stored.short,
        "title": stored.title,
        "file": stored.source,
        "sha256": stored.sha256,
        "articles": made.articles,
        "last_article": made.last_article,
        "notes": list(made.notes),
    }
    session.answer(document, f"已导入《{stored.title}》，到第 {made.last_article} 条。")


@text.command("list")
@pass_session
def list_(session: Session) -> None:
    """导入过的全部原文；同一法规以标明的一份为准。"""
    desk = session.desk()
    current = {one.id for one in current_texts(desk).values()}
    texts = all_texts(desk)
    rows: list[Json] = [
        {
            "id": one.id,
            "statute": one.short,
            "title": one.title,
            "file": one.source,
            "imported_on": plain(one.imported_on),
            "effective_from": plain(one.effective_from),
            "current": one.id in current,
        }
        for one in texts
    ]
    lines = [
        f"{one.short}：{one.title}（{one.source}，{one.imported_on} 导入）"
        + ("，以此为准" if one.id in current else "")
        for one in texts
    ]
    session.answer({"texts": rows}, *(lines or ["还没有导入法规原文。"]))


@text.command("show")
@click.argument("statute", metavar="SHORT")
@click.argument("article")
@pass_session
def show(session: Session, statute: str, article: str) -> None:
    """原文的一条，如 law text show 工资条例 28。"""
    desk = session.desk()
    known = find_statute(desk, statute)
    try:
        citation = read_citation(f"{known.short} {article}")
    except UserError as error:
        message = f"条号“{article}”看不懂，应如 28 或者 276之一。"
        raise UserError(message, field="article") from error
    found = beside(desk, [citation])
    if not found:
        imported = known.short in current_texts(desk)
        why = f"导入的文本里没有{citation.place}" if imported else "还没有导入它的原文"
        raise UserError(f"《{known.name}》：{why}。", field="article", kind="not_found")
    (one,) = found
    document: dict[str, Json] = {
        "statute": known.short,
        "title": one.title,
        "place": one.place,
        "chapter": one.chapter,
        "body": one.body,
    }
    head = f"《{one.title}》{one.place}" + (f"（{one.chapter}）" if one.chapter else "")
    session.answer(document, head, one.body)


@text.command("search")
@click.argument("words", nargs=-1, required=True)
@pass_session
def search(session: Session, words: tuple[str, ...]) -> None:
    """在导入的原文里查找；写几个词就要都有。"""
    hits = search_texts(session.desk(), " ".join(words))
    rows: list[Json] = [
        {"statute": one.short, "title": one.title, "place": one.place, "snippet": one.snippet}
        for one in hits
    ]
    lines = [f"《{one.title}》{one.place}：{one.snippet}" for one in hits]
    session.answer({"hits": rows, "total": len(hits)}, *(lines or ["没有找到。"]))


@text.command("check")
@pass_session
def check(session: Session) -> None:
    """规则引用的条、款、项，在导入的原文里是否都有。"""
    desk = session.desk()
    names = desk.library.statutes
    problems = [
        LibraryProblem(
            "article",
            "、".join(one.rules),
            f"导入的《{names[one.statute].name}》里没有{one.place}",
        )
        for one in missing_articles(desk)
    ]
    texts = len(current_texts(desk))
    well = f"引用的条文在导入的 {texts} 部原文里都有。" if texts else "还没有导入法规原文。"
    answer_check(session, problems, well)
