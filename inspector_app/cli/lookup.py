"""Finds what a person named on the command line: by id, by number or by name."""

from typing import TypeVar

from inspector_app.domain.clues import Clue
from inspector_app.domain.office import Inspector
from inspector_app.domain.papers import Paper
from inspector_app.domain.parties import Employer, Project
from inspector_app.errors import UserError
from inspector_app.services.desk import Desk
from inspector_app.services.inspector_ref import meant
from inspector_app.services.settings import inspectors

T = TypeVar("T")


def find_clue(desk: Desk, ref: str) -> Clue:
    """The clue of that id or register number."""
    with desk.ledger.read() as view:
        found = view.first(Clue, clue_no=ref) or view.first(Clue, id=ref)
    return _found(found, f"没有找到线索“{ref}”。", "clue")


def find_paper(desk: Desk, ref: str) -> Paper:
    """The paper of that id or number."""
    with desk.ledger.read() as view:
        found = view.first(Paper, number=ref) or view.first(Paper, id=ref)
    return _found(found if ref else None, f"没有找到文书“{ref}”。", "paper")


def find_employer(desk: Desk, ref: str) -> Employer:
    """The employer of that id, credit code or name."""
    with desk.ledger.read() as view:
        found = (
            view.first(Employer, id=ref)
            or view.first(Employer, credit_code=ref.upper())
            or view.first(Employer, name=ref)
        )
    return _found(found, f"没有找到用人单位“{ref}”。", "employer")


def find_project(desk: Desk, ref: str) -> Project:
    """The project of that id or name."""
    with desk.ledger.read() as view:
        found = view.first(Project, id=ref) or view.first(Project, name=ref)
    return _found(found, f"没有找到工程项目“{ref}”。", "project")


def find_inspector(desk: Desk, ref: str) -> Inspector:
    """The active inspector of that id, certificate number or name; two of one name are refused."""
    found = meant(inspectors(desk), ref, "inspectors")
    return _found(found, f"没有找到监察员“{ref}”。", "inspectors")


def _found(value: T | None, message: str, field: str) -> T:
    if value is None:
        raise UserError(message, field=field, kind="not_found")
    return value
