"""What one line of an exported register of papers says, put together by the caller."""

from dataclasses import dataclass, replace
from datetime import date

from inspector_app.domain.masking import mask_name, mask_text


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A paper as documents.md 3.6 has it; `person`: it is addressed to a natural person."""

    paper_id: str
    number: str
    title: str
    case_no: str
    party: str
    person: bool
    state: str
    issued_on: date | None
    signer: str
    method: str
    served_on: date | None
    deadline: date | None
    performance: str
    voided: str

    @property
    def key(self) -> str:
        """Which record it is."""
        return self.paper_id

    def masked(self) -> "PaperLine":
        """The line as it may leave the office."""
        return replace(self, party=hidden(self.party, person=self.person), voided=self.voided[:11])


@dataclass(frozen=True, slots=True)
class ServiceLine:
    """A service with all its papers; the receiver is a person, and so may the party be."""

    service_id: str
    case_no: str
    party: str
    person: bool
    papers: str
    method: str
    served_on: date
    counts_on: date
    receiver: str
    relation: str
    place: str
    proof: str
    receipt: bool
    note: str

    @property
    def key(self) -> str:
        """Which record it is."""
        return self.service_id

    def masked(self) -> "ServiceLine":
        """The line as it may leave the office: no names, no free text, no place of a person."""
        return replace(
            self,
            party=hidden(self.party, person=self.person),
            receiver=mask_name(self.receiver),
            place="" if self.person else mask_text(self.place),
            proof="",
            note="",
        )


@dataclass(frozen=True, slots=True)
class MissingLine:
    """A paper that waits for its service or for its receipt."""

    paper_id: str
    number: str
    title: str
    case_no: str
    party: str
    person: bool
    lacks: str
    since: date
    days: int

    @property
    def key(self) -> str:
        """Which record it is."""
        return self.paper_id

    def masked(self) -> "MissingLine":
        """The line as it may leave the office."""
        return replace(self, party=hidden(self.party, person=self.person))


def hidden(name: str, *, person: bool) -> str:
    """The name of a unit as it is, that of a person hidden."""
    return mask_name(name) if person else name
