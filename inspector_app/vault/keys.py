"""Keys from passwords, keys from keys, and a key locked up in another: Argon2id, HKDF, AES-GCM."""

import hmac
import os
import unicodedata
from dataclasses import dataclass

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32
SALT_BYTES = 16
_NONCE_BYTES = 12


class WrongKeyError(Exception):
    """The key does not open this; nothing is said about which part of it is wrong."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one guess at a password costs: passes over the memory, memory in KiB, threads."""

    passes: int
    memory_kib: int
    lanes: int

    def is_bearable(self) -> bool:
        """Whether a login with it ends in seconds: a forged key file must not hang the program."""
        return (
            1 <= self.passes <= 16
            and 1 <= self.lanes <= 16
            and 8 * self.lanes <= self.memory_kib <= 1024 * 1024
        )


STANDARD = Cost(3, 64 * 1024, 4)
"""RFC 9106, second recommended choice; 0.15 s on an office PC."""


class LedgerKey:
    """The one random key of a ledger; what it protects has keys of its own, derived from it.

    It never shows itself: a report or a log that prints it prints dots.
    """

    __slots__ = ("_secret",)

    def __init__(self, secret: bytes) -> None:
        if len(secret) != KEY_BYTES:
            raise ValueError("a ledger key has 32 bytes")
        self._secret = secret

    @classmethod
    def fresh(cls) -> "LedgerKey":
        """A new random key."""
        return cls(os.urandom(KEY_BYTES))

    def __repr__(self) -> str:
        return "LedgerKey(…)"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, LedgerKey) and hmac.compare_digest(self._secret, other._secret)

    def __hash__(self) -> int:
        return hash(self.derived("hash"))

    def derived(self, purpose: str) -> bytes:
        """A key of 32 bytes for one purpose; none of them tells anything about another."""
        return stretched(self._secret, b"", purpose)

    def database(self) -> bytes:
        """The raw key of the ledger file."""
        return self.derived("database")

    def locked_in(self, outer: bytes, about: bytes) -> bytes:
        """This key under another one, bound to what `about` says."""
        nonce = os.urandom(_NONCE_BYTES)
        return nonce + AESGCM(outer).encrypt(nonce, self._secret, about)

    @classmethod
    def unlocked(cls, locked: bytes, outer: bytes, about: bytes) -> "LedgerKey":
        """The key back; WrongKeyError when the outer key or `about` is another one."""
        try:
            secret = AESGCM(outer).decrypt(locked[:_NONCE_BYTES], locked[_NONCE_BYTES:], about)
            return cls(secret)
        except (InvalidTag, ValueError) as error:
            raise WrongKeyError from error


def fresh_salt() -> bytes:
    """Random bytes that make equal passwords unlike."""
    return os.urandom(SALT_BYTES)


def key_of(password: str, salt: bytes, cost: Cost) -> bytes:
    """The key a password stands for; slow and hungry for memory on purpose."""
    # The same characters typed by another input method must be the same password.
    typed = unicodedata.normalize("NFC", password).encode("utf-8", "surrogatepass")
    return hash_secret_raw(
        typed,
        salt,
        time_cost=cost.passes,
        memory_cost=cost.memory_kib,
        parallelism=cost.lanes,
        hash_len=KEY_BYTES,
        type=Type.ID,
    )


def stretched(secret: bytes, salt: bytes, purpose: str) -> bytes:
    """A key from a secret that is random enough already (HKDF-SHA256)."""
    info = f"inspector-app {purpose}".encode()
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=salt, info=info).derive(secret)
