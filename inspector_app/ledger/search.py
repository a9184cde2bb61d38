"""Full-text search: every character is a word, what was typed is a phrase; pinyin initials too."""

import unicodedata
from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, delete, insert, select

from inspector_app.ledger.changes import Op, rows_now
from inspector_app.ledger.pinyin import variants
from inspector_app.ledger.schema import metadata
from inspector_app.ledger.schema.machinery import search_entry

# kind -> (columns found by their characters, those of them also found by pinyin initials)
SOURCES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "case": (("case_no",), ()),
    "employer": (("name", "credit_code"), ("name",)),
    "project": (("name",), ("name",)),
    "worker": (("name",), ("name",)),
    "clue": (
        ("clue_no", "employer_name", "project_name", "credit_code", "outside_no"),
        ("employer_name", "project_name"),
    ),
}
# Stands between two texts so that no phrase runs from one into the other.
_BREAK = " ¦ "
# The tokenizer is `ascii`: it takes every other character as it is. `unicode61` knows only the
# characters of 2012 and would drop 𬱖 and its like without a word.
_OTHER = ("Co", "Cn")


def characters(text: str) -> list[str]:
    """The characters that count: width and case do not matter, punctuation is left out."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return [c for c in folded if c.isalnum() or unicodedata.category(c) in _OTHER]


def words_of(texts: Iterable[str]) -> str:
    """The `words` column for these texts."""
    return _BREAK.join(" ".join(characters(text)) for text in texts if text)


def initials_of(texts: Iterable[str]) -> str:
    """The `initials` column for these texts, all readings."""
    every = (one for text in texts if text for one in variants(characters(text)))
    return _BREAK.join(" ".join(one) for one in every)


def match(kind: str, text: str) -> str | None:
    """The full-text query for what somebody typed (parts between blanks must all occur)."""
    parts = []
    for part in text.split():
        letters = characters(part)
        if not letters:
            continue
        phrase = '"' + " ".join(letters) + '"'
        if all(one.isascii() and one.isalpha() for one in letters):
            parts.append(f"(words : {phrase} OR initials : {phrase})")
        else:
            parts.append(f"words : {phrase}")
    return " AND ".join([f"kind : {kind}", *parts]) if parts else None


def _known(connection: Connection, kind: str, ids: Sequence[str]) -> dict[str, tuple[int, str]]:
    entry = search_entry.c
    query = select(entry.id, entry.n, entry.key).where(entry.kind == kind, entry.id.in_(ids))
    return {row_id: (n, key) for row_id, n, key in connection.execute(query)}


def _store(connection: Connection, kind: str, row_id: str, key: str, initials: str) -> None:
    entry = insert(search_entry).returning(search_entry.c.n)
    number = connection.execute(entry, {"kind": kind, "id": row_id, "key": key}).scalar_one()
    connection.exec_driver_sql(
        "INSERT INTO search_text (rowid, words, initials, kind) VALUES (?, ?, ?, ?)",
        (number, key, initials, kind),
    )


def _forget(connection: Connection, number: int) -> None:
    connection.execute(delete(search_entry).where(search_entry.c.n == number))
    connection.exec_driver_sql("DELETE FROM search_text WHERE rowid = ?", (number,))


def index(connection: Connection, kind: str, ids: Sequence[str]) -> None:
    """Bring the entries of these rows up to date: new, changed or gone."""
    texts, named = SOURCES[kind]
    for start in range(0, len(ids), 500):
        chunk = list(ids[start : start + 500])
        known = _known(connection, kind, chunk)
        rows = rows_now(connection, metadata.tables[kind], chunk)
        for row_id in chunk:
            row = rows.get(row_id)
            key = words_of(row[name] for name in texts) if row else ""
            number, old_key = known.get(row_id, (0, ""))
            if key == old_key:
                continue
            if number:
                _forget(connection, number)
            if row and key:
                initials = initials_of(row[name] for name in named)
                _store(connection, kind, row_id, key, initials)


def refresh(connection: Connection, ops: Sequence[Op]) -> None:
    """Index what these changes touched."""
    for kind, (texts, _) in SOURCES.items():
        ids = [op.id for op in ops if op.t == kind and not op.c.keys().isdisjoint(texts)]
        if ids:
            index(connection, kind, ids)


def rebuild(connection: Connection) -> None:
    """Make the whole index anew."""
    connection.execute(delete(search_entry))
    connection.exec_driver_sql("INSERT INTO search_text (search_text) VALUES ('delete-all')")
    for kind in SOURCES:
        index(connection, kind, list(connection.scalars(select(metadata.tables[kind].c.id))))


def missing(connection: Connection) -> list[tuple[str, str]]:
    """(kind, id) of rows whose entry is absent, stale or left over; empty when all is well."""
    wrong: list[tuple[str, str]] = []
    for kind, (texts, _) in SOURCES.items():
        table = metadata.tables[kind]
        columns = [table.c[name] for name in texts]
        want = {
            row[0]: words_of(row[1:]) for row in connection.execute(select(table.c.id, *columns))
        }
        entry = search_entry.c
        stored = connection.execute(select(entry.id, entry.key).where(entry.kind == kind))
        have = {str(row_id): str(key) for row_id, key in stored}
        wrong += [
            (kind, one)
            for one in want.keys() | have.keys()
            if want.get(one, "") != have.get(one, "")
        ]
    return sorted(wrong)
