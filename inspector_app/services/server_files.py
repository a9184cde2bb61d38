"""The IT desk's part of exchanging by file: take packages, answer, cards; and cleaning up files."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from inspector_app.errors import UserError
from inspector_app.services.exchange import kept_dsn
from inspector_app.services.shared_files import OTHER_TROUBLE, TROUBLES
from inspector_app.sync.packages import cards
from inspector_app.sync.packages.cards import Card
from inspector_app.sync.packages.sealed import SUFFIX
from inspector_app.sync.server import answer as answers
from inspector_app.sync.server import files, signers
from inspector_app.sync.server import take as takes
from inspector_app.sync.server.admin import as_login
from inspector_app.sync.server.files import FileStanding, Swept
from inspector_app.sync.server.take import Result

__all__ = ["Card", "FileStanding", "Result", "Swept"]

_STOPPED = {
    "gap": "前面的数据包还没有收到，后面的改动先等着",
    "device_forked": "这台电脑的台账是旧拷贝，请在那台电脑上导入回执后再导出",
    "id_reused": "有一组改动要重新编号，请在那台电脑上导入回执后再导出",
}


@dataclass(frozen=True, slots=True)
class TakenFile:
    """A package that was taken, and where its answer lies, if one was asked for."""

    path: Path
    result: Result
    reply: Path | None


def take(dsn: str, paths: Sequence[Path], replies: Path | None) -> list[TakenFile]:
    """Take packages in, one transaction each, and write the answer of each into a folder."""
    if replies is not None and not replies.is_dir():
        raise UserError(f"没有文件夹“{replies}”。", field="out")
    found = []
    for path in paths:
        result = takes.take(dsn, path)
        reply = None
        if replies is not None:
            reply = replies / f"{path.stem}-回执{SUFFIX}"
            answers.answer(dsn, result, reply)
        found.append(TakenFile(path, result, reply))
    return found


def keeper_dsn(folder: Path, user: str, password: str) -> str:
    """The place this PC exchanges with, as an administrator of the database; never kept."""
    if not user.strip():
        raise UserError("请填写数据库管理员的用户名。", field="admin")
    if not password:
        raise UserError("请输入数据库管理员的密码。", field="password")
    return as_login(kept_dsn(folder), user.strip(), password)


def take_beside(dsn: str, path: Path, step: Callable[[], object]) -> TakenFile:
    """Take one package in; its answer lies beside it, to be carried back on the same stick.

    `step` is called between the pieces: what it raises ends it, and nothing is done twice when the
    package is taken again.
    """
    result = takes.take(dsn, path, step)
    reply = path.with_name(f"{path.stem}-回执{SUFFIX}")
    answers.answer(dsn, result, reply)
    return TakenFile(path, result, reply)


def answer(dsn: str, path: Path, out: Path) -> TakenFile:
    """The answer to a package once more: what it holds is known, so nothing is done twice."""
    result = takes.take(dsn, path)
    answers.answer(dsn, result, out)
    return TakenFile(path, result, out)


def take_parcels(dsn: str) -> list[Result | str]:
    """Take what colleagues' PCs carried here over the line."""
    return takes.take_parcels(dsn)


def told(result: Result) -> list[str]:
    """What a package brought, in sentences."""
    head = f"{result.login}：收下改动 {result.taken} 组、附件 {result.files} 个"
    found = [f"{head}；退回 {result.refused} 组，以前收过 {result.known} 组"]
    if result.stopped:
        found.append(_STOPPED.get(result.stopped, result.stopped))
    reasons = sorted({TROUBLES.get(why, OTHER_TROUBLE) for why in result.file_troubles})
    if reasons:
        found.append(f"有 {len(result.file_troubles)} 个附件没有收下：{'；'.join(reasons)}")
    for one in result.parcels:
        found += [f"由其带来的，{line}" for line in told(one)]
    return found


def write_card(dsn: str, out: Path) -> Card:
    """The card of the shared database."""
    return signers.write_card(dsn, out, "共享库")


def bind(dsn: str, path: Path, login: str, fingerprint: str) -> Card:
    """Bind the PC of a card to an account; the fingerprint read out must be the card's."""
    card = cards.read(path)
    if card.kind != cards.PC:
        raise UserError(f"“{path.name}”不是电脑的名片。", field="file", kind="wrong_kind")
    mark = card.public().fingerprint()
    if fingerprint.replace(" ", "").upper() != mark.replace(" ", ""):
        message = f"指纹对不上。名片的指纹是 {mark}，请与那台电脑“用文件同步”里显示的核对。"
        raise UserError(message, field="fingerprint", kind="other_keys")
    signers.add_device(dsn, card, login)
    return card


def revoke(dsn: str, fingerprint: str) -> str:
    """A PC that was lost: nothing it signs is taken any more; whose it was."""
    return signers.revoke_device(dsn, fingerprint)


def devices(dsn: str) -> list[tuple[str, str, bool]]:
    """(account, fingerprint, revoked) of every PC whose keys are known."""
    return signers.signers(dsn)


def standing(dsn: str) -> FileStanding:
    """How many files there are and how large."""
    return files.standing(dsn)


def sweep(dsn: str, days: int) -> Swept:
    """Take away what nothing stands on any more."""
    return files.sweep(dsn, days=days)
