"""A case that is purged goes from the PCs of colleagues it was handed to as well."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import insert

from inspector_app.domain.cases import Stage
from inspector_app.ledger.files import FileStore
from inspector_app.ledger.ids import new_id
from inspector_app.ledger.ledger import Ledger
from inspector_app.ledger.schema.exchange import sync_parcel
from inspector_app.sync import purge
from inspector_app.sync.packages import parcels
from tests.helpers.builders import CITY, a_case
from tests.sync.pcs import NOW, A, Pc

NUMBER, PDF, SEALED = "新华劳监立〔2026〕7号", b"%PDF of a case with names in it", b"sealed"


class Place:
    """A ledger with the files of what was handed over."""

    def __init__(self, pc: Pc, folder: Path) -> None:
        self.ledger: Ledger = pc.ledger
        self.pc, self.files = pc, FileStore(folder)
        self.case_id = new_id()
        closed = {"stage": Stage.CLOSED, "closed_on": date(2026, 9, 1)}
        mine = {"id": self.case_id, "case_no": NUMBER, "scope": A, "city": CITY}
        pc.add(a_case(**mine, **closed, project_id=None))

    def hand(self, state: str, title: str = NUMBER, case_id: str = "") -> parcels.Parcel:
        copy, sealed = (
            self.files.put(PDF + title.encode()),
            self.files.put(SEALED + new_id().encode()),
        )
        row = {"id": sealed, "who": "王芳", "title": title, "at": "2026-09-01", "copy": copy}
        with self.ledger.work("交来", actor="王芳", at=NOW) as uow:
            row |= {"sealed": sealed, "size": 6, "state": state}
            uow.connection.execute(insert(sync_parcel), row)
            if case_id:
                parcels.of_case(uow.connection, sealed, case_id)
            uow.commit()
        return next(one for one in parcels.parcels(self.ledger) if one.id == sealed)

    def purge(self) -> None:
        said = {"actor": "x", "at": NOW, "why": "保存期满"}
        purge.begin(self.ledger, [("case", self.case_id)], **said)
        purge.finish(self.ledger, self.files, **said)

    def here(self) -> set[str]:
        return {one.title for one in parcels.parcels(self.ledger)}


@pytest.fixture
def place(pc: object, tmp_path: Path) -> Place:
    return Place(pc("a1"), tmp_path / "files")  # type: ignore[operator]  # the fixture makes PCs


def test_what_was_handed_over_goes_with_its_case(place: Place) -> None:
    old = place.hand("done")  # of an older program: only its title says which case it is
    new = place.hand("done", "新华劳监立〔2026〕7号（副本）", place.case_id)
    other = place.hand("done", "另一件", new_id())
    place.purge()
    assert place.here() == {"另一件"}
    for one in (old, new):
        assert not place.files.has(one.copy)
        assert not place.files.has(one.id)
    assert place.files.has(other.copy)
    assert place.pc.remembered(parcels.CASES).keys() == {other.id}


def test_what_is_not_carried_yet_stays_sealed_until_it_is(place: Place) -> None:
    one = place.hand("waiting", case_id=place.case_id)
    place.purge()
    assert place.here() == {parcels.PURGED}
    assert (place.files.has(one.copy), place.files.has(one.id)) == (False, True)

    class Line:
        def parcel_put(self, _parcel: str, size: int, _start: int, _data: bytes) -> int:
            return size

    parcels.carry(place.ledger, Line(), place.files, "a1", NOW)  # type: ignore[arg-type]  # one call of it
    assert place.here() == set()
    assert not place.files.has(one.id)
    assert place.pc.remembered(parcels.CASES) is None


def test_a_shared_purge_takes_it_from_each_pc(pc: object, tmp_path: Path) -> None:
    """What the shared database says of an aggregate that left for ever."""
    place = Place(pc("a1"), tmp_path / "files")  # type: ignore[operator]  # the fixture makes PCs
    place.hand("done")
    with place.ledger.work("同步", actor="共享库", at=NOW) as uow:
        purge.remember(uow.connection, [("case", place.case_id, "purged")])
        uow.commit()
    assert place.here() == {NUMBER}, "the case is still here"
    said = {"actor": "共享库", "at": NOW, "why": purge.WHY}
    purge.finish(place.ledger, place.files, **said)
    assert place.here() == {NUMBER}
    purge.begin(place.ledger, [("case", place.case_id)], **said)
    purge.finish(place.ledger, place.files, **said)
    assert place.here() == set()
