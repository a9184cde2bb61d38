"""The office itself: its inspectors, its settings and the to-dos they owe."""

from dataclasses import dataclass, replace
from datetime import date

from inspector_app.domain.rights import Role
from inspector_app.domain.words import Word


@dataclass(frozen=True, slots=True)
class Inspector:
    """A person of the office; aggregate root (user). A certificate number is needed on papers."""

    id: str
    name: str
    scope: str
    city: str
    certificate: str = ""  # 执法证号
    department: str = ""
    title: str = "劳动保障监察员"
    phone: str = ""
    active: bool = True
    leader: bool = False  # 负责人: approves, and may let a step pass with a reason
    no_casework: bool = False  # registered, but works no cases
    reviewer: bool = False  # 法制审核
    administrator: bool = False  # as soon as there is one, roles are in force
    auditor: bool = False

    @property
    def roles(self) -> frozenset[Role]:
        """What this person is in the office: whoever is not excepted works cases."""
        held = {
            Role.INSPECTOR: not self.no_casework,
            Role.LEADER: self.leader,
            Role.REVIEWER: self.reviewer,
            Role.ADMINISTRATOR: self.administrator,
            Role.AUDITOR: self.auditor,
        }
        return frozenset(role for role, holds in held.items() if holds)

    def with_roles(self, roles: frozenset[Role]) -> "Inspector":
        """The same person with exactly these roles."""
        return replace(
            self,
            no_casework=Role.INSPECTOR not in roles,
            leader=Role.LEADER in roles,
            reviewer=Role.REVIEWER in roles,
            administrator=Role.ADMINISTRATOR in roles,
            auditor=Role.AUDITOR in roles,
        )


@dataclass(frozen=True, slots=True)
class Setting:
    """One choice of the bureau; aggregate root. `key` is listed in library/settings."""

    id: str
    key: str
    value: str
    scope: str
    city: str


class TodoOrigin(Word):
    """What made a to-do."""

    HAND = "hand", "手工登记"
    ORDER = "order", "复查整改"
    INQUIRY = "inquiry", "调查询问"
    INTERVIEW = "interview", "约谈承诺"
    INSPECTION = "inspection", "复查"


@dataclass(frozen=True, slots=True)
class Todo:
    """Something to do by a date; child of a case.

    With `paper_id` it follows up a served paper: once done, that paper's clock stands still;
    with `party` only the clock of that one of several parties.
    """

    id: str
    case_id: str
    title: str
    due_on: date
    origin: TodoOrigin = TodoOrigin.HAND
    done_on: date | None = None
    paper_id: str | None = None
    party: str = ""
