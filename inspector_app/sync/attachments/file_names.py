"""Which files the rows of the ledger name, and how each stands: here, there, on its way."""

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    Connection,
    Exists,
    Select,
    Subquery,
    Table,
    delete,
    exists,
    func,
    insert,
    literal,
    select,
    union_all,
)

from inspector_app.domain.papers import PaperState
from inspector_app.domain.words import Word
from inspector_app.errors import OutsideError
from inspector_app.ledger.files import FileStore
from inspector_app.ledger.schema import BUSINESS, metadata
from inspector_app.ledger.schema.exchange import sync_conflict, sync_file, sync_in, sync_piece
from inspector_app.ledger.schema.machinery import change_op, changeset
from inspector_app.sync import memory, pending
from inspector_app.sync.attachments.file_line import Named

AT_THE_SERVER, ABSENT, TROUBLE = "there", "absent", "trouble"
LAW = ("statute_text", "law_pack")
NAMING: tuple[Table, ...] = tuple(table for table in BUSINESS if "sha256" in table.c)
LONGEST_MINUTES = 60
KEPT = "保留未选用的文书"  # the step that names a page which another PC printed (sync.kept_pages)


class FileState(Word):
    """Where a file stands between this PC and the shared database."""

    LOCAL = "local", "本机"
    WAITING = "waiting", "待上传"
    SHARED = "shared", "已上传"
    ELSEWHERE = "elsewhere", "未下载"


@dataclass(frozen=True, slots=True)
class NamedFile:
    """A file a row names; `size` is 0 when the row does not say it."""

    root: str
    sha256: str
    t: str
    size: int
    issued: bool  # a paper that is no draft

    @property
    def named(self) -> Named:
        """What it is called in the exchange."""
        return self.root, self.sha256


def _of_table(table: Table) -> Select[Any]:
    root = func.coalesce(*(table.c[name] for name, _ in table.info["roots"]), table.c.id)
    size = table.c.size if "size" in table.c else literal(0)
    issued = table.c.state != PaperState.DRAFT.value if "state" in table.c else literal(0)
    return select(
        root.label("root"), table.c.sha256, literal(table.name).label("t"), size.label("size"),
        issued.label("issued"),
    ).where(table.c.sha256 != "")  # fmt: skip


def _of_conflicts() -> Select[Any]:
    """What the side that came too late names: kept by everybody until somebody has chosen."""
    said = func.nullif(sync_conflict.c.mine, "")
    sha256 = func.json_extract(said, "$.sha256")
    state = func.json_extract(said, "$.state")
    return select(
        sync_conflict.c.root_id.label("root"), sha256.label("sha256"), sync_conflict.c.t,
        func.coalesce(func.json_extract(said, "$.size"), 0).label("size"),
        func.coalesce(state != PaperState.DRAFT.value, 0).label("issued"),
    ).where(sync_conflict.c.state == "open", sha256 != "")  # fmt: skip


def _settled(every: Subquery, until: str) -> Exists:
    """Remembered, asked for by nobody, and not to be tried again before `until`."""
    same = (sync_file.c.root_id == every.c.root) & (sync_file.c.sha256 == every.c.sha256)
    later = (sync_file.c.again == "") | (sync_file.c.again > until)
    return exists().where(same, later, sync_file.c.wanted == 0)


def named_by_rows(
    connection: Connection, roots: Collection[str] | None = None, open_until: str | None = None
) -> list[NamedFile]:
    """Every file a row or a side of an open conflict names.

    Of these aggregates, or those there is something to do about.
    """
    every = union_all(*(_of_table(table) for table in NAMING), _of_conflicts()).subquery()
    query = select(every)
    if roots is not None:
        query = query.where(every.c.root.in_(pending.chosen(roots)))
    if open_until is not None:
        edited = (every.c.t == "paper") & (every.c.issued == 0)
        query = query.where(edited | ~_settled(every, open_until))
    return [
        NamedFile(row["root"], row["sha256"], row["t"], row["size"], bool(row["issued"]))
        for row in connection.execute(query).mappings()
    ]


def inside(store: FileStore, record: NamedFile) -> Iterator[NamedFile]:
    """The files that the edited text of a draft consists of; its record has to be here."""
    if record.t != "paper" or record.issued or not store.has(record.sha256):
        return
    try:
        said = json.loads(store.get(record.sha256))
    except (OutsideError, ValueError):
        return
    for key in ("pdf", "docx") if isinstance(said, dict) else ():
        if said.get(key):
            yield NamedFile(record.root, str(said[key]), record.t, 0, issued=False)


def every_file(
    connection: Connection, store: FileStore, open_until: str | None = None
) -> list[NamedFile]:
    """Every file the ledger stands on, each once; or those there is something to do about."""
    rows = named_by_rows(connection, open_until=open_until)
    found = {one.named: one for one in rows}
    for row in rows:
        for one in inside(store, row):
            found.setdefault(one.named, one)
    return list(found.values())


def known(connection: Connection, files: Collection[NamedFile]) -> dict[Named, Any]:
    """What is remembered of these files, by what they are called."""
    roots = pending.chosen({one.root for one in files})
    query = select(sync_file).where(sync_file.c.root_id.in_(roots))
    return {(row.root_id, row.sha256): row for row in connection.execute(query)}


