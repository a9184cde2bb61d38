"""Runs a command line: options, verbs, and errors as sentences with their exit codes."""

import json
import sys
from collections.abc import Sequence
from contextlib import ExitStack

import click

from inspector_app.cli.commands import program
from inspector_app.cli.number_fetch import fetch_numbers
from inspector_app.cli.parts import Parts
from inspector_app.cli.session import Session, error_body
from inspector_app.cli.verbs import usage_sentence
from inspector_app.errors import OutsideError, UserError
from inspector_app.services.number_stock import NumbersOut

ROUNDS = 4  # numbers of two years and two registers may be wanted one after another
DONE, TOLD_WHY_NOT, WRONG_USAGE = 0, 1, 2


def run(arguments: Sequence[str], parts: Parts) -> int:
    """Carry out one command line; 0 done, 1 told the user why not, 2 wrong usage."""
    wants_json = "--json" in arguments
    use_utf8(wants_json)
    with ExitStack() as stack:
        session = Session(parts, stack)
        try:
            _carry_out(arguments, session)
        except click.UsageError as error:
            return _wrong_usage(error, wants_json)
        except UserError as error:
            return _told(wants_json, error.kind, error.message, error.field)
        except OutsideError as error:
            return _told(wants_json, error.kind, error.message)
        except (KeyboardInterrupt, click.Abort):
            return _told(wants_json, "stopped", "已中断，没有提交的改动都已撤回。")
        return session.exit_code


def _carry_out(arguments: Sequence[str], session: Session) -> None:
    """The verb; when numbers run out it begins anew once more were fetched: nothing was done."""
    for left in reversed(range(ROUNDS)):
        try:
            program.main(
                args=list(arguments), prog_name="inspector-app", obj=session, standalone_mode=False
            )
            return
        except NumbersOut as out:
            if not left or not fetch_numbers(session, out):
                raise


def use_utf8(strict: bool) -> None:
    """JSON is UTF-8 wherever it goes; a console of another code page never stops a sentence."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            if strict:
                stream.reconfigure(encoding="utf-8")
            stream.reconfigure(errors="replace")


def _told(wants_json: bool, kind: str, message: str, about: str = "") -> int:
    if wants_json:
        click.echo(json.dumps({"error": error_body(kind, message, about)}, ensure_ascii=False))
    click.echo(message, err=True)
    return TOLD_WHY_NOT


def _wrong_usage(error: click.UsageError, wants_json: bool) -> int:
    sentence = usage_sentence(error)
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        sentence = "缺少命令。"
        click.echo(error.ctx.get_help() if error.ctx else "", err=True)
    else:
        usage = error.ctx.get_usage() if error.ctx else "用法：inspector-app [选项] 命令 [参数]…"
        click.echo(usage, err=True)
    click.echo(sentence, err=True)
    if wants_json:
        click.echo(json.dumps({"error": error_body("usage", sentence)}, ensure_ascii=False))
    return WRONG_USAGE
