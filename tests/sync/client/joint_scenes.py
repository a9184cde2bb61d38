"""Scenes of a joint paper whose parties two PCs serve while apart; played on model and server."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from inspector_app.domain.looks import Fact
from inspector_app.domain.papers import Paper, PaperState, Service, ServiceMethod
from inspector_app.domain.serving import by_paper, served_on, waiting
from inspector_app.ledger.ids import new_id
from inspector_app.services.field_words import is_legal
from inspector_app.sync import apart
from tests.sync.fake_server import FakeServer
from tests.sync.pcs import Pc

Make = Callable[[str], Pc]
ONE, OTHER = "甲公司", "乙公司"
JOINT = f'{{"party":"{ONE}","co_parties":[{{"name":"{OTHER}"}}]}}'
MONDAY, TUESDAY = date(2026, 9, 28), date(2026, 9, 29)


@dataclass
class Joint:
    """Two PCs that have the same joint paper; whatever they do next they do apart."""

    one: Pc
    two: Pc
    case_id: str
    paper_id: str

    def served(self, party: str, on: date) -> Service:
        direct = ServiceMethod.DIRECT
        return Service(new_id(), self.case_id, (self.paper_id,), direct, on, party=party)

    def meet(self) -> None:
        """Both exchange until both have everything, as the program does: with an eye on facts."""
        for pc in (self.one, self.two, self.one):
            pc.do(lambda uow: apart.begin(uow.connection))
            pc.sync()

    def days(self, pc: Pc) -> tuple[date | None, tuple[str, ...]]:
        """When the paper counts as served on that PC, and for which parties it waits."""
        found = by_paper(pc.find(Paper), pc.find(Service))[self.paper_id]
        return served_on(found), waiting(found)


def a_joint_paper(pc: Make) -> Joint:
    one, two = pc("a1"), pc("a2")
    case_id = one.new_case()
    issued = {"issued_on": MONDAY, "sha256": "0" * 64, "pages": 1}
    state = PaperState.ISSUED
    paper = Paper(new_id(), case_id, "rectification_order", "1", state, JOINT, **issued)  # type: ignore[arg-type]  # named fields
    one.add(paper)
    one.sync()
    two.sync()
    return Joint(one, two, case_id, paper.id)


def each_serves_one_party(pc: Make, server: FakeServer) -> None:
    """Two records of two parties are two rows: both stay, nobody is asked."""
    here = a_joint_paper(pc)
    here.one.add(here.served(ONE, MONDAY))
    here.two.add(here.served(OTHER, TUESDAY))
    here.meet()
    for each in (here.one, here.two):
        assert each.conflicts(every=True) == []
        assert here.days(each) == (TUESDAY, ())
    assert here.one.rows() == here.two.rows()


def both_serve_the_same_party(pc: Make, server: FakeServer) -> None:
    """Both records stay, the earlier day counts, and the case asks for a look."""
    here = a_joint_paper(pc)
    mine, theirs = here.served(ONE, MONDAY), here.served(ONE, TUESDAY)
    here.one.add(theirs)
    here.two.add(mine)
    here.one.sync()
    here.two.do(lambda uow: apart.begin(uow.connection))
    here.two.sync()
    with here.two.ledger.read() as view:
        (asked,) = apart.findings(view.connection, is_legal)
    assert asked.case_id == here.case_id
    assert (asked.own, asked.other) == (
        (Fact("service", mine.id, ""),),
        (Fact("service", theirs.id, ""),),
    )
    here.one.sync()
    for each in (here.one, here.two):
        assert {one.id for one in each.find(Service)} == {mine.id, theirs.id}
        assert here.days(each) == (None, (OTHER,))
        (found, *_) = by_paper(each.find(Paper), each.find(Service))[here.paper_id]
        assert found.on == MONDAY


def both_correct_one_record(pc: Make, server: FakeServer) -> None:
    """The day of one service put right in two ways is a conflict: nobody's day is overwritten."""
    here = a_joint_paper(pc)
    record = here.served(ONE, MONDAY)
    here.one.add(record)
    here.one.sync()
    here.two.sync()
    here.one.edit(Service, record.id, served_on=TUESDAY)
    here.two.edit(Service, record.id, method=ServiceMethod.POST)
    here.meet()
    for each in (here.one, here.two):
        (asked,) = each.conflicts()
        assert (asked.t, asked.row_id, asked.group) == ("service", record.id, "service")
        assert asked.theirs is not None
        assert asked.mine is not None
        assert asked.theirs["served_on"] == TUESDAY.isoformat()
        assert asked.mine["method"] == ServiceMethod.POST.value
        (kept,) = each.find(Service)
        assert (kept.served_on, kept.method) == (TUESDAY, ServiceMethod.DIRECT)


SCENES = [each_serves_one_party, both_serve_the_same_party, both_correct_one_record]
