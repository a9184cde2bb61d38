"""Reads resources/review/: the standard case files are scored against."""

from pathlib import Path

from inspector_app.domain.review import ReviewItem, ReviewSection, ReviewStandard, ReviewVeto
from inspector_app.library.rows import Row, by_id, read_toml

FILE = "resources/review/standard.toml"


def load_review_standard(office: Path) -> ReviewStandard:
    """The standard; the points of the items of a section add up to its own."""
    top = read_toml(office, FILE)
    sections = by_id(top.rows("section"), _section)
    items = by_id(top.rows("item"), _item)
    vetoes = by_id(top.rows("veto"), _veto)
    standard = ReviewStandard(sections, items, vetoes, top.flag("verified"))
    top.finish()
    for item in items.values():
        if item.section not in sections:
            raise top.wrong(f"{item.id} 写的部分“{item.section}”不存在")
    for section in sections.values():
        points = sum(item.points for item in items.values() if item.section == section.id)
        if points != section.points:
            raise top.wrong(f"“{section.name}”各项共 {points} 分，应为 {section.points} 分")
    return standard


def _section(row: Row) -> ReviewSection:
    return ReviewSection(row.text("id"), row.text("name"), row.number("points"))


def _item(row: Row) -> ReviewItem:
    cell = row.cell("facts")
    groups = (
        [tuple(str(one) for one in group) for group in cell if isinstance(group, list)]
        if (isinstance(cell, list))
        else []
    )
    if not groups or not all(groups):
        raise row.wrong("“facts”应为事实代码的列表的列表")
    return ReviewItem(
        id=row.text("id"),
        section=row.text("section"),
        name=row.text("name"),
        points=row.number("points"),
        facts=tuple(groups),
        remedy=row.text("remedy"),
        jump=row.text("jump"),
        when=row.texts("when", ()),
    )


def _veto(row: Row) -> ReviewVeto:
    return ReviewVeto(
        row.text("id"), row.text("name"), row.text("fact"), row.text("remedy"), row.text("jump")
    )
