"""Options every verb knows, before and after it, and the kinds of values that are typed."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar

import click

from inspector_app.cli.session import Session

Decorated = TypeVar("Decorated", bound=Callable[..., object] | click.Command)


class Day(click.ParamType[date]):
    """A date typed as 2026-11-18."""

    name = "YYYY-MM-DD"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> date:
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"日期“{value}”应写成 2026-11-18。", param, ctx)


class Moment(click.ParamType[date]):
    """A date, or a date with a time (2026-11-18T09:30) for terms that run in hours."""

    name = "YYYY-MM-DD[THH:MM]"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> date:
        text = str(value)
        try:
            return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
        except ValueError:
            self.fail(f"“{text}”应写成 2026-11-18 或 2026-11-18T09:30。", param, ctx)


class Span(click.ParamType[tuple[date, date]]):
    """Days during which a clock does not run, both ends counted."""

    name = "FROM..TO"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[date, date]:
        first, dots, last = str(value).partition("..")
        if not dots:
            self.fail(f"“{value}”应写成 2026-11-18..2026-11-25。", param, ctx)
        day = Day()
        return day.convert(first, param, ctx), day.convert(last, param, ctx)


class Assignment(click.ParamType[tuple[str, str]]):
    """A field and its value."""

    name = "field=value"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, str]:
        name, equals, text = str(value).partition("=")
        if not equals or not name.strip():
            self.fail(f"“{value}”应写成 字段=值。", param, ctx)
        return name.strip(), text


class Size(click.ParamType[tuple[int, int]]):
    """Width and height of a window in pixels."""

    name = "WxH"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[int, int]:
        parts = str(value).lower().split("x")
        if len(parts) != 2 or not all(part.isascii() and part.isdigit() for part in parts):
            self.fail(f"“{value}”应写成 1366x768。", param, ctx)
        return int(parts[0]), int(parts[1])


def _keep(name: str) -> Callable[[click.Context, click.Parameter, object], object]:
    """Store an option in the session; the one nearest to the end of the line wins."""

    def store(ctx: click.Context, _param: click.Parameter, value: object) -> object:
        session = ctx.find_object(Session)
        if session is not None and value not in (None, False):
            setattr(session, name, value)
        return value

    return store


def common_options() -> list[click.Parameter]:
    """`--data`, `--today`, `--as`, `--password-file` and `--json`, fresh objects for each verb."""
    folder = click.Path(file_okay=False, path_type=Path)
    return [
        click.Option(
            ["--data"], type=folder, expose_value=False, is_eager=True, callback=_keep("data"),
            help="台账所在文件夹（默认：本用户的数据文件夹）",
        ),
        click.Option(
            ["--today"], type=Day(), expose_value=False, is_eager=True, callback=_keep("today"),
            help="把“今天”固定为某一天，用于演练和测试",
        ),
        click.Option(
            ["--as", "actor"], expose_value=False, is_eager=True, callback=_keep("actor"),
            metavar="NAME", help="以哪位监察员的名义办理（默认：本机使用人）",
        ),
        click.Option(
            ["--password-file"], type=click.Path(path_type=Path), expose_value=False,
            is_eager=True, callback=_keep("password_file"), metavar="FILE",
            help="加密台账的密码所在文件，- 为标准输入（默认当场询问）",
        ),
        click.Option(
            ["--json"], is_flag=True, expose_value=False, is_eager=True, callback=_keep("as_json"),
            help="标准输出只给一份 JSON",
        ),
    ]  # fmt: skip


def out_option(help_text: str) -> Callable[[Decorated], Decorated]:
    """`--out FILE`, the same everywhere."""
    path = click.Path(dir_okay=False, path_type=Path)
    return click.option("--out", type=path, required=True, help=help_text)


def full_options() -> tuple[Callable[[Decorated], Decorated], ...]:
    """`--full` with its `--why`, the same everywhere; `--masked` says what is so anyway."""
    return (
        click.option("--full", is_flag=True, help="内部完整版，个人信息不隐去；会留下记录"),
        click.option("--why", default="", help="要完整版的理由"),
        click.option("--masked", is_flag=True, expose_value=False, hidden=True),
    )


def reveal_options() -> tuple[Callable[[Decorated], Decorated], ...]:
    """`--reveal` with its `--why`."""
    return (
        click.option("--reveal", is_flag=True, help="显示隐去的内容；会留下记录"),
        click.option("--why", default="", help="查看的理由"),
    )


def with_options(
    options: tuple[Callable[[Decorated], Decorated], ...],
) -> Callable[[Decorated], Decorated]:
    """Several options as one decorator."""

    def decorate(verb: Decorated) -> Decorated:
        for option in reversed(options):
            verb = option(verb)
        return verb

    return decorate


READABLE = click.Path(path_type=Path)
"""A file to read; whether it is there is said by whoever opens it, in Chinese, with exit code 1."""
