"""Employers, projects and who plays which part on a project."""

from dataclasses import dataclass
from datetime import date

from inspector_app.domain.words import Word


class PartyRole(Word):
    """The part a unit plays on a construction project (保障农民工工资支付条例 ch. 4)."""

    OWNER = "owner", "建设单位"
    GENERAL = "general", "施工总承包单位"
    SUB = "sub", "分包单位"
    LABOUR = "labour", "劳务单位"
    CREW = "crew", "班组长"
    SUPERVISOR = "supervisor", "监理单位"


class ProjectKind(Word):
    """Trade of a project; decides the lead department."""

    BUILDING = "building", "房建市政"
    TRANSPORT = "transport", "交通"
    WATER = "water", "水利"
    OTHER = "other", "其他"


class Investment(Word):
    """Whose money a project is built with."""

    GOVERNMENT = "government", "政府投资"
    STATE = "state", "国企投资"
    PRIVATE = "private", "社会投资"


@dataclass(frozen=True, slots=True)
class Employer:
    """A unit that employs or contracts; aggregate root of the city scope, no personal data."""

    id: str
    name: str
    scope: str  # city code: readable by every county
    city: str
    credit_code: str = ""  # as written; check with domain.credit_code
    legal_person: str = ""
    address: str = ""
    phone: str = ""
    industry: str = ""
    county: str = ""  # six-digit division code of its place of business
    note: str = ""


@dataclass(frozen=True, slots=True)
class Project:
    """A construction project; aggregate root of the city scope."""

    id: str
    name: str
    scope: str
    city: str
    county: str = ""
    address: str = ""
    kind: ProjectKind = ProjectKind.OTHER
    investment: Investment = Investment.PRIVATE
    starts_on: date | None = None
    ends_on: date | None = None
    contract_fen: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class ProjectParty:
    """One link of a project's party chain; child of the project."""

    id: str
    project_id: str
    employer_id: str
    role: PartyRole
    contact: str = ""
    phone: str = ""
    order: int = 0
