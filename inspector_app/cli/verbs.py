"""Commands that speak Chinese and know the common options, built on click."""

import click

from inspector_app.cli.options import common_options


class Verb(click.Command):
    """One verb; `--data`, `--today`, `--as` and `--json` may stand after it."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # click's own, handed through
        self.params.extend(common_options())

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        ctx.allow_extra_args = True
        rest = super().parse_args(ctx, args)
        if rest:
            raise click.UsageError(f"多余的参数：{' '.join(rest)}", ctx)
        return rest

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        write_usage(self, ctx, formatter)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        return chinese_help(super().get_help_option(ctx))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        write_options(self, ctx, formatter)


class VerbGroup(click.Group):
    """A verb with verbs of its own."""

    command_class = Verb
    group_class = type

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # click's own, handed through
        self.params.extend(common_options())

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if not args[0].startswith("-") and self.get_command(ctx, args[0]) is None:
            known = "、".join(self.list_commands(ctx))
            raise click.UsageError(f"没有命令“{args[0]}”。可用：{known}。", ctx)
        return super().resolve_command(ctx, args)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        write_usage(self, ctx, formatter)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        return chinese_help(super().get_help_option(ctx))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        write_options(self, ctx, formatter)
        self.format_commands(ctx, formatter)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        commands = [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)]
        rows = [(name, one.get_short_help_str(60)) for name, one in commands if one]
        with formatter.section("命令"):
            formatter.write_dl(rows)


def write_usage(command: click.Command, ctx: click.Context, formatter: click.HelpFormatter) -> None:
    """The usage line."""
    words = {
        "[OPTIONS]": "[选项]",
        "COMMAND [ARGS]...": "命令 [参数]…",
        "[COMMAND] [ARGS]...": "[命令] [参数]…",
    }
    pieces = [words.get(piece, piece) for piece in command.collect_usage_pieces(ctx)]
    formatter.write_usage(ctx.command_path, " ".join(pieces), prefix="用法：")


def write_options(
    command: click.Command, ctx: click.Context, formatter: click.HelpFormatter
) -> None:
    """Options with their help, arguments are in the usage line."""
    records = [
        param.get_help_record(ctx)
        for param in command.get_params(ctx)
        if not isinstance(param, click.Argument)
    ]
    with formatter.section("选项"):
        formatter.write_dl([record for record in records if record])


def chinese_help(option: click.Option | None) -> click.Option | None:
    """`--help` with its help in Chinese."""
    if option is not None:
        option.help = "显示帮助"
    return option


def usage_sentence(error: click.UsageError) -> str:
    """What is wrong with the command line, in Chinese."""
    if isinstance(error, click.NoSuchOption):
        near = "、".join(error.possibilities or ())
        return f"没有选项 {error.option_name}。" + (f"是不是 {near}？" if near else "")
    if isinstance(error, click.MissingParameter):
        return f"缺少 {_name(error)}。"
    if isinstance(error, click.BadOptionUsage):
        return f"选项 {error.option_name} 后面要有一个值。"
    if isinstance(error, click.BadParameter):
        return f"{_name(error)}：{_bad_value(error)}"
    return error.format_message()


def _name(error: click.BadParameter) -> str:
    if error.param is None:
        return "参数"
    return str(error.param.get_error_hint(error.ctx or click.Context(Verb("?")))).replace("'", "")


def _bad_value(error: click.BadParameter) -> str:
    kind = error.param.type if error.param else None
    if isinstance(kind, click.Choice):
        return f"可用：{'、'.join(str(choice) for choice in kind.choices)}。"
    if isinstance(kind, click.types.IntParamType | click.types.FloatParamType):
        return "应为数字，并在允许的范围内。"
    if isinstance(kind, click.Path):
        return "路径不可用。"
    return error.message
