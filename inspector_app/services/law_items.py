"""A check item on a sheet like that of a rule, opened from a rule it asks about."""

from inspector_app.errors import UserError
from inspector_app.services.desk import Desk
from inspector_app.services.law_detail import LawDetail, article_lines
from inspector_app.services.law_facts import facts_of_item
from inspector_app.services.law_rows import basis_of_printed
from inspector_app.services.law_uses import ITEM, Use, UseGroup
from inspector_app.services.law_words import level_sentences
from inspector_app.services.statutes import beside


def item_detail(desk: Desk, key: str) -> LawDetail:
    """The sheet of a check item (item:checklist/id)."""
    checklist_id, _, item_id = key.removeprefix(ITEM).partition("/")
    checklist = desk.library.checklists.get(checklist_id)
    item = next((one for one in checklist.items if one.id == item_id), None) if checklist else None
    if checklist is None or item is None:
        raise UserError(f"检查表里没有“{item_id}”。", field="rule", kind="unknown")
    library = desk.library
    basis = basis_of_printed(library, item.articles)
    acts = tuple(
        Use(f"rule:{code}", f"{code} {library.violations[code].name}") for code in item.violations
    )
    return LawDetail(
        key=key,
        kind=None,
        code=item.id,
        name=item.question,
        value=item.method,
        pack_value=item.method,
        off=False,
        text_level=basis.text_level if basis else None,
        force_level=basis.force_level if basis else None,
        levels=level_sentences(basis.text_level, basis.force_level) if basis else (),
        span="",
        note="",
        facts=tuple(fact for fact in facts_of_item(checklist.title, item) if fact[1]),
        articles=article_lines(desk, item.articles),
        beside=tuple(beside(desk, basis.cited)) if basis else (),
        text=None,
        pair=None,
        chosen=(),
        askable=(),
        bands=(),
        wages=(),
        hints=(),
        uses=(UseGroup("违法行为", acts),) if acts else (),
    )
