"""The table of verbs: each stands in its own module and is loaded when it is called."""

from importlib import import_module

import click

from inspector_app.cli.session import Session, pass_session
from inspector_app.cli.verbs import VerbGroup

MODULES = {
    "demo": "demo",
    "import": "intake",
    "clue": "clue",
    "case": "case",
    "inspect": "inspection",
    "paper": "paper",
    "export": "export",
    "terms": "terms",
    "law": "law",
    "calendar": "calendar",
    "forms": "forms",
    "check": "check",
    "backup": "backup",
    "restore": "restore",
    "ledger": "ledger",
    "settings": "settings",
    "access": "access",
    "purge": "purge",
    "sync": "sync",
    "server": "server",
    "screenshot": "screenshot",
    "bench": "bench",
}
"""Verb → module of inspector_app.cli that holds it as `command`. Loading all costs half a second
(workbook and PDF libraries), which the window and most verbs need not wait for."""


class Program(VerbGroup):
    """`inspector-app` itself: a verb, or the window when there is none."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(MODULES)

    def get_command(
        self,
        ctx: click.Context,  # noqa: ARG002 - click's signature
        cmd_name: str,
    ) -> click.Command | None:
        if cmd_name not in MODULES:
            return None
        module = import_module(f"inspector_app.cli.{MODULES[cmd_name]}")
        command = module.command
        assert isinstance(command, click.Command)  # noqa: S101 - a slip of ours, not the user's
        return command


@click.group(cls=Program, invoke_without_command=True)
@click.version_option(package_name="inspector-app", prog_name="inspector-app", help="显示版本")
@pass_session
@click.pass_context
def program(ctx: click.Context, session: Session) -> None:
    """劳动保障监察案件工作站。不带命令时打开窗口。"""
    if ctx.invoked_subcommand is None:
        session.exit_code = session.parts.window(session.data, session.today)
