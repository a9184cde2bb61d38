"""What the earlier papers of a case say of the same things as one of its drafts."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from inspector_app.domain.paper_reuse import Earlier, Reuse, compare
from inspector_app.domain.paper_values import loads
from inspector_app.domain.papers import Paper, PaperKind, PaperState, Values
from inspector_app.services.desk import Desk
from inspector_app.services.templates import Forms, forms_of

OF_A_KIND = 10  # papers of one kind that are looked at


def earlier_papers(desk: Desk, paper: Paper) -> tuple[Earlier, ...]:
    """The issued papers of the case a draft belongs to, void ones left out."""
    if paper.case_id is None or paper.state is not PaperState.DRAFT:
        return ()
    with desk.ledger.read() as view:
        issued = view.find(Paper, case_id=paper.case_id, state=PaperState.ISSUED)
        forms = forms_of(desk, view)
    return tuple(_earlier(forms, issued))


def _earlier(forms: Forms, issued: Iterable[Paper]) -> Iterable[Earlier]:
    for one in _newest(issued):
        if one.issued_on is not None and one.kind in forms.library.kinds:
            kind = forms.of_paper(one)
            yield Earlier(one.id, kind, one.number, one.issued_on, loads(one.values, kind))


def _newest(issued: Iterable[Paper]) -> Iterable[Paper]:
    """The last few of each kind: what older ones said has been said again since."""
    seen: Counter[str] = Counter()
    days = ((one.issued_on or date.min, one.id, one) for one in issued)
    for *_, one in sorted(days, key=lambda pair: pair[:2], reverse=True):
        seen[one.kind] += 1
        if seen[one.kind] <= OF_A_KIND:
            yield one


def reuses(desk: Desk, paper: Paper, kind: PaperKind, values: Values) -> tuple[Reuse, ...]:
    """Each field of a draft that an earlier paper speaks of, in the order of the form."""
    return compare(kind, values, earlier_papers(desk, paper))
