"""Functions of PostgreSQL itself that a person's login has no use for, and that harm everybody."""

from psycopg import sql

from inspector_app.sync.server.admin import Admin, named, rows, value

# Locks that fill the table of locks until nobody can even log in; objects and lines of the log
# that fill the disk. Whoever has a login may call them unless they are taken from everybody.
_CLOSED = (
    "SELECT p.oid::regprocedure::text FROM pg_proc p, aclexplode(coalesce(p.proacl,"
    " acldefault('f', p.proowner))) a WHERE p.pronamespace = 'pg_catalog'::regnamespace"
    " AND a.grantee = 0 AND a.privilege_type = 'EXECUTE' AND (p.proname ~"
    " '^(pg_(try_)?advisory_|lo_)' OR p.proname IN ('lowrite', 'loread',"
    " 'pg_logical_emit_message')) ORDER BY 1"
)
_TEMP = "2GB"  # of one session: sorting without end fills the disk as well


def open_doors(connection: Admin) -> list[str]:
    """Those that are open to every login."""
    return [str(function) for (function,) in rows(connection, _CLOSED)]


def close_doors(connection: Admin) -> bool:
    """Take them from everybody; False where only the database's superuser could."""
    if not value(connection, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user"):
        return False
    for function in open_doors(connection):
        # The name is the server's own writing of it.
        connection.execute(f"REVOKE EXECUTE ON FUNCTION {function} FROM PUBLIC".encode())
    here = str(value(connection, "SELECT current_database()"))
    limit = named("ALTER DATABASE {} SET temp_file_limit = ", here) + sql.Literal(_TEMP)
    connection.execute(limit)
    return True
