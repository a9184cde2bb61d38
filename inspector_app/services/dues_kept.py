"""The next due of every open case, kept from one look at the first page to the next.

Twenty thousand open cases take eight seconds to reckon, and an exchange brings a few of them a
minute: only those are reckoned anew.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from inspector_app.ledger.ledger import Ledger
from inspector_app.ledger.views import View
from inspector_app.services.clocks import NextDue, Timing, next_dues, timing
from inspector_app.services.desk import Desk

Step = tuple[int, str]  # number and hash of a changeset


@dataclass(frozen=True, slots=True)
class _Kept:
    """What was reckoned, with what it depends on besides the cases themselves."""

    step: Step
    by: Timing
    dues: dict[str, NextDue | None]

    def holds(self, step: Step, by: Timing) -> bool:
        """Whether only cases changed since: the very rules, the same day, one history."""
        same = self.by.rules is by.rules and self.by.library is by.library
        later = step == self.step or step[0] > self.step[0]
        return same and later and self.by.today == by.today


_LAST: WeakKeyDictionary[Ledger, _Kept] = WeakKeyDictionary()


def open_dues(
    desk: Desk, view: View, step: Step, case_ids: Iterable[str]
) -> dict[str, NextDue | None]:
    """For each of these cases what runs out first, or None; as `next_dues` would say.

    `step` is the head of the ledger from before the view was opened: what came between is then
    reckoned twice rather than missed.
    """
    ids, by, known = list(case_ids), timing(desk), _LAST.get(desk.ledger)
    kept: dict[str, NextDue | None] = {}
    if known is not None and known.holds(step, by):
        # No row ever moves from one case to another: a step names the case it is in now.
        touched = {one.root_id for one in desk.ledger.touched_since(known.step[0])}
        kept = {one: known.dues[one] for one in ids if one in known.dues and one not in touched}
    fresh = [one for one in ids if one not in kept]
    found = next_dues(desk, view, fresh) if fresh else {}
    dues = kept | {one: found.get(one) for one in fresh}
    _LAST[desk.ledger] = _Kept(step, by, dues)
    return dues
