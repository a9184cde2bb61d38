"""Numbers on paper whose step was given up, or not chosen, at a real PostgreSQL."""

from collections.abc import Callable

from inspector_app.domain.cases import Case
from inspector_app.domain.papers import NumberEntry, NumberState, Paper, PaperState
from inspector_app.ledger.ids import new_id
from inspector_app.sync.numbers.given_up import UNTOLD
from tests.sync.client.printing import disputed, print_it, told
from tests.sync.pcs import NOW, ORDER, A, B, Pc

Make = Callable[[str], Pc]


def in_register(one: Pc) -> dict[int, tuple[str, str]]:
    rows = one.line.register(A, NOW.year)["numbers"]
    return {row[2]: (row[3], row[6]) for row in rows if row[0] == ORDER and row[3] != "leased"}


def test_what_is_given_up_and_what_was_not_chosen_is_void_in_every_register(real: Make) -> None:
    one, two, paper_id, nos = disputed(real)
    (open_one,) = two.conflicts()
    two.resolve(open_one.id, "theirs", "先送达的为准")
    for here in (two, one, two):
        here.sync()
    reason = f"同一文书在两台电脑各制发一份，选用了{told(nos[0])[0]}：先送达的为准"
    for here in (one, two):
        (kept,) = [each for each in here.find(Paper) if each.id != paper_id]
        assert (kept.state, kept.void_reason) == (PaperState.VOID, reason)
        assert (kept.number, kept.sha256) == told(nos[1])
        assert here.ledger.check() == []
    assert in_register(one) == {nos[0]: ("issued", ""), nos[1]: ("void", reason)}
    given_up(real, one, two, paper_id)


def given_up(real: Make, one: Pc, two: Pc, paper_id: str) -> None:
    """The next paper of the case is printed while the case leaves the county."""
    with one.ledger.read() as view:
        case = view.get(Case, view.get(Paper, paper_id).case_id)
    first = Paper(new_id(), case.id, "notice", "1", PaperState.DRAFT, "{}")
    one.add(first)
    one.sync()
    city = real("city")
    city.sync()
    no = print_it(one, first.id)
    city.edit(Case, case.id, scope=B)
    city.sync()
    assert one.sync().refused == 1
    one.decide(one.refused()[0].n, "theirs", "已移送")
    for here in (one, two, one):
        assert here.sync().refused == 0
    void = (NumberState.VOID, f"{UNTOLD}：已移送")
    for here in (one, two):
        (entry,) = here.find(NumberEntry, no=no)
        assert (entry.state, entry.reason) == void
        assert here.ledger.check() == []
    assert in_register(one)[no] == ("void", f"{UNTOLD}：已移送")
    assert one.issue(A) != no
