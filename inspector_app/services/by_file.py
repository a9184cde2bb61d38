"""Exchanging by file when the line is down: out on a stick, in again, a case for a colleague."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from inspector_app.domain.cases import Case
from inspector_app.errors import UserError
from inspector_app.services import looks, shared_files
from inspector_app.services.binder import bound_case
from inspector_app.services.case_ref import find_case
from inspector_app.services.desk import Desk
from inspector_app.services.number_stock import post_of
from inspector_app.sync import memory
from inspector_app.sync.packages import cards, file_in, file_out, own_keys, parcels
from inspector_app.sync.packages.cards import Card
from inspector_app.sync.packages.file_in import Taken
from inspector_app.sync.packages.file_out import ANSWER, HAND_OVER, TO_SERVER, Made
from inspector_app.sync.packages.parcels import Parcel
from inspector_app.sync.packages.sealed import SUFFIX, Keys, Public, header, open_sealed

__all__ = ["SUFFIX", "Card", "Made", "Parcel", "Taken"]

Tell = Callable[[int, int], None]
KINDS = {
    TO_SERVER: "交给共享库的数据包",
    ANSWER: "共享库的回执",
    HAND_OVER: "同事交来的案件",
    cards.PC: "同事电脑的名片",
    cards.SHARED: "共享库的名片",
}
WHOLE, OTHERS = "whole", "others"
COMPARE = "compare"  # the refusal of a card nobody compared yet
_OTHER = "导入后本机台账改属这个共享库：本机的改动全部再交一次，同事的以这个库为准。"


@dataclass(frozen=True, slots=True)
class Shown:
    """What a file is, before anything is done with it. `state`: whole, or sealed for others."""

    kind: str
    what: str
    state: str
    name: str
    fingerprint: str  # of a card, or of who signed where the card is known; else empty
    size: int


@dataclass(frozen=True, slots=True)
class Standing:
    """How this PC is set up to exchange by file."""

    account: str
    confirmed: bool  # by the shared database: until then the account may be mistyped
    fingerprint: str
    shared: str  # fingerprint of the shared database's keys; empty when unknown
    colleagues: tuple[Card, ...]
    parcels: tuple[Parcel, ...]


def _nobody(_done: int, _total: int) -> None:
    """Nobody wants to know how far it is."""


def _keys(desk: Desk) -> Keys:
    with desk.work("本机钥匙") as uow:
        keys = own_keys.own(uow.connection)
        uow.commit()
    return keys


def standing(desk: Desk) -> Standing:
    """Own account and keys, those that are trusted, and what colleagues handed over."""
    fingerprint = _keys(desk).public().fingerprint()
    with desk.ledger.read() as view:
        connection = view.connection
        try:
            shared = own_keys.of_server(connection).fingerprint()
        except UserError:
            shared = ""
        account = str(memory.get(connection, own_keys.ACCOUNT, ""))
        sure = own_keys.confirmed(connection)
        known = sorted(own_keys.people(connection).values(), key=lambda one: one.name)
    handed = tuple(parcels.parcels(desk.ledger))
    return Standing(account, sure, fingerprint, shared, tuple(known), handed)


def named(path: Path) -> Path:
    """The path with the ending of a package."""
    return path if path.suffix.lower() == SUFFIX else path.with_name(f"{path.name}{SUFFIX}")


def out(desk: Desk, path: Path, *, account: str = "", tell: Tell = _nobody) -> Made:
    """All that waits for the shared database, in one file; what `tell` raises stops it."""
    _folder(path)
    post = shared_files.post(desk)
    return file_out.to_server(
        desk.ledger, post, named(path), now=desk.now(), account=account, tell=tell,
        numbers=post_of(desk),
    )  # fmt: skip


def _folder(path: Path) -> None:
    if not path.resolve().parent.is_dir():
        raise UserError(f"没有文件夹“{path.parent}”，请先插好 U 盘。", field="file")


def own_card(desk: Desk, path: Path, *, account: str = "") -> Card:
    """Our own card, to be given to the administrator or a colleague."""
    _folder(path)
    keys = _keys(desk)
    with desk.work("导出名片") as uow:
        me = own_keys.account(uow.connection, account)
        memory.put(uow.connection, own_keys.ACCOUNT, me)
        uow.commit()
    return cards.write(named(path), cards.PC, desk.actor, me, keys)


def hand_over(desk: Desk, ref: str, to: str, path: Path, *, account: str = "") -> Made:
    """A case for a colleague: its bound file to read, and all that waits here to be carried on."""
    _folder(path)
    case = find_case(desk, ref)
    with desk.ledger.read() as view:
        colleague = file_out.choose_colleague(view.connection, to)
    copy = bound_case(desk, case.id).pdf  # never in plain text on the disk
    return file_out.hand_over(
        desk.ledger, shared_files.post(desk), named(path), colleague, title=_title(case),
        case_id=case.id, copy=copy, now=desk.now(), name=desk.actor, account=account,
        numbers=post_of(desk),
    )  # fmt: skip


def _title(case: Case) -> str:
    return case.case_no or "未编号案件"


def take_in(
    desk: Desk,
    path: Path,
    *,
    fingerprint: str = "",
    tell: Tell = _nobody,
    cancelled: Callable[[], bool] = lambda: False,
) -> Taken:
    """Take a card, an answer or a colleague's case in; damaged or meant for others: nothing is.

    A card is only what it says once a person compared its `fingerprint` with its owner.
    """
    if cards.is_card(path):
        return _trust(desk, cards.read(path), fingerprint)
    kind = header(path)["kind"]
    if kind == TO_SERVER:
        message = "这个数据包要交给共享库的管理员，由他收下后给回执。"
        raise UserError(message, field="file", kind="wrong_kind")
    opened = open_sealed(path, _keys(desk))
    if opened.kind == HAND_OVER:
        return file_in.hand_over(desk.ledger, desk.files, opened, desk.now())
    looks.begin(desk)
    whole = False
    try:
        taken = file_in.Answer(desk.ledger, desk.files, opened, desk.now, tell, cancelled).take()
        whole = True
    finally:
        looks.note(desk, whole=whole)  # what others changed meanwhile came along
    return taken


def _trust(desk: Desk, card: Card, fingerprint: str) -> Taken:
    mark = card.public().fingerprint()
    with desk.ledger.read() as view:
        known = own_keys.knows(view.connection, card)
        replaces = card.kind == cards.SHARED and own_keys.has_server(view.connection)
    if not known and same_mark(fingerprint) != same_mark(mark):
        owner = "管理员" if card.kind == cards.SHARED else f"{card.name}本人"
        message = f"{KINDS[card.kind]}“{card.name}”，指纹 {mark}。请先与{owner}核对，一致才导入。"
        message += _OTHER if replaces else ""
        raise UserError(message, field="fingerprint", kind=COMPARE)
    with desk.work("导入名片", why=mark) as uow:
        own_keys.trust(uow.connection, card, again=not known)
        uow.commit()
    return Taken(card.kind, title=mark, who=card.name)


def same_mark(fingerprint: str) -> str:
    """A fingerprint however it was typed."""
    return "".join(fingerprint.split()).upper()


def show(desk: Desk, path: Path) -> Shown:
    """What a file is and whether it is whole; nothing is taken from it."""
    size = path.stat().st_size if path.exists() else 0
    if cards.is_card(path):
        card = cards.read(path)
        mark = card.public().fingerprint()
        return Shown(card.kind, KINDS[card.kind], WHOLE, card.name, mark, size)
    said = header(path)
    kind, what = said["kind"], KINDS.get(said["kind"], "数据包")
    keys = _keys(desk)
    if said["to"] != keys.public().box:
        mine = said["from"] == keys.public().sign
        return Shown(kind, what, OTHERS, desk.actor if mine else "", "", size)
    opened = open_sealed(path, keys)
    with desk.ledger.read() as view:
        known = own_keys.people(view.connection).get(opened.signer)
        server = memory.get(view.connection, own_keys.SERVER) or {}
    if known is not None:
        return Shown(kind, what, WHOLE, known.name, known.public().fingerprint(), size)
    if server.get("sign") == opened.signer:
        mark = Public(server["sign"], server["box"]).fingerprint()
        return Shown(kind, what, WHOLE, "共享库", mark, size)
    return Shown(kind, what, WHOLE, "", "", size)


def save_copy(desk: Desk, parcel_id: str, path: Path) -> Path:
    """Write the readable copy of a colleague's case to a PDF."""
    for one in parcels.parcels(desk.ledger):
        if one.id.startswith(parcel_id):
            _folder(path)
            if not one.copy:
                raise UserError("这件案件已经清除，案卷不在了。", field="id", kind="not_found")
            path.write_bytes(desk.files.get(one.copy))
            return path
    raise UserError("没有找到这份同事交来的案件。", field="id", kind="not_found")


