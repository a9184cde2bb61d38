"""Seals what is filed beside the ledger: encrypted in chunks, each at its place and no other."""

import hashlib
import hmac
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from inspector_app.vault.keys import LedgerKey, WrongKeyError, stretched

MAGIC = b"LDJCSEAL\x01"
SUFFIX = ".seal"
CHUNK = 1024 * 1024
_SALT_BYTES = 16
_TAG_BYTES = 16
_HEAD = len(MAGIC) + _SALT_BYTES


class FileKeys:
    """The two keys of the attachments: one hides their names, one their content."""

    __slots__ = ("_content", "_names", "key")

    def __init__(self, key: LedgerKey) -> None:
        self.key = key
        self._names, self._content = key.derived("file names"), key.derived("files")

    def __repr__(self) -> str:
        return "FileKeys(…)"

    def name(self, sha256: str) -> str:
        """The name on disk of the content with that hash: who knows the hash cannot find it."""
        return hmac.new(self._names, sha256.encode(), hashlib.sha256).hexdigest()

    def seal(self, name: str, data: bytes) -> bytes:
        """The content as it lies on disk under that name."""
        salt = os.urandom(_SALT_BYTES)
        cipher, about = self._cipher(salt), MAGIC + name.encode()
        chunks = [data[at : at + CHUNK] for at in range(0, len(data), CHUNK)] or [b""]
        parts = [MAGIC, salt]
        for number, chunk in enumerate(chunks):
            nonce = _nonce(number, last=number == len(chunks) - 1)
            parts.append(cipher.encrypt(nonce, chunk, about))
        return b"".join(parts)

    def unseal(self, name: str, sealed: bytes) -> bytes:
        """The content; WrongKeyError when a byte was changed, a chunk moved or the end cut off."""
        if not sealed.startswith(MAGIC):
            raise WrongKeyError
        cipher, about = self._cipher(sealed[len(MAGIC) : _HEAD]), MAGIC + name.encode()
        body, size = sealed[_HEAD:], CHUNK + _TAG_BYTES
        chunks = [body[at : at + size] for at in range(0, len(body), size)]
        if not chunks:
            raise WrongKeyError
        try:
            return b"".join(
                cipher.decrypt(_nonce(number, last=number == len(chunks) - 1), chunk, about)
                for number, chunk in enumerate(chunks)
            )
        except (InvalidTag, ValueError) as error:
            raise WrongKeyError from error

    def _cipher(self, salt: bytes) -> AESGCM:
        return AESGCM(stretched(self._content, salt, "one file"))


def _nonce(number: int, *, last: bool) -> bytes:
    # The key is one file's own, so a counter never repeats under it; the last chunk says so,
    # else a file cut off between two chunks would open as a shorter one.
    return number.to_bytes(11, "big") + bytes([last])
