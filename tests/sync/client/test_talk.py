"""Two exchanges one right after the other are told as one."""

from inspector_app.ledger.unit import Change
from inspector_app.sync.talk import Report


def test_what_was_done_adds_up_and_how_things_stand_is_what_was_found_last() -> None:
    first = Report(
        me="a1", pushed=3, received=5, disputed=1, held=2, left_out=4, files_sent=1, paused=True,
        reforked=True, unlike=["410402"], changes=[Change("case", "c")], touched={"410402"},
    )  # fmt: skip
    second = Report(
        me="a1", pushed=1, received=2, disputed=1, refused=1, left_out=1, file_troubles=1,
        cancelled=True, changes=[Change("case", "d")], touched={"410403"},
    )  # fmt: skip
    both = first.then(second)
    assert (both.pushed, both.received, both.disputed, both.files_sent) == (4, 7, 2, 1)
    assert (both.refused, both.held, both.left_out, both.file_troubles) == (1, 0, 4, 1)
    assert (both.cancelled, both.paused, both.reforked) == (True, False, True)
    assert both.unlike == ["410402"]
    assert both.changes == [Change("case", "c"), Change("case", "d")]
    assert both.touched == {"410402", "410403"}
