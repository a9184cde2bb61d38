"""Passwords of the command line: asked for, or read from a file or stdin; never an argument."""

import sys
from datetime import datetime
from pathlib import Path

import click

from inspector_app.errors import OutsideError, UserError
from inspector_app.services.accounts import (
    Login,
    Safe,
    clock,
    last_account,
    log_in_remembered,
)
from inspector_app.services.accounts import log_in as log_in_with
from inspector_app.vault.secret_store import SecretStore

STDIN = Path("-")


def log_in(safe: Safe, name: str, file: Path | None) -> Login:
    """Log in to an encrypted ledger by the account of that name, else the one used last."""
    who = _account(safe, name)
    if file is None:
        known = safe.named(who)
        # Only who asked this PC to remember pays for a look into its secret store.
        if known is not None and known.remembered:
            found = log_in_remembered(safe, known.id, SecretStore.of_system())
            if found is not None:
                return found
    return log_in_with(safe, who, secret(file, f"{_shown(safe, who)}的密码"), moment())


def moment() -> datetime:
    """Now by the clock of this PC, also in a rehearsal: wrong passwords are waited for in truth."""
    return clock()


def _account(safe: Safe, name: str) -> str:
    if name:
        return name
    active = [one for one in safe.accounts() if one.active()]
    last = last_account(safe.folder)
    if any(one.id == last for one in active):
        return last
    if len(active) == 1:
        return active[0].id
    names = "、".join(one.name for one in active)
    raise UserError(f"请用 --as 写明账号：{names}。", field="as", kind="login")


def _shown(safe: Safe, who: str) -> str:
    known = safe.named(who)
    return known.name if known else who


def secret(file: Path | None, asked: str, *, twice: bool = False, option: str = "") -> str:
    """A password or code: the first line of a file or of stdin, else typed unseen."""
    if file is not None:
        return _first_line(file)
    if not sys.stdin.isatty():
        message = f"需要{asked}：请用 {option or '--password-file'} 指定文件，或者在终端里输入。"
        raise UserError(message, field="password", kind="login")
    typed: str = click.prompt(asked, hide_input=True, err=True, prompt_suffix="：")
    if twice:
        again = click.prompt("再输一遍", hide_input=True, err=True, prompt_suffix="：")
        if again != typed:
            raise UserError("两次输入的密码不一样。", field="password")
    return typed


def _first_line(file: Path) -> str:
    try:
        text = sys.stdin.readline() if file == STDIN else file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise OutsideError(f"“{file}”读不出来。", kind="disk") from error
    lines = text.splitlines()
    return lines[0] if lines else ""
