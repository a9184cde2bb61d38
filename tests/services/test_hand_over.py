"""A case for a colleague: its bound file lies nowhere before it is sealed."""

import tempfile
from dataclasses import replace
from pathlib import Path

import pytest

from inspector_app.domain.inspections import Evidence
from inspector_app.ledger.ids import new_id
from inspector_app.services import by_file
from inspector_app.services.binder import bound_case
from inspector_app.services.cases import new_case
from inspector_app.services.desk import Desk
from inspector_app.sync.packages import cards, own_keys
from inspector_app.sync.packages.file_in import blocks
from inspector_app.sync.packages.file_out import HAND_OVER
from inspector_app.sync.packages.sealed import Keys, open_sealed
from tests.helpers.desks import MONDAY, a_case_form, two_inspectors

SERVER, COLLEAGUE = Keys("11" * 32, "22" * 32), Keys("33" * 32, "44" * 32)


@pytest.fixture
def case_id(desk: Desk) -> str:
    """A case with something to bind, on a PC that knows the shared database and a colleague."""
    lead, assist = two_inspectors(desk)
    case = new_case(desk, a_case_form(lead_id=lead.id, assist_id=assist.id))
    data = b"a workbook"
    kept = Evidence(
        new_id(), desk.files.put(data), "工资表.xlsx", "application/x", len(data), MONDAY
    )
    with desk.work("办理") as uow:
        uow.add(replace(kept, case_id=case.id))
        for kind, name, keys in ((cards.SHARED, "共享库", SERVER), (cards.PC, "赵强", COLLEAGUE)):
            public = keys.public()
            card = cards.Card(kind, name, "zhao", public.sign, public.box)
            own_keys.trust(uow.connection, card)
        uow.commit()
    return case.id


def test_the_bound_case_is_in_the_package_and_was_in_no_other_file(
    desk: Desk, case_id: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = bound_case(desk, case_id).pdf
    stick = tmp_path / "stick"
    stick.mkdir()
    # No file is made where the system keeps temporary ones: there is no such folder.
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))
    written: list[Path] = []
    real = Path.open

    def noted(path: Path, mode: str = "r", *given: object, **named: object) -> object:
        if set(mode) & set("wax+"):
            written.append(path)
        return real(path, mode, *given, **named)  # type: ignore[arg-type]  # handed through

    monkeypatch.setattr(Path, "open", noted)
    before = set(tmp_path.rglob("*"))

    made = by_file.hand_over(desk, case_id, "赵强", stick / "案件", account="li")

    assert made.path == stick / "案件.labx"
    assert [path.name for path in written if not path.name.startswith("案件.labx.")] == []
    assert len(written) == 2, "what is inside sealed for the shared database, and the package"
    assert set(tmp_path.rglob("*")) - before == {made.path}
    opened = open_sealed(made.path, COLLEAGUE, HAND_OVER)
    copies = [data for head, data in blocks(opened.records()) if "copy" in head]
    assert copies == [expected]
    assert expected[:5] not in made.path.read_bytes()
