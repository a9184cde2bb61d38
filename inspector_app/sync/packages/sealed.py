"""Packages for a stick: sealed to one recipient, signed by one PC, refused whole when damaged.

Layout: a magic line, the length and text of a header (JSON, nothing personal), then chunks of
ChaCha20-Poly1305. The key is that of X25519 between a key made for this package and the
recipient's; the nonce counts chunks and marks the last, so that none can be left out, repeated or
appended; every chunk is bound to the header. Inside are records (`J` JSON, `B` bytes), at the end
the signature (Ed25519) over header and records.
"""

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from inspector_app.errors import OutsideError, UserError
from inspector_app.ledger.crashpoints import reach
from inspector_app.ledger.ids import new_id

MAGIC = b"LABX1\n"
SUFFIX = ".labx"
VERSION = 1
CHUNK = 256 * 1024
_TAG, _LONGEST_HEADER = 16, 4096
_JSON, _BYTES, _SIGNED = b"J", b"B", b"S"
_MOST_RECORD = 64 * 1024 * 1024
_CONTEXT = b"labx1 signature"
Record = dict[str, Any] | bytes


@dataclass(frozen=True, slots=True)
class Public:
    """What others know a PC or the shared database by; hex."""

    sign: str
    box: str

    def fingerprint(self) -> str:
        """Eight groups of four, to be compared by telephone."""
        digest = hashlib.sha256(bytes.fromhex(self.sign + self.box)).hexdigest()[:32].upper()
        return " ".join(digest[k : k + 4] for k in range(0, 32, 4))


@dataclass(frozen=True, slots=True)
class Keys:
    """A pair to sign with and a pair to be written to with; hex of the private halves."""

    sign: str
    box: str

    @classmethod
    def make(cls) -> "Keys":
        """New ones."""
        sign, box = Ed25519PrivateKey.generate(), X25519PrivateKey.generate()
        return cls(sign.private_bytes_raw().hex(), box.private_bytes_raw().hex())

    def signer(self) -> Ed25519PrivateKey:
        """To sign with."""
        return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(self.sign))

    def opener(self) -> X25519PrivateKey:
        """To open what was sealed for us."""
        return X25519PrivateKey.from_private_bytes(bytes.fromhex(self.box))

    def public(self) -> Public:
        """The halves others may have."""
        sign = self.signer().public_key().public_bytes_raw().hex()
        return Public(sign, self.opener().public_key().public_bytes_raw().hex())


class _Stream:
    """Chunks in the order they are sealed or opened in."""

    def __init__(self, key: bytes, bound: bytes) -> None:
        self._cipher, self._bound, self._count = ChaCha20Poly1305(key), bound, 0

    def _nonce(self, last: bool) -> bytes:
        self._count += 1
        return self._count.to_bytes(11, "big") + bytes([last])

    def seal(self, data: bytes, *, last: bool) -> bytes:
        return self._cipher.encrypt(self._nonce(last), data, self._bound)

    def open(self, data: bytes, *, last: bool) -> bytes:
        return self._cipher.decrypt(self._nonce(last), data, self._bound)


def _stream(secret: bytes, head: bytes) -> _Stream:
    bound = hashlib.sha256(head).digest()
    key = HKDF(algorithm=SHA256(), length=32, salt=bound, info=b"labx1 content").derive(secret)
    return _Stream(key, bound)


# ── writing ──────────────────────────────────────────────────────────────────────────────────
class _Writer:
    def __init__(self, file: BinaryIO, stream: _Stream) -> None:
        self._file, self._stream, self._left = file, stream, bytearray()
        self.digest = hashlib.sha256()

    def add(self, kind: bytes, data: bytes) -> None:
        framed = kind + len(data).to_bytes(8, "big") + data
        self.digest.update(framed)
        self._left += framed
        while len(self._left) > CHUNK:
            self._file.write(self._stream.seal(bytes(self._left[:CHUNK]), last=False))
            del self._left[:CHUNK]

    def end(self) -> None:
        self._file.write(self._stream.seal(bytes(self._left), last=True))


def seal(
    path: Path,
    kind: str,
    records: Iterable[Record],
    keys: Keys,
    to: str,
    said: Mapping[str, str] | None = None,
) -> str:
    """Write a package for the recipient with box key `to`; its id. It appears when it is whole."""
    one, name = X25519PrivateKey.generate(), new_id()
    secret = one.exchange(X25519PublicKey.from_public_bytes(bytes.fromhex(to)))
    head = _text(
        {"v": VERSION, "kind": kind, "id": name, "to": to, "from": keys.public().sign,
         "one": one.public_key().public_bytes_raw().hex(), **(said or {})}
    )  # fmt: skip
    part = path.with_name(f"{path.name}.{name}.part")
    try:
        with part.open("wb") as file:
            file.write(MAGIC + len(head).to_bytes(2, "big") + head)
            writer = _Writer(file, _stream(secret, head))
            for record in records:
                if isinstance(record, bytes):
                    writer.add(_BYTES, record)
                else:
                    writer.add(_JSON, _text(record))
            said_all = _CONTEXT + hashlib.sha256(head).digest() + writer.digest.digest()
            writer.add(_SIGNED, keys.signer().sign(said_all))
            writer.end()
            file.flush()
            os.fsync(file.fileno())
        reach("package_written")
        part.replace(path)
    except OSError as error:
        message = "数据包没有写成，请检查 U 盘的空间和写保护后再试。"
        raise OutsideError(message, kind="disk") from error
    finally:
        part.unlink(missing_ok=True)
    return name


