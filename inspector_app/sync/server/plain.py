"""Whether a server lets anybody from outside in without encryption, as far as it tells us."""

from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import ip_address

from inspector_app.sync.server.admin import Admin, rows, value

_LOCAL_NAMES = ("samehost", "localhost")


@dataclass(frozen=True, slots=True)
class Rule:
    """A line of pg_hba.conf: kind of line, from where, how it is proved who comes, to what."""

    kind: str
    address: str | None
    method: str
    databases: Sequence[str] = ("all",)
    users: Sequence[str] = ("all",)


def plain_from_outside(connection: Admin) -> bool | None:
    """True when a connection off loopback may go without TLS; None when we may not look.

    Nothing is changed in a server that belongs to others: the IT desk is told.
    """
    listening = str(value(connection, "SHOW listen_addresses"))
    if all(_is_local(one.strip()) for one in listening.split(",")):
        return False
    view = "pg_catalog.pg_hba_file_rules"
    asked = "SELECT has_table_privilege(%s, 'SELECT') AND has_function_privilege(%s, 'EXECUTE')"
    if not value(connection, asked, view, f"{view}()"):
        return None
    query = "SELECT type, address, auth_method, database, user_name FROM pg_hba_file_rules"
    found = [Rule(*row) for row in rows(connection, f"{query} WHERE error IS NULL")]
    return any_plain(found, str(value(connection, "SELECT current_database()")))


def any_plain(rules: Sequence[Rule], database: str) -> bool:
    """Whether a line admits somebody from outside without encryption.

    Lines are tried in their order; one that refuses ends the look only when it refuses everybody.
    """
    for rule in rules:
        if rule.kind not in ("host", "hostnossl"):
            continue
        if rule.method == "reject":
            if rule.address == "all" and "all" in rule.databases and "all" in rule.users:
                return False
            continue
        if not {"all", database}.isdisjoint(rule.databases) and not _is_local(rule.address or ""):
            return True
    return False


def _is_local(place: str) -> bool:
    if place in _LOCAL_NAMES or not place:
        return True
    try:
        return ip_address(place).is_loopback
    except ValueError:
        return False
