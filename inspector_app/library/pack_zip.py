"""Reads a rule pack from a folder or a zip without trusting it, and writes it as one zip."""

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath
from typing import TypeVar

from inspector_app.errors import DAMAGED_ZIP, OutsideError, UserError
from inspector_app.library.rows import RowError, parse_toml

T = TypeVar("T")
HEAD = "pack.toml"
LAW = "law"
MOST_BYTES = 20 * 1024 * 1024  # the shipped rules are a hundredth of it
MOST_FILES = 500
VERSION = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{0,39}")
_STILL = (1980, 1, 1, 0, 0, 0)  # the same files make the same zip on every day


@dataclass(frozen=True, slots=True)
class PackHead:
    """What pack.toml says about the pack."""

    version: str
    effective_from: date
    note: str


@dataclass(frozen=True, slots=True)
class PackFiles:
    """A pack as it was read: `files` are the rule files by their name below law/."""

    head: PackHead
    files: Mapping[str, bytes]
    head_bytes: bytes

    def zipped(self) -> bytes:
        """The pack as one zip; the same pack gives the same bytes."""
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
            for name, data in [
                (HEAD, self.head_bytes),
                *((f"{LAW}/{name}", data) for name, data in sorted(self.files.items())),
            ]:
                package.writestr(zipfile.ZipInfo(name, _STILL), data, zipfile.ZIP_DEFLATED)
        return out.getvalue()


def refusal(sentence: str) -> UserError:
    """The pack is refused and nothing has changed."""
    return UserError(sentence, field="file", kind="pack")


def read_pack(path: Path) -> PackFiles:
    """The pack in a folder or a .zip; UserError with a sentence when it cannot be one."""
    try:
        if path.is_dir():
            return _pack(_folder_files(path))
        if not path.is_file():
            raise refusal(f"没有找到“{path.name}”。")
        if path.stat().st_size > MOST_BYTES:
            raise refusal("规则包超过 20 MB，不像规则包。")
        return read_zipped(path.read_bytes())
    except OSError as error:
        raise OutsideError(f"读不了“{path.name}”，请确认没有被别的程序占用。") from error


def read_zipped(data: bytes) -> PackFiles:
    """The pack in the bytes of a zip."""
    with opened_zip(data, "规则包") as package:
        return _pack(_zip_files(package))


@contextmanager
def opened_zip(data: bytes, name: str) -> Iterator[zipfile.ZipFile]:
    """The zip in these bytes; whatever is broken in it is refused in one sentence."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            yield package
    except DAMAGED_ZIP as error:
        raise refusal(f"文件打不开，不是{name}（.zip），或者已损坏、设有密码。") from error


def _folder_files(folder: Path) -> dict[str, bytes]:
    paths = [folder / HEAD, *sorted((folder / LAW).rglob("*.toml"))]
    found: dict[str, bytes] = {}
    for path in _bounded((one for one in paths if one.is_file()), lambda one: one.stat().st_size):
        if folder.resolve() not in path.resolve().parents:
            raise refusal(f"“{path.name}”指向规则包以外的地方。")
        found[path.relative_to(folder).as_posix()] = path.read_bytes()
    return found


def _zip_files(package: zipfile.ZipFile) -> dict[str, bytes]:
    """Files by name; one folder around all of them is taken off."""
    entries = [one for one in package.infolist() if not one.is_dir()]
    for one in entries:
        check_name(one.filename)
    names = [PurePosixPath(one.filename) for one in entries]
    around = {name.parts[0] for name in names} if names else set()
    wrapped = len(around) == 1 and LAW not in around and all(len(one.parts) > 1 for one in names)
    found: dict[str, bytes] = {}
    for one in _bounded(entries, lambda entry: entry.file_size):
        name = PurePosixPath(one.filename)
        short = (name.relative_to(name.parts[0]) if wrapped else name).as_posix()
        if short in found:
            raise refusal(f"压缩包里“{short}”出现两次。")
        if short == HEAD or (short.startswith(f"{LAW}/") and short.endswith(".toml")):
            with package.open(one) as file:
                found[short] = file.read(MOST_BYTES)
    return found


def check_name(name: str) -> None:
    """No path of the zip may lead out of its folder."""
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or "\\" in name or ":" in name or "\x00" in name:
        raise refusal(f"压缩包里的路径“{name}”不安全，已拒绝。")


def _bounded(files: Iterable[T], size: Callable[[T], int]) -> list[T]:
    kept = list(files)
    if len(kept) > MOST_FILES:
        raise refusal(f"规则包里的文件超过 {MOST_FILES} 个。")
    if sum(map(size, kept)) > MOST_BYTES:
        raise refusal("规则包展开后超过 20 MB。")
    return kept


def _pack(found: Mapping[str, bytes]) -> PackFiles:
    if HEAD not in found:
        raise refusal(f"不是规则包：缺少 {HEAD}。")
    prefix = f"{LAW}/"
    files = {name.removeprefix(prefix): data for name, data in found.items() if name != HEAD}
    if not files:
        raise refusal("不是规则包：law 文件夹里没有 .toml 文件。")
    return PackFiles(read_head(found[HEAD]), files, found[HEAD])


def read_head(data: bytes) -> PackHead:
    """version, effective_from and note of the pack.toml of a rule pack."""
    head = read_any_head(data)
    if not VERSION.fullmatch(head.version):
        raise refusal(f"{HEAD} 的“version”只能用字母、数字、点和横线，如 2027.1。")
    return head


def read_any_head(data: bytes) -> PackHead:
    """What pack.toml says, whatever the version looks like."""
    try:
        top = parse_toml(data.decode("utf-8-sig"), HEAD)
        head = PackHead(top.text("version"), top.day("effective_from"), top.text("note", ""))
        top.finish()
    except UnicodeDecodeError as error:
        raise refusal(f"{HEAD} 不是 UTF-8 编码。") from error
    except RowError as error:
        raise refusal(f"{error.message}。") from error
    return head
