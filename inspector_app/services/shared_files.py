"""Files between this PC and the shared database for a page: how many wait, where each is."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from inspector_app.errors import UserError
from inspector_app.services.desk import Desk
from inspector_app.services.settings import get
from inspector_app.sync.attachments import file_names as names
from inspector_app.sync.attachments.file_names import FileState, NamedFile
from inspector_app.sync.attachments.file_policy import ALL, ASKED, MB, OWN, FilePolicy, FilePost

__all__ = ["FileState", "NamedFile"]

_WHICH = {"本人案件和已制发文书": OWN, "全部": ALL, "都不自动下载": ASKED}
TROUBLES = {
    "too_large": "超过共享库允许的大小",
    "no_room": "共享库的附件空间已满，请联系管理员",
    "too_many": "没传完的太多，过一会儿再试",
    "unreadable": "本机的文件打不开或者被改动过",
    "hash": "传输中出错，会再试",
    "none": "没有权限下载",
    "unknown": "共享库里没有用到它的记录",
}
OTHER_TROUBLE = "这次没有传成，会再试"


@dataclass(frozen=True, slots=True)
class FileTrouble:
    """A file that could not go over: its name as an inspector knows it, and why."""

    name: str
    why: str


@dataclass(frozen=True, slots=True)
class FilesStanding:
    """What waits: files to be sent, files that lie elsewhere, those in trouble."""

    to_send: int
    send_bytes: int
    elsewhere: int
    elsewhere_bytes: int
    coming: int
    troubles: tuple[FileTrouble, ...]


def post(desk: Desk) -> FilePost:
    """Where files lie here, and which come by themselves."""
    which = _WHICH.get(get(desk, "shared_files"), OWN)
    largest = int(get(desk, "shared_file_mb")) * MB
    return FilePost(desk.files, FilePolicy(which, largest, desk.actor_id or ""))


def states(desk: Desk, roots: Collection[str]) -> dict[str, FileState]:
    """The state of every file these aggregates name, by hash."""
    with desk.ledger.read() as view:
        named = names.named_by_rows(view.connection, roots)
        found = names.states(view.connection, desk.files, named)
    return {sha256: state for (_, sha256), state in found.items()}


def fetch_soon(desk: Desk, sha256s: Iterable[str]) -> int:
    """Ask for files: they come with the next exchange; how many were asked for."""
    asked = 0
    with desk.work("下载附件") as uow:
        for sha256 in sha256s:
            if not desk.files.has(sha256):
                asked += names.want(uow.connection, sha256)
        uow.commit()
    if not asked:
        raise UserError("没有要下载的附件，本机已经有了。", field="id", kind="nothing")
    return asked


def elsewhere(desk: Desk, root: str) -> list[NamedFile]:
    """Files an aggregate names that are not on this PC."""
    with desk.ledger.read() as view:
        named = names.named_by_rows(view.connection, {root})
    return [one for one in named if not desk.files.has(one.sha256)]


def standing(desk: Desk) -> FilesStanding:
    """Count what waits; looks at every file the ledger names."""
    with desk.ledger.read() as view:
        connection = view.connection
        every = names.every_file(connection, desk.files)
        found = names.states(connection, desk.files, every)
        known = names.known(connection, every)
        labels = names.labels(connection)
        troubles = [
            FileTrouble(labels.get(sha256, "附件"), TROUBLES.get(why, OTHER_TROUBLE))
            for sha256, why in names.troubles(connection)
        ]
    up = [one for one in every if found[one.named] in (FileState.WAITING, FileState.LOCAL)]
    away = [one for one in every if found[one.named] is FileState.ELSEWHERE]
    coming = [one for one in away if (row := known.get(one.named)) is not None and row.wanted]
    return FilesStanding(
        len(up), sum(one.size for one in up), len(away),
        sum(_size(one, known.get(one.named)) for one in away), len(coming), tuple(troubles),
    )  # fmt: skip


def _size(one: NamedFile, row: object) -> int:
    return one.size or int(getattr(row, "size", 0))


def megabytes(size: int) -> str:
    """A size in words: 3.2 MB, 不到 0.1 MB."""
    return f"{size / MB:.1f} MB" if size >= MB // 10 else "不到 0.1 MB"
