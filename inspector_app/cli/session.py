"""One run of the program: the options every verb knows, the open desk, and the one answer."""

import json
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field, is_dataclass
from datetime import date, datetime
from enum import Enum
from pathlib import Path
from typing import TypeAlias

import click

from inspector_app.cli.parts import Parts
from inspector_app.cli.passwords import log_in
from inspector_app.domain.papers import PaperKind
from inspector_app.ledger.engine import LEDGER
from inspector_app.library.loading import Library
from inspector_app.services.accounts import Login, Safe
from inspector_app.services.desk import Desk
from inspector_app.services.rules import OfficeRules, office_rules, shipped_rules
from inspector_app.services.settings import acting
from inspector_app.services.templates import forms_of

Json: TypeAlias = "str | int | float | bool | list[Json] | dict[str, Json] | None"


@dataclass
class Session:
    """What the options said. The desk opens when a verb first asks and closes with the run."""

    parts: Parts
    stack: ExitStack = field(default_factory=ExitStack)
    data: Path | None = None
    today: date | None = None
    actor: str = ""
    as_json: bool = False
    password_file: Path | None = None
    exit_code: int = 0
    _desk: Desk | None = None
    _login: Login | None = None

    def desk(self) -> Desk:
        """The ledger that `--data` names, else the user's own."""
        if self._desk is None:
            login = self.login()
            made = self.parts.desk(self.data, self.today, login=login)
            desk = self.stack.enter_context(made)
            if desk.rules_problem:
                click.echo(desk.rules_problem, err=True)
            if (loss := desk.ledger.lost()) is not None:
                words = loss.words(desk.ledger.path.parent / "backup")
                click.echo(f"{words}看过后用 check --known 收起这条提示。", err=True)
            # Who logged in acts; `--as` said which account that is.
            self._desk = acting(desk, self.actor) if self.actor and login is None else desk
        return self._desk

    def folder(self) -> Path:
        """The folder of the ledger."""
        return self.data or self.parts.data_dir()

    def login(self) -> Login | None:
        """Log in to an encrypted ledger, once a run; None where it lies open."""
        if self._login is None and (safe := Safe.at(self.folder())) is not None:
            found = log_in(safe, self.actor, self.password_file)
            if found.failed:
                self.remark(f"这个账号上次登录以来有 {found.failed} 次密码输错。")
            self._login = found
        return self._login

    def has_ledger(self) -> bool:
        """Whether there is a ledger to read; asking makes none."""
        folder = self.data or self.parts.data_dir()
        return (folder / LEDGER).exists()

    def library(self) -> Library:
        """The office's rules and forms, with the pack accepted in the ledger where there is one."""
        return self.desk().library if self.has_ledger() else self.parts.library()

    def kinds(self) -> list[PaperKind]:
        """Kinds of paper with the bureau's own forms where there is a ledger, else as shipped."""
        if self.has_ledger():
            return forms_of(self.desk()).kinds()
        return list(self.parts.library().kinds.values())

    def rules(self) -> OfficeRules:
        """The rules as the bureau applies them where there is a ledger, else as shipped."""
        if self.has_ledger():
            return office_rules(self.desk())
        return shipped_rules(self.parts.library())

    def day(self) -> date:
        """The day that `--today` names, else the wall clock's."""
        return self.today or self.parts.wall_clock()

    def answer(self, document: dict[str, Json], *lines: str) -> None:
        """The result: one JSON document with `--json`, else Chinese lines."""
        if self.as_json:
            click.echo(json.dumps(document, ensure_ascii=False, indent=2))
            return
        for line in lines:
            click.echo(line)

    def remark(self, line: str) -> None:
        """A word beside the answer (progress, advice): never on stdout."""
        click.echo(line, err=True)

    def refuse(self, document: dict[str, Json], kind: str, message: str) -> None:
        """The work was done and its result is a no: the document says why, exit code 1."""
        self.exit_code = 1
        failed: dict[str, Json] = {"error": error_body(kind, message)}
        self.answer(document | failed, message)


def error_body(kind: str, message: str, about: str = "") -> dict[str, Json]:
    """The body of `{"error": …}`."""
    return {"kind": kind, "message": message, "field": about}


def plain(value: object) -> Json:
    """A value as JSON knows it: dates ISO, words by their code, dataclasses as objects."""
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, Enum):
        return plain(value.value)
    if isinstance(value, date | datetime):
        return value.isoformat(timespec="minutes") if isinstance(value, datetime) else str(value)
    if is_dataclass(value) and not isinstance(value, type):
        return plain(asdict(value))
    if isinstance(value, dict):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(one) for one in value]
    return str(value)


pass_session = click.make_pass_decorator(Session)
