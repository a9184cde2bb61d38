"""A bureau's own version of a form, beside the shipped ones of forms/."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Template:
    """One version of one form; aggregate root. Papers keep the version they were made with."""

    id: str
    kind: str  # id of the paper kind it takes the place of
    version: str
    effective_from: date
    form: str  # the form itself, TOML as in forms/papers
    scope: str
    city: str
