"""The registers of papers: what was issued, how it was served, which receipts are missing."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from inspector_app.domain.paper_joint import joint_parties
from inspector_app.domain.papers import Paper, PaperState, Service, ServiceMethod
from inspector_app.domain.serving import Deliveries, is_begun, served_on, waiting
from inspector_app.domain.term_words import date_text
from inspector_app.services.case_facts import effective_day
from inspector_app.services.desk import Desk
from inspector_app.services.register_facts import (
    RegisterFacts,
    deadline,
    has_receipt,
    performance,
    read_facts,
    signer,
)
from inspector_app.services.rules import office_rules

# Signed by whoever took the paper (民诉法 87-89); post has the postal receipt, the other ways a
# confirmation, a publication or pictures, all asked for when the service is entered.
SIGNED_FOR = frozenset((ServiceMethod.DIRECT, ServiceMethod.LEAVING, ServiceMethod.ENTRUSTED))
UNSERVED, NO_RECEIPT = "unserved", "no_receipt"


@dataclass(frozen=True, slots=True)
class RegisterQuery:
    """What a register is asked for; empty means any. Days are those of the issue, or of service."""

    states: Sequence[PaperState] = ()
    kinds: Sequence[str] = ()
    party: str = ""
    case_id: str = ""
    since: date | None = None
    until: date | None = None
    unserved: bool = False
    ids: Collection[str] = ()  # of the rows themselves, or of their papers


EVERY = RegisterQuery()


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """A paper as documents.md 3.6 has it."""

    id: str
    number: str
    title: str
    kind: str
    state: PaperState
    case_id: str
    case_no: str
    party: str
    issued_on: date | None
    signer: str  # who approved it, else who issued it
    method: str
    served_on: date | None
    deadline: date | None
    performance: str
    voided: str
    to_serve: bool  # issued, with a number, for somebody outside, and not served
    unserved: tuple[str, ...] = ()  # the parties that wait while others were served


@dataclass(frozen=True, slots=True)
class ServiceRow:
    """A service with all the papers it covers, and the receipt on file; one for each party."""

    id: str
    case_id: str
    case_no: str
    party: str
    papers: tuple[str, ...]  # 限期改正指令书 平人社监令字〔2026〕第1号
    kinds: tuple[str, ...]
    method: ServiceMethod
    served_on: date
    counts_on: date  # a published notice counts later
    receiver: str
    relation: str
    place: str
    proof: str  # witness, waybill, pictures … as entered
    receipt: bool  # a 送达回证 on file names all its papers
    note: str


@dataclass(frozen=True, slots=True)
class MissingRow:
    """A paper that was not served, or whose service has no receipt on file; by party."""

    id: str  # the paper, and which of its parties
    paper_id: str
    number: str
    title: str
    kind: str
    case_id: str
    case_no: str
    party: str
    lacks: str  # unserved, no_receipt
    since: date
    days: int


# ── the paper register ───────────────────────────────────────────────────────────────────────
def paper_register(desk: Desk, query: RegisterQuery = EVERY) -> list[RegisterRow]:
    """Papers by number, the newest first; drafts stand at the end."""
    with desk.ledger.read() as view:
        known = read_facts(desk, view, query.case_id)
    rows = [_register_row(desk, known, paper) for paper in known.papers.values()]
    rows = [row for row in rows if _wanted(row, query)]
    rows.sort(
        key=lambda row: (row.issued_on or date.min, len(row.number), row.number), reverse=True
    )
    return rows


def _wanted(row: RegisterRow, query: RegisterQuery) -> bool:
    return (
        (not query.states or row.state in query.states)
        and (not query.kinds or row.kind in query.kinds)
        and query.party in row.party
        and _between(row.issued_on, query)
        and (row.to_serve or not query.unserved)
        and (not query.ids or row.id in query.ids)
    )


def _between(day: date | None, query: RegisterQuery) -> bool:
    if query.since is None and query.until is None:
        return True
    if day is None:
        return False
    return (query.since or date.min) <= day <= (query.until or date.max)


def _register_row(desk: Desk, known: RegisterFacts, paper: Paper) -> RegisterRow:
    kind, found = known.kinds[paper.id], known.deliveries.get(paper.id, ())
    issued = paper.state is PaperState.ISSUED
    void = f"{date_text(paper.voided_on)}　{paper.void_reason}" if paper.void_reason else ""
    return RegisterRow(
        id=paper.id,
        number=paper.number,
        title=kind.title,
        kind=paper.kind,
        state=paper.state,
        case_id=paper.case_id or "",
        case_no=known.case_no(paper),
        party=known.party(paper),
        issued_on=paper.issued_on,
        signer=signer(known, paper),
        method=_methods(found),
        served_on=served_on(found),
        deadline=deadline(known, paper),
        performance=performance(desk, known, paper) if issued else "",
        voided=void,
        to_serve=issued and bool(paper.number) and kind.served and bool(waiting(found)),
        unserved=waiting(found) if is_begun(found) else (),
    )


def _methods(found: Deliveries) -> str:
    """直接送达、邮寄送达: how the parties were served, each way once."""
    labels = (one.service.method.label for one in found if one.service)
    return "、".join(dict.fromkeys(labels))


# ── the service register ─────────────────────────────────────────────────────────────────────
def service_register(desk: Desk, query: RegisterQuery = EVERY) -> list[ServiceRow]:
    """Services, the latest first, one for each party; one proof may list several papers."""
    with desk.ledger.read() as view:
        known = read_facts(desk, view, query.case_id)
    rows = [_service_row(desk, known, one) for one in known.services]
    wanted = [
        row
        for row in rows
        if query.party in row.party
        and _between(row.served_on, query)
        and (not query.ids or row.id in query.ids)
    ]
    return sorted(wanted, key=lambda row: (row.served_on, row.id), reverse=True)


def _service_row(desk: Desk, known: RegisterFacts, service: Service) -> ServiceRow:
    papers = [known.papers[one] for one in service.paper_ids if one in known.papers]
    proofs = (
        ("见证人", service.witness), ("邮单", service.waybill), ("录像", service.video),
        ("确认书", service.consent), ("受托机关", service.entrusted_to), ("公告", service.media),
        ("原因", service.reason),
    )  # fmt: skip
    return ServiceRow(
        id=service.id,
        case_id=service.case_id,
        case_no=known.cases[service.case_id].case_no,
        party=service.party or next((known.party(paper) for paper in papers), ""),
        papers=tuple(f"{known.kinds[one.id].title}　{one.number}".strip() for one in papers),
        kinds=tuple(one.kind for one in papers),
        method=service.method,
        served_on=service.served_on,
        counts_on=effective_day(office_rules(desk), service),
        receiver=service.receiver,
        relation=service.relation,
        place=service.place,
        proof="；".join(f"{name}：{text}" for name, text in proofs if text),
        receipt=all(has_receipt(known, one, _of_several(one, service.party)) for one in papers),
        note=service.note,
    )


def _of_several(paper: Paper, party: str) -> str:
    """The party when the paper has several: its receipt must then be of that one."""
    return party if joint_parties(paper.values) else ""


# ── what is missing ──────────────────────────────────────────────────────────────────────────
def missing_receipts(desk: Desk, query: RegisterQuery = EVERY) -> list[MissingRow]:
    """Numbered papers not served yet, and served ones without their 送达回证, the oldest first.

    Of a joint paper a row for each party that lacks something.
    """
    with desk.ledger.read() as view:
        known = read_facts(desk, view, query.case_id)
    rows = [
        row
        for paper in known.papers.values()
        for row in _missing(desk, known, paper)
        if query.party in row.party
        and (not query.kinds or row.kind in query.kinds)
        and _between(row.since, query)
        and (row.lacks == UNSERVED or not query.unserved)
        and (not query.ids or row.id in query.ids or row.paper_id in query.ids)
    ]
    return sorted(rows, key=lambda row: (row.since, row.number))


def _missing(desk: Desk, known: RegisterFacts, paper: Paper) -> Iterator[MissingRow]:
    kind = known.kinds[paper.id]
    if paper.state is not PaperState.ISSUED or not paper.number or not kind.served:
        return
    for one in known.deliveries[paper.id]:
        service = one.service
        # An older record speaks of all parties at once, and so does its receipt.
        whose = one.party if service and service.party else ""
        if service is None and paper.issued_on:
            yield _missing_row(desk, known, paper, one.party, UNSERVED, paper.issued_on)
        elif service and service.method in SIGNED_FOR and not has_receipt(known, paper, whose):
            yield _missing_row(desk, known, paper, one.party, NO_RECEIPT, service.served_on)


def _missing_row(
    desk: Desk, known: RegisterFacts, paper: Paper, party: str, lacks: str, since: date
) -> MissingRow:
    kind = known.kinds[paper.id]
    return MissingRow(
        id=f"{paper.id}#{party}" if party else paper.id,
        paper_id=paper.id,
        number=paper.number,
        title=kind.title,
        kind=kind.id,
        case_id=paper.case_id or "",
        case_no=known.case_no(paper),
        party=party or known.party(paper),
        lacks=lacks,
        since=since,
        days=(desk.today() - since).days,
    )
