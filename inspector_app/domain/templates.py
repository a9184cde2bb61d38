"""A bureau's own version of a form, beside the shipped ones of forms/."""

import re
from dataclasses import dataclass
from datetime import date

VERSION = re.compile(r"[0-9A-Za-z\u4e00-\u9fff][0-9A-Za-z\u4e00-\u9fff._-]{0,19}")
VERSION_HINT = "如 局2026-1：汉字、字母、数字、点和横线，最多 20 字"


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
