"""The shared database as the IT desk looks after it: try, set up, people, look, recover."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from inspector_app.domain.rights import Role
from inspector_app.errors import UserError
from inspector_app.library.loading import Library
from inspector_app.services.exchange import SKEW_SECONDS
from inspector_app.sync.pg import without_password
from inspector_app.sync.server import check as checks
from inspector_app.sync.server import embedded, install, numbers, recover, signers, users
from inspector_app.sync.server import purge as purges
from inspector_app.sync.server.check import Check
from inspector_app.sync.server.embedded import Running
from inspector_app.sync.server.purge import Matter
from inspector_app.sync.server.users import Account, Grant

__all__ = ["SKEW_SECONDS", "Account", "Check", "Grant", "Matter", "Running"]

ENV = "INSPECTOR_ADMIN_DSN"


@dataclass(frozen=True, slots=True)
class SetUp:
    """What `init` and `migrate` did."""

    dsn: str
    done: tuple[str, ...]


def admin_dsn(dsn: str = "") -> str:
    """The administrator's string: the given one or that of the environment."""
    found = dsn or os.environ.get(ENV, "")
    if not found:
        message = f"要写管理员的连接串：--dsn postgresql://管理员@服务器/库名，或者设 {ENV}。"
        raise UserError(message, field="dsn")
    return found


def scopes_of(library: Library) -> list[install.Scope]:
    """City and counties of this office, each with a history of its own."""
    city = next(code for code in library.divisions if code.endswith("00"))
    return [install.Scope(code, one.name, city) for code, one in library.divisions.items()]


def try_out(folder: Path, library: Library) -> Running:
    """A PostgreSQL of one's own on this machine, ready to be exchanged with."""
    running = embedded.start(folder)
    install.init(running.dsn, scopes_of(library), trial=True)
    signers.make_keys(running.dsn)
    return running


def set_up(dsn: str, library: Library, *, how: str = "") -> SetUp:
    """Make an empty database the shared one; again, it adds what is missing."""
    done = install.init(dsn, scopes_of(library), numbers=how)
    signers.make_keys(dsn)
    return SetUp(without_password(dsn), tuple(done))


def migrate(dsn: str) -> SetUp:
    """Bring the shared database up to this program."""
    done = install.migrate(dsn)
    signers.make_keys(dsn)
    return SetUp(without_password(dsn), tuple(done))


def add_user(
    dsn: str,
    name: str,
    scopes: Sequence[str],
    display: str = "",
    roles: Sequence[str] = (),
    *,
    city: bool = True,
) -> str:
    """Make or renew a person's login; its connection string, whose password is said once.

    Without `roles` those it has stay. `city`: the city of a county is opened with it.
    """
    held = {Role(role) for role in roles} or None
    grants = [Grant.of(one) for one in scopes]
    grants = users.with_cities(dsn, grants) if city else grants
    return users.add_user(dsn, name, grants, display=display, roles=held)


def set_roles(dsn: str, name: str, roles: Sequence[str]) -> Account:
    """Give a login exactly these roles; none at all makes it an inspector's."""
    return users.set_roles(dsn, name, {Role(role) for role in roles})


def to_purge(dsn: str, numbers: Sequence[str], over_before: date | None = None) -> list[Matter]:
    """What would be erased: cases and clues by number, or all that were over before a day."""
    if not numbers and over_before is None:
        message = "写明案件、线索的编号，或者 --over-before 日期（在此之前办结的）。"
        raise UserError(message, field="number")
    return purges.find(dsn, numbers, over_before=over_before)


def purge(dsn: str, matters: Sequence[Matter], why: str) -> int:
    """Erase them everywhere; how many rows went. Nothing brings them back but a backup."""
    return purges.purge(dsn, matters, why)


def disable_user(dsn: str, name: str) -> None:
    """Close a login."""
    users.disable_user(dsn, name)


def list_users(dsn: str) -> list[Account]:
    """All logins with what they may do."""
    return users.users(dsn)


def look(dsn: str) -> Check:
    """State of the shared database."""
    return checks.check(dsn)


def begin_recovery(dsn: str) -> None:
    """Said before a database that was put back is opened again."""
    recover.begin(dsn)


def number_mode(dsn: str, change: str = "") -> str:
    """How numbers are given out: online or leased; changed first where asked."""
    if change:
        numbers.choose(dsn, change)
    return numbers.mode(dsn)


def number_register(dsn: str, scope: str, year: int) -> dict[str, Any]:
    """Every number of a scope and year with what became of it; what is borne twice."""
    return numbers.register(dsn, scope, year)


def number_holders(dsn: str) -> list[tuple[str, str, int]]:
    """(device, login, how many numbers are on lease there), the most first."""
    return numbers.devices(dsn)


def void_numbers(dsn: str, device: str, why: str) -> int:
    """What a PC that does not come back held is void; how many numbers."""
    return numbers.forfeit(dsn, device, why)
