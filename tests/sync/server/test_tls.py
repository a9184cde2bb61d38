"""Encryption on Debian's PostgreSQL: nobody comes in without, nobody poses as the server."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from psycopg import conninfo

from inspector_app.errors import OutsideError
from inspector_app.sync.pg import PgTransport
from inspector_app.sync.server import tls, trial
from inspector_app.sync.speed.bench import SCOPE, Place
from tests.sync.conftest import Postgres


@pytest.fixture(scope="module")
def place() -> Iterator[Place]:
    with trial.trial() as one:
        yield one


def refused(dsn: str) -> str:
    with pytest.raises(OutsideError) as caught:
        PgTransport(dsn).close()
    return caught.value.message


@pytest.mark.tls
def test_only_the_right_server_and_only_encrypted(place: Place, tmp_path: Path) -> None:
    assert trial.is_encrypted(place)
    line = PgTransport(place.person)
    said = line.hello({"device": "pc", "app": "t", "protocol": 1, "schema": 3, "acked": 0,
                       "now": "2026-09-21T09:30:00+00:00", "cursors": {}})  # fmt: skip
    assert SCOPE in said.scopes
    info = line._connection.pgconn
    assert info.ssl_in_use
    line.close()
    other = tls.authority(tmp_path, "shared.test")
    asked = conninfo.make_conninfo(place.person, sslrootcert=str(other.root))
    assert refused(asked) == "共享库的证书验证不通过，请联系管理员。"
    asked = conninfo.make_conninfo(place.person, host="other.test")
    assert refused(asked) == "共享库的证书不是这台服务器的，请联系管理员。"
    asked = conninfo.make_conninfo(place.person, sslrootcert=str(tmp_path / "nothing.crt"))
    assert refused(asked) == "本机没有共享库的根证书，请向管理员索取。"
    asked = conninfo.make_conninfo(place.person, host="127.0.0.1", sslmode="disable")
    assert refused(asked) == "这台服务器只接受加密的连接，请核对连接串。"
    # Whatever the string says: off this machine the line is encrypted and the server proves itself.
    asked = conninfo.make_conninfo(place.person, sslmode="disable")
    line = PgTransport(asked)
    assert line._connection.pgconn.ssl_in_use
    line.close()


def test_a_server_that_does_not_encrypt_is_refused_off_this_machine(postgres: Postgres) -> None:
    asked = conninfo.make_conninfo(postgres.of("a1"), host="shared.test", hostaddr="127.0.0.1")
    assert refused(asked) == "这台服务器不加密，不能连接，请联系管理员。"
