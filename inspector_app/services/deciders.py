"""Puts the questions of a case to the deciders: proposals for a person, nothing is decided."""

from collections.abc import Iterable
from dataclasses import dataclass

from inspector_app.domain.deciders import Reason
from inspector_app.domain.deciders.blacklist import ListFact, ListProposal, propose_listing
from inspector_app.domain.deciders.compensation import (
    ExtraPayProposal,
    MinimumWageProposal,
    SurchargeProposal,
    propose_extra_pay,
    propose_minimum_wage,
)
from inspector_app.domain.deciders.crime import CrimeProposal, Evasion, Exit, propose_transfer
from inspector_app.domain.deciders.deposit import (
    DepositProposal,
    DepositQuestion,
    propose_deposit,
)
from inspector_app.domain.deciders.hearings import FineProposal, Heavy, propose_fines
from inspector_app.domain.deciders.liability import LiabilityProposal, propose_liability
from inspector_app.domain.events import CaseEvent
from inspector_app.domain.parties import ProjectKind
from inspector_app.domain.words import Word
from inspector_app.errors import UserError
from inspector_app.library.wages import area_class
from inspector_app.services import decider_questions as questions
from inspector_app.services.case_sheet import CaseSheet, case_sheet
from inspector_app.services.decider_facts import ActCount, orders_of
from inspector_app.services.decider_questions import Typed
from inspector_app.services.decider_rules import EXTRA_PAY, DeciderRules, decider_rules
from inspector_app.services.desk import Desk
from inspector_app.services.steps import StepForm, take_step

__all__ = ["ActCount", "Proposals", "Typed", "decide", "record_situation", "tickable"]

SITUATION = "situation"
_TICKS: tuple[type[Word], ...] = (Evasion, Exit, ListFact, Heavy)


@dataclass(frozen=True, slots=True)
class Proposals:
    """Everything the law proposes for a case. `situation` is what was ticked last, if anything.

    `deposit` and the `contract` it is about are None without a contract amount, `surcharge` while
    no fine is overdue, `minimum_wage` while no months were typed.
    """

    case_id: str
    case_no: str
    respondent: str
    situation: CaseEvent | None
    fines: FineProposal
    liability: LiabilityProposal
    crime: CrimeProposal
    blacklist: ListProposal
    extra_pay: ExtraPayProposal
    contract: DepositQuestion | None
    deposit: DepositProposal | None
    surcharge: SurchargeProposal | None
    minimum_wage: MinimumWageProposal | None
    notes: tuple[Reason, ...]


def decide(desk: Desk, case_ref: str, typed: Typed | None = None) -> Proposals:
    """Ask every decider about a case as it stands today; the ledger is only read."""
    sheet, rules, typed = case_sheet(desk, case_ref), decider_rules(desk), typed or Typed()
    event, today = sheet.situation.last_event(SITUATION), desk.today()
    ticks, price = questions.ticks_of(event, typed)
    orders = orders_of(desk.library, sheet)
    crime = propose_transfer(questions.respondent(sheet, ticks, orders), rules.crime(), today)
    with desk.ledger.read() as view:
        fine = questions.fine_question(desk, view, sheet, rules, orders, ticks, typed)
        contract = typed.deposit or questions.deposit_question(desk, view, sheet)
        notes = questions.notes(view, sheet)
    listing = questions.list_question(sheet, ticks, crime, typed)
    kind = sheet.project.kind if sheet.project else ProjectKind.OTHER
    return Proposals(
        case_id=sheet.case.id,
        case_no=sheet.case.case_no,
        respondent=sheet.employer.name,
        situation=event,
        fines=propose_fines(fine, rules.fines(), today),
        liability=propose_liability(
            questions.situation_of(desk, sheet, ticks, price),
            desk.library.liability.values(),
            desk.library.situation_facts,
        ),
        crime=crime,
        blacklist=propose_listing(listing, rules.blacklist(), rules.office.calendar, today),
        extra_pay=propose_extra_pay(sheet.totals.owing_fen, rules.figure(EXTRA_PAY), orders, today),
        contract=contract,
        deposit=propose_deposit(contract, rules.deposit(kind)) if contract else None,
        surcharge=questions.surcharge(desk, sheet, rules),
        minimum_wage=_minimum_wage(desk, sheet, rules, typed),
        notes=notes,
    )


def _minimum_wage(
    desk: Desk, sheet: CaseSheet, rules: DeciderRules, typed: Typed
) -> MinimumWageProposal | None:
    """Typed months against the wages of the county the case belongs to."""
    if not typed.paid_months:
        return None
    county = area_class(rules.office.settings, sheet.case.scope)
    return propose_minimum_wage(typed.paid_months, desk.library.minimum_wages.values(), county)


def tickable(desk: Desk) -> dict[str, str]:
    """What can be ticked about a case, by code: facts of liability, crime, list and sanction."""
    found = {code: fact.name for code, fact in desk.library.situation_facts.items()}
    return found | {str(one.value): one.label for words in _TICKS for one in words}


def record_situation(
    desk: Desk,
    case_ref: str,
    facts: Iterable[str],
    note: str = "",
    unpaid_price_fen: int | None = None,
) -> CaseEvent:
    """Store which facts hold in a case; they replace what was ticked before.

    `unpaid_price_fen` is the price of the works the owner still owes (未结清的工程款).
    """
    codes, known = tuple(dict.fromkeys(facts)), tickable(desk)
    strange = [code for code in codes if code not in known]
    if strange:
        listed = "、".join(f"{code}（{name}）" for code, name in known.items())
        raise UserError(f"没有“{strange[0]}”这种情形。可用：{listed}。", field="facts")
    form = StepForm(
        step=SITUATION, on=desk.today(), codes=codes, amount_fen=unpaid_price_fen, note=note
    )
    return take_step(desk, case_ref, form).event