def remember(
    connection: Connection, named: Named, state: str, *, size: int = 0, why: str = "",
    tries: int = 0, wanted: bool = False, again: datetime | None = None,
) -> None:  # fmt: skip
    """Keep how a file stands."""
    root, sha256 = named
    where = (sync_file.c.root_id == root, sync_file.c.sha256 == sha256)
    connection.execute(delete(sync_file).where(*where))
    row = {"root_id": root, "sha256": sha256, "state": state, "size": size, "why": why}
    row |= {"wanted": int(wanted), "tries": tries, "again": again.isoformat() if again else ""}
    connection.execute(insert(sync_file), row)


def pause(tries: int) -> timedelta:
    """How long until a file that is nowhere is asked for again."""
    return timedelta(minutes=min(2**tries, LONGEST_MINUTES))


def arrived(connection: Connection, sha256: str) -> int:
    """How many bytes of a file that is not whole are here."""
    query = select(func.coalesce(func.sum(func.length(sync_piece.c.data)), 0))
    return connection.scalar(query.where(sync_piece.c.sha256 == sha256)) or 0


def want(connection: Connection, sha256: str) -> bool:
    """A person asked for this file: it comes with the next exchange, whatever its size."""
    named = [one for one in named_by_rows(connection) if one.sha256 == sha256]
    for one in named:
        remember(connection, one.named, ABSENT, size=one.size, wanted=True)
    return bool(named)


def leftovers(connection: Connection, files: Collection[NamedFile]) -> set[str]:
    """Hashes of which something is kept for the exchange though no row names them any more."""
    kept = set(connection.scalars(select(sync_piece.c.sha256).distinct()))
    kept |= set(connection.scalars(select(sync_file.c.sha256).distinct()))
    return kept - {one.sha256 for one in files}


def forget(connection: Connection, sha256s: Collection[str]) -> None:
    """Drop pieces and notes of files that were purged or taken off."""
    for table in (sync_piece, sync_file) if sha256s else ():
        gone = table.c.sha256.in_(pending.chosen(sha256s))
        connection.execute(delete(table).where(gone))


def not_downloaded(connection: Connection, store: FileStore) -> set[str]:
    """Hashes of files that are missing here rightly: a colleague's, or safe at the server."""
    missing = [one for one in named_by_rows(connection) if not store.has(one.sha256)]
    if not missing:
        return set()
    remembered = known(connection, missing)
    return {
        one.sha256
        for one in missing
        if ((row := remembered.get(one.named)) is not None and row.state == AT_THE_SERVER)
        or not _named_here(connection, one)
    }


def _named_here(connection: Connection, one: NamedFile) -> bool:
    """Whether somebody at this PC named the file: then it was here."""
    said = change_op.c.op.contains(one.sha256)
    kept = select(changeset.c.seq).where(changeset.c.action == KEPT)
    came = change_op.c.seq.in_(select(sync_in.c.seq)) | change_op.c.seq.in_(kept)
    query = select(change_op.c.seq).where(change_op.c.root_id == one.root, said, ~came)
    return connection.execute(query.limit(1)).first() is not None


def troubles(connection: Connection) -> list[tuple[str, str]]:
    """(hash, reason) of the files that could not go over."""
    query = select(sync_file.c.sha256, sync_file.c.why).where(sync_file.c.state == TROUBLE)
    return [(row.sha256, row.why) for row in connection.execute(query)]


def labels(connection: Connection) -> dict[str, str]:
    """Hash -> what an inspector knows the file by: name of the evidence, number of the paper."""
    evidence, paper = metadata.tables["evidence"], metadata.tables["paper"]
    papers = connection.execute(select(paper.c.sha256, paper.c.number))
    proofs = connection.execute(select(evidence.c.sha256, evidence.c.name))
    return {sha256: name for rows in (papers, proofs) for sha256, name in rows if sha256 and name}


def states(
    connection: Connection, store: FileStore, files: Collection[NamedFile]
) -> dict[Named, FileState]:
    """How each of these files stands, in the word shown on its row."""
    remembered = known(connection, files)
    shared = memory.cursors(connection).keys()
    scopes = scopes_of(connection, {one.root for one in files}) if shared else {}

    def state(one: NamedFile) -> FileState:
        if not store.has(one.sha256):
            return FileState.ELSEWHERE
        row = remembered.get(one.named)
        if row is not None and row.state == AT_THE_SERVER:
            return FileState.SHARED
        return FileState.WAITING if scopes.get(one.root) in shared else FileState.LOCAL

    return {one.named: state(one) for one in files}


def scopes_of(connection: Connection, roots: Collection[str]) -> dict[str, str]:
    """Aggregate -> its scope, for the kinds of aggregate that name files."""
    kinds = {kind for table in NAMING for _, kind in table.info["roots"]}
    found: dict[str, str] = {}
    for kind in sorted(kinds):
        table = metadata.tables[kind]
        query = select(table.c.id, table.c.scope).where(table.c.id.in_(pending.chosen(roots)))
        found |= {row.id: row.scope for row in connection.execute(query)}
    return found


def own_roots(connection: Connection, person: str) -> set[str]:
    """Cases and inspections a person works on."""
    case, inspection = metadata.tables["case"], metadata.tables["inspection"]
    mine = (case.c.lead_id == person) | (case.c.assist_id == person)
    cases = set(connection.scalars(select(case.c.id).where(mine)))
    visits = select(inspection.c.id, inspection.c.case_id, inspection.c.inspector_ids)
    there = {
        row.id
        for row in connection.execute(visits)
        if row.case_id in cases or person in json.loads(row.inspector_ids)
    }
    return cases | there
