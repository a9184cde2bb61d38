"""The system's own secret store (Windows Credential Locker, SecretService): one secret a PC."""

import os
from contextlib import suppress
from typing import Protocol

SERVICE = "inspector-app"
ABSENT = "这台电脑没有系统密钥库，不能记住登录。"
# Stores that guard what they hold; others (a plain file, a test double) are not asked.
TRUSTED = ("Windows", "SecretService", "kwallet", "macOS", "libsecret")


class Backend(Protocol):
    """What is asked of the `keyring` library."""

    def get_password(self, service: str, username: str) -> str | None: ...

    def set_password(self, service: str, username: str, password: str) -> None: ...

    def delete_password(self, service: str, username: str) -> None: ...


def system_backend() -> Backend | None:
    """The store of this system; None where there is none that guards its secrets."""
    # Looks through installed packages for back ends: 0.2 s that only who asks pays for.
    import keyring

    try:
        chosen = keyring.get_keyring()
    except Exception:  # noqa: BLE001 - each store fails in its own manner; then there is none
        return None
    parts = getattr(chosen, "backends", None) or [chosen]
    names = " ".join(type(one).__module__ for one in parts)
    return chosen if any(name in names for name in TRUSTED) else None


class SecretStore:
    """Keeps one random secret for each account; what goes wrong means: nothing remembered."""

    def __init__(self, backend: Backend | None) -> None:
        self._backend = backend

    @classmethod
    def of_system(cls) -> "SecretStore":
        """The store of this system, or an empty one."""
        return cls(system_backend())

    def reason_against(self) -> str:
        """Why nothing can be remembered here; empty when it can."""
        return "" if self._backend is not None else ABSENT

    def keep(self, account_id: str) -> bytes | None:
        """Make and keep a secret; None when the store refuses."""
        secret = os.urandom(32)
        if self._backend is None:
            return None
        try:
            self._backend.set_password(SERVICE, account_id, secret.hex())
            kept = self._backend.get_password(SERVICE, account_id)
        except Exception:  # noqa: BLE001 - each store fails in its own manner; nothing is kept
            return None
        return secret if kept == secret.hex() else None

    def get(self, account_id: str) -> bytes | None:
        """The secret, None when there is none or the store is locked."""
        if self._backend is None:
            return None
        try:
            return bytes.fromhex(self._backend.get_password(SERVICE, account_id) or "") or None
        except Exception:  # noqa: BLE001 - each store fails in its own manner; the password is asked
            return None

    def forget(self, account_id: str) -> None:
        """Remove the secret, if there is one."""
        # Not there, or locked: what it opened is gone from the key file anyway.
        with suppress(Exception):
            if self._backend is not None:
                self._backend.delete_password(SERVICE, account_id)