def forget(desk: Desk, parcel_id: str) -> None:
    """Take a colleague's case away from this PC, once what it carries has gone on."""
    found = [one.id for one in parcels.parcels(desk.ledger) if one.id.startswith(parcel_id)]
    which = found[0] if len(found) == 1 else parcel_id
    parcels.forget(desk.ledger, desk.files, which, actor=desk.actor, at=desk.now())


def told(taken: Taken) -> list[str]:
    """What an import did, in sentences."""
    if taken.kind in (cards.PC, cards.SHARED):
        return [f"已导入{KINDS[taken.kind]}“{taken.who}”，指纹 {taken.title}。"]
    if taken.kind == HAND_OVER:
        words = "以前导入过，没有重复" if taken.old else "可以查看；其中的改动由本机带给共享库"
        found = [f"{taken.who}交来的 {taken.title}：{words}。"]
        if not taken.known:
            found.append("本机没有这位同事的名片，请核对是谁给的。")
        return found
    found = [f"回执 {taken.receipts} 组，收到 {taken.received} 条、附件 {taken.files} 个。"]
    if taken.old:
        found = [f"这份回执以前导入过，或者不是最新的；补上回执 {taken.receipts} 组。"]
    if taken.refused:
        found.append(f"被退回 {taken.refused} 组，请到“待处理”里处理。")
    if taken.disputed:
        found.append(f"新冲突 {taken.disputed} 处，请到“待处理”里处理。")
    if taken.again:
        found.append("有的内容接不上，请再导出一次数据包，交给管理员。")
    return found


def told_out(made: Made) -> str:
    """What a package holds, in a sentence."""
    size = shared_files.megabytes(made.path.stat().st_size)
    return f"已写成 {made.path.name}：改动 {made.sets} 组、附件 {made.files} 个，{size}。"
