"""Accounts and passwords for tests: derived cheaply, kept in a store of this process."""

from datetime import UTC, datetime

from inspector_app.vault.keys import Cost

CHEAP = Cost(1, 8, 1)
NOW = datetime(2026, 9, 28, 9, 41, tzinfo=UTC)
PASSWORD = "平顶山-2026-监察"  # noqa: S105 - an invented one, for tests
OTHER = "新城区-2026-监察"


class Drawer:
    """A secret store that lives as long as the test."""

    def __init__(self) -> None:
        self.held: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        """What is held."""
        return self.held.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        """Hold it."""
        self.held[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        """Hold it no more; KeyError when it was not held."""
        del self.held[service, username]


class Refusing(Drawer):
    """A store that is locked."""

    def get_password(self, service: str, username: str) -> str | None:
        raise RuntimeError("locked")

    def set_password(self, service: str, username: str, password: str) -> None:
        raise RuntimeError("locked")

    def delete_password(self, service: str, username: str) -> None:
        raise RuntimeError("locked")
