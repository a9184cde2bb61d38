"""Reads resources/archive/: in which order a case file is bound."""

from pathlib import Path

from inspector_app.domain.binder import FilePart
from inspector_app.library.rows import by_id, read_toml

FILE = "resources/archive/order.toml"
PARTS = ("main", "side")


def load_file_parts(office: Path) -> tuple[FilePart, ...]:
    """正卷 and 副卷 with their kinds; a kind stands in one part only."""
    top = read_toml(office, FILE)
    parts = by_id(
        top.rows("part"),
        lambda row: FilePart(row.text("id"), row.text("name"), row.texts("kinds")),
    )
    top.finish()
    if tuple(parts) != PARTS:
        raise top.wrong("应有 main（正卷）、side（副卷）两卷，先正后副")
    seen: set[str] = set()
    for part in parts.values():
        twice = seen & set(part.kinds)
        if twice or len(set(part.kinds)) != len(part.kinds):
            names = "、".join(sorted(twice)) or part.name
            raise top.wrong(f"文种“{names}”重复")
        seen |= set(part.kinds)
    return tuple(parts.values())