def _text(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


# ── reading ──────────────────────────────────────────────────────────────────────────────────
def _damaged(path: Path) -> UserError:
    message = f"“{path.name}”不完整或者被改动过，什么都没有导入。请重新导出、重新拷贝。"
    return UserError(message, field="file", kind="damaged")


def header(path: Path) -> dict[str, Any]:
    """What stands outside: kind, from whom, for whom; proves nothing by itself."""
    try:
        with path.open("rb") as file:
            return _header(path, file)[0]
    except OSError as error:
        raise OutsideError(f"“{path.name}”读不出来：{error.strerror}。", kind="disk") from error


def _header(path: Path, file: BinaryIO) -> tuple[dict[str, Any], bytes]:
    magic = file.read(len(MAGIC))
    if magic != MAGIC:
        newer = magic[:4] == MAGIC[:4]
        words = "是新版程序做的数据包，请先升级本程序" if newer else "不是数据包"
        raise UserError(f"“{path.name}”{words}。", field="file", kind="not_a_package")
    length = int.from_bytes(file.read(2), "big")
    head = file.read(length)
    try:
        said = json.loads(head)
    except ValueError as error:
        raise _damaged(path) from error
    wanted = ("kind", "id", "to", "from", "one")
    if (
        len(head) != length
        or length > _LONGEST_HEADER
        or not isinstance(said, dict)
        or not all(isinstance(said.get(name), str) for name in wanted)
    ):
        raise _damaged(path)
    if said.get("v") != VERSION:
        message = f"“{path.name}”是新版程序做的数据包，请先升级本程序。"
        raise UserError(message, field="file", kind="not_a_package")
    return said, head


@dataclass(frozen=True, slots=True)
class Opened:
    """A package that is whole, for us, and signed by the key it names; `records` reads it anew."""

    path: Path
    kind: str
    id: str
    signer: str
    signature: str
    read: Callable[[], Iterator[Record]]

    def records(self) -> Iterator[Record]:
        """The records in their order."""
        return self.read()


def open_sealed(path: Path, keys: Keys, kind: str = "") -> Opened:
    """Look at all of it before anything is taken from it; UserError says what is wrong."""
    try:
        said = header(path)
        if said["to"] != keys.public().box:
            message = f"“{path.name}”不是给这里的数据包：只有指定的收件方能打开。"
            raise UserError(message, field="file", kind="not_for_us")
        signature = _verified(path, keys)
    except OSError as error:
        raise OutsideError(f"“{path.name}”读不出来：{error.strerror}。", kind="disk") from error
    if kind and said["kind"] != kind:
        message = f"“{path.name}”是另一种数据包，不能在这里导入。"
        raise UserError(message, field="file", kind="wrong_kind")
    return Opened(
        path, said["kind"], said["id"], said["from"], signature, lambda: _contents(path, keys)
    )


def _verified(path: Path, keys: Keys) -> str:
    """The signature, when it is that of the key the header names over all there is."""
    digest, signature = hashlib.sha256(), b""
    head, frames = _frames(path, keys)
    for kind, frame in frames:
        if signature:
            raise _damaged(path)  # something behind the signature
        if kind == _SIGNED:
            signature = frame[9:]
        else:
            digest.update(frame)
    said_all = _CONTEXT + hashlib.sha256(head).digest() + digest.digest()
    try:
        author = Ed25519PublicKey.from_public_bytes(bytes.fromhex(json.loads(head)["from"]))
        author.verify(signature, said_all)
    except (InvalidSignature, ValueError) as error:
        raise _damaged(path) from error
    return signature.hex()


def _contents(path: Path, keys: Keys) -> Iterator[Record]:
    for kind, frame in _frames(path, keys)[1]:
        if kind == _JSON:
            said: dict[str, Any] = json.loads(frame[9:])
            yield said
        elif kind == _BYTES:
            yield frame[9:]


def _frames(path: Path, keys: Keys) -> tuple[bytes, Iterator[tuple[bytes, bytes]]]:
    with path.open("rb") as file:
        said, head = _header(path, file)
        start = file.tell()
    try:
        one = X25519PublicKey.from_public_bytes(bytes.fromhex(said["one"]))
        stream = _stream(keys.opener().exchange(one), head)
    except ValueError as error:
        raise _damaged(path) from error
    return head, _split(path, _plain(path, start, stream))


def _plain(path: Path, start: int, stream: _Stream) -> Iterator[bytes]:
    with path.open("rb") as file:
        file.seek(start)
        chunk = file.read(CHUNK + _TAG)
        while True:
            after = file.read(CHUNK + _TAG)
            try:
                yield stream.open(chunk, last=not after)
            except InvalidTag as error:
                raise _damaged(path) from error
            if not after:
                return
            chunk = after


def _split(path: Path, plain: Iterator[bytes]) -> Iterator[tuple[bytes, bytes]]:
    left = bytearray()
    for chunk in plain:
        left += chunk
        while len(left) >= 9:
            size = 9 + int.from_bytes(left[1:9], "big")
            if size > _MOST_RECORD or bytes(left[:1]) not in (_JSON, _BYTES, _SIGNED):
                raise _damaged(path)
            if len(left) < size:
                break
            yield bytes(left[:1]), bytes(left[:size])
            del left[:size]
    if left:
        raise _damaged(path)
