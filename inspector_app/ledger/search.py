"""Full-text search: every character is a word, what was typed is a phrase; pinyin initials too."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from time import time_ns

from sqlalchemy import Connection, delete, func, select

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
_CHUNK = 500
_MANY = 5_000
Texts = tuple[str, ...]
Entry = tuple[str, str, str]  # id, key, initials


class _Counting(dict[str, bool]):
    """Whether a character counts, each looked up once."""

    def __missing__(self, c: str) -> bool:
        self[c] = c.isalnum() or unicodedata.category(c) in _OTHER
        return self[c]


_COUNTS = _Counting()


def characters(text: str) -> list[str]:
    """The characters that count: width and case do not matter, punctuation is left out."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return [c for c in folded if _COUNTS[c]]


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


def _store(connection: Connection, kind: str, fresh: Sequence[Entry]) -> None:
    """Enter new rows, many at once."""
    last = connection.execute(select(func.coalesce(func.max(search_entry.c.n), 0))).scalar_one()
    # A number given back by a deleted entry must not come again: FTS5 keeps a tombstone for it in
    # a contentless table, and its own integrity check then finds the index damaged.
    numbered = list(enumerate(fresh, max(last, time_ns() >> 10) + 1))
    connection.exec_driver_sql(
        'INSERT INTO search_entry (n, kind, id, "key") VALUES (?, ?, ?, ?)',
        [(n, kind, row_id, key) for n, (row_id, key, _) in numbered],
    )
    connection.exec_driver_sql(
        "INSERT INTO search_text (rowid, words, initials, kind) VALUES (?, ?, ?, ?)",
        [(n, key, initials, kind) for n, (_, key, initials) in numbered],
    )


def _forget(connection: Connection, numbers: Sequence[int]) -> None:
    connection.execute(delete(search_entry).where(search_entry.c.n.in_(numbers)))
    gone = [(number,) for number in numbers]
    connection.exec_driver_sql("DELETE FROM search_text WHERE rowid = ?", gone)


def index(connection: Connection, kind: str, ids: Sequence[str]) -> None:
    """Bring the entries of these rows up to date: new, changed or gone."""
    texts, named = SOURCES[kind]
    for start in range(0, len(ids), _CHUNK):
        chunk = list(ids[start : start + _CHUNK])
        known = _known(connection, kind, chunk)
        rows = rows_now(connection, metadata.tables[kind], chunk)
        keys = {one: words_of(row[name] for name in texts) for one, row in rows.items()}
        stale = [n for one, (n, key) in known.items() if keys.get(one, "") != key]
        if stale:
            _forget(connection, stale)
        fresh = [
            (one, key, initials_of(rows[one][name] for name in named))
            for one, key in keys.items()
            if key and known.get(one, (0, ""))[1] != key
        ]
        if fresh:
            _store(connection, kind, fresh)


def refresh(connection: Connection, ops: Sequence[Op]) -> None:
    """Index what these changes touched."""
    for kind, (texts, _) in SOURCES.items():
        ids = [op.id for op in ops if op.t == kind and not op.c.keys().isdisjoint(texts)]
        if ids:
            index(connection, kind, ids)


def read(connection: Connection) -> dict[str, Sequence[Texts]]:
    """Kind -> id and texts of every row that can be found."""
    found: dict[str, Sequence[Texts]] = {}
    for kind, (texts, _) in SOURCES.items():
        table = metadata.tables[kind]
        query = select(table.c.id, *(table.c[name] for name in texts)).order_by(table.c.id)
        found[kind] = connection.execute(query).all()
    return found


def entries(rows: Mapping[str, Sequence[Texts]]) -> dict[str, list[Entry]]:
    """What `read` found, as it is entered. Touches no ledger."""
    made: dict[str, list[Entry]] = {}
    for kind, known in rows.items():
        texts, named = SOURCES[kind]
        places = [texts.index(name) + 1 for name in named]
        made[kind] = [
            (row[0], key, initials_of(row[place] for place in places))
            for row in known
            if (key := words_of(row[1:]))
        ]
    return made


def rebuild(connection: Connection) -> None:
    """Make the whole index anew."""
    replace(connection, entries(read(connection)))


def replace(connection: Connection, made: Mapping[str, Sequence[Entry]]) -> None:
    """Have these entries and no others."""
    connection.execute(delete(search_entry))
    connection.exec_driver_sql("INSERT INTO search_text (search_text) VALUES ('delete-all')")
    for kind, fresh in made.items():
        for start in range(0, len(fresh), _MANY):
            _store(connection, kind, fresh[start : start + _MANY])
    # Other connections remember pages of the index that are gone; a changed schema makes them
    # look again (else their integrity check finds an emptied index damaged).
    connection.exec_driver_sql("CREATE TABLE look_again (n)")
    connection.exec_driver_sql("DROP TABLE look_again")


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
