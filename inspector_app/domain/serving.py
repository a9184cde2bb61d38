"""Who of the parties of a paper was served and when: a joint paper is served when each of them is.

A record names its party in `Service.party`; one that names none is of a paper to a single party,
or an older one of a joint paper, which serves every party that its note names.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from inspector_app.domain.paper_joint import joint_parties
from inspector_app.domain.papers import Paper, PaperState, Service

DayOf = Callable[[Service], date]


@dataclass(frozen=True, slots=True)
class Delivery:
    """A party of a paper with its service; `party` is "" where the paper has only one.

    `on` is the day it was served, or counts as served; None while it waits.
    """

    party: str
    service: Service | None = None
    on: date | None = None


Deliveries = tuple[Delivery, ...]


def entered_on(service: Service) -> date:
    """The day of the record itself; a published notice counts later."""
    return service.served_on


def serves(service: Service, party: str) -> bool:
    """Whether a record of a joint paper is one of this party."""
    return service.party == party if service.party else party in service.note


def deliveries(
    parties: Sequence[str], records: Iterable[Service], day: DayOf = entered_on
) -> Deliveries:
    """One for each of several parties, in their order; one without a name where there is one.

    Of two records of a party (two PCs may each have made one) the earlier day counts.
    """
    known = list(records)
    if not parties:
        return (_first("", known, day),)
    return tuple(
        _first(party, [one for one in known if serves(one, party)], day) for party in parties
    )


def _first(party: str, records: Sequence[Service], day: DayOf) -> Delivery:
    if not records:
        return Delivery(party)
    found = min(records, key=lambda one: (day(one), one.id))
    return Delivery(party, found, day(found))


def served_on(found: Deliveries) -> date | None:
    """The day the last party was served; None while any party waits."""
    days = [one.on for one in found if one.on is not None]
    return max(days) if days and len(days) == len(found) else None


def waiting(found: Deliveries) -> tuple[str, ...]:
    """The parties that were not served yet; ("",) for a paper with a single party."""
    return tuple(one.party for one in found if one.on is None)


def reached(found: Deliveries) -> Deliveries:
    """Those that were served."""
    return tuple(one for one in found if one.on is not None)


def is_joint(found: Deliveries) -> bool:
    """Whether the paper has several parties."""
    return len(found) > 1


def is_begun(found: Deliveries) -> bool:
    """Whether some parties of a joint paper were served, and others wait."""
    return 0 < len(reached(found)) < len(found)


def progress_words(found: Deliveries) -> str:
    """已送达 1/3 of a joint paper of which some parties wait; else nothing."""
    return f"已送达 {len(reached(found))}/{len(found)}" if is_begun(found) else ""


def by_paper(
    papers: Iterable[Paper], services: Iterable[Service], day: DayOf = entered_on
) -> dict[str, Deliveries]:
    """The deliveries of every paper that is no draft."""
    records: Mapping[str, list[Service]] = _records(services)
    return {
        paper.id: deliveries(joint_parties(paper.values), records.get(paper.id, ()), day)
        for paper in papers
        if paper.state is not PaperState.DRAFT
    }


def _records(services: Iterable[Service]) -> dict[str, list[Service]]:
    found: dict[str, list[Service]] = defaultdict(list)
    for service in services:
        for paper_id in service.paper_ids:
            found[paper_id].append(service)
    return found
