"""The line to PostgreSQL asks for encryption, keeps no password, and tells trouble in sentences."""

from typing import Any

import psycopg
import pytest
from psycopg import errors

from inspector_app.errors import OutsideError, UserError
from inspector_app.services import exchange
from inspector_app.sync import pg


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What libpq would be asked for."""
    said: dict[str, Any] = {}

    def connect(**settings: Any) -> Any:
        said.update(settings)
        raise psycopg.OperationalError("connection refused")

    monkeypatch.setattr(psycopg, "connect", connect)
    return said


def kind_of(error: psycopg.Error, monkeypatch: pytest.MonkeyPatch) -> str:
    def connect(**_: Any) -> Any:
        raise error

    monkeypatch.setattr(psycopg, "connect", connect)
    with pytest.raises(OutsideError) as told:
        pg.PgTransport("postgresql://li@db/shared")
    assert told.value.message.endswith("。")
    assert "geheim" not in told.value.message
    return told.value.kind


@pytest.mark.parametrize(
    ("dsn", "mode"),
    [
        ("postgresql://li@db.example/shared", "verify-full"),
        ("postgresql://li@db.example/shared?sslmode=disable", "verify-full"),
        ("postgresql://li@127.0.0.1/shared", None),
        ("postgresql://li@localhost/shared", None),
        ("host=/var/run/postgresql user=li", None),
        ("hostaddr=10.0.0.7 user=li", "verify-full"),
        ("host=localhost hostaddr=10.0.0.7 user=li", "verify-full"),
        ("host=localhost,db.example user=li", "verify-full"),
        ("service=shared", "verify-full"),
    ],
)
def test_off_this_machine_only_the_right_server_encrypted(
    asked: dict[str, Any], dsn: str, mode: str | None
) -> None:
    with pytest.raises(OutsideError, match="连不上共享库"):
        pg.PgTransport(dsn, "geheim")
    assert asked.get("sslmode") == mode
    assert asked["password"] == "geheim"  # noqa: S105  # invented
    assert asked["connect_timeout"] == 10
    assert "statement_timeout" in asked["options"]


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ('FATAL: password authentication failed for user "li"', "password"),
        ("fe_sendauth: no password supplied", "password_missing"),
        ("SSL error: certificate verify failed", "certificate"),
        ('root certificate file "/x" does not exist', "certificate"),
        ("server does not support SSL, but SSL was required", "certificate"),
        ('could not translate host name "db" to address', "connection"),
        ('database "shared" does not exist', "account"),
        ("timeout expired", "connection"),
        ("sorry, too many clients already", "busy"),
        ('too many connections for role "li"', "busy"),
        ("remaining connection slots are reserved for roles", "busy"),
        # What a PostgreSQL that speaks Chinese says (its message catalogue of version 15).
        ('FATAL:  用户 "li" Password 认证失败', "password"),
        ('FATAL:  数据库 "shared" 不存在', "account"),
        ('FATAL:  角色 "li" 不存在', "account"),
        ('FATAL:  不允许角色"li" 进行登录', "account"),
        ('没有用于主机 "10.0.0.7", 用户 "li", 数据库 "shared" 的 pg_hba.conf 记录', "account"),
        ('FATAL:  由角色"li"发起的连接太多了', "busy"),
        ('FATAL:  到数据库 "shared"的连接太多了', "busy"),
        ("FATAL:  对不起, 已经有太多的客户", "busy"),
        ("FATAL:  已保留的连接位置为执行非复制请求的超级用户预留", "busy"),
        ("server closed the connection unexpectedly", "connection"),
    ],
)
def test_trouble_with_connecting_is_told(
    words: str, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert kind_of(psycopg.OperationalError(words), monkeypatch) == kind


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (errors.InvalidSchemaName("sync_v1"), "server_too_old"),
        (errors.UndefinedFunction("hello"), "server_too_old"),
        (errors.InsufficientPrivilege("no"), "rights"),
        (errors.InvalidAuthorizationSpecification("no"), "account"),
        (errors.SerializationFailure("again"), "busy"),
        (errors.QueryCanceled("slow"), "busy"),
        (errors.DiskFull("no space"), "server_full"),
        (errors.OutOfMemory("no memory"), "server_full"),
        (errors.ReadOnlySqlTransaction("standby"), "read_only"),
        (errors.AdminShutdown("bye"), "busy"),
        (errors.ObjectNotInPrerequisiteState("recovery"), "recovery"),
        (errors.SyntaxError("geheim"), "server"),
    ],
)
def test_trouble_on_the_server_is_told(
    error: psycopg.Error, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert kind_of(error, monkeypatch) == kind


def test_a_password_is_taken_out_of_the_string() -> None:
    kept = pg.without_password("postgresql://li:geheim@db:5433/shared")
    assert "geheim" not in kept
    assert pg.parts_of(kept) == {"user": "li", "host": "db", "port": "5433", "dbname": "shared"}
    assert pg.has_password("postgresql://li:geheim@db/shared")
    assert not pg.has_password(kept)
    with pytest.raises(UserError, match="读不懂"):
        pg.without_password("li geheim")


def test_a_password_is_asked_for_only_when_none_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[tuple[str, str | None]] = []

    def line(dsn: str, password: str | None = None) -> Any:
        made.append((dsn, password))
        if password is None and "known" not in dsn:
            raise OutsideError("请输入密码。", kind="password_missing")
        return "line"

    monkeypatch.setattr(exchange, "PgTransport", line)
    assert exchange.connect("host=known") == "line"
    assert exchange.connect("host=db", lambda: "geheim") == "line"
    assert made[-1] == ("host=db", "geheim")
    with pytest.raises(OutsideError):
        exchange.connect("host=db")
    with pytest.raises(OutsideError):
        exchange.connect("host=db password=wrong", lambda: "geheim")


def test_an_old_password_kept_elsewhere_gives_way_to_the_one_typed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """libpq takes the one of ~/.pgpass when none is given."""

    class Closable:
        def close(self) -> None:
            pass

    def line(_dsn: str, password: str | None = None) -> Any:
        if password != "fresh":  # noqa: S105  # invented
            raise OutsideError("不对。", kind="password")
        return Closable()

    monkeypatch.setattr(exchange, "PgTransport", line)
    assert exchange.connect("host=db", lambda: "fresh")
    with pytest.raises(OutsideError):
        exchange.connect("host=db", lambda: "wrong too")
    with exchange.linked("host=db", lambda: "fresh") as linked:
        assert linked


def test_pauses_grow_and_end() -> None:
    assert exchange.pause(0, 0.9) == 60
    # A week without the server are a thousand failures; a year must not end it either.
    assert [exchange.pause(n, 0.5) for n in (1, 2, 3, 20, 100_000)] == [5, 10, 20, 600, 600]
    assert exchange.pause(1, 0.0) == 2.5


def test_what_a_person_should_know_is_said() -> None:
    report = exchange.Report(
        recovery=True, reforked=True, skew_seconds=-900, unlike=["410402"], left_out=2, held=3
    )
    said = exchange.remarks(report)
    assert len(said) == 6
    assert "15 分钟" in said[2]
    assert exchange.remarks(exchange.Report()) == []
