"""A desk on an empty ledger in a folder of its own, on a day that stands still."""

from dataclasses import replace
from datetime import date, datetime, time
from functools import cache
from pathlib import Path

from inspector_app.domain.cases import Source
from inspector_app.domain.office import Inspector
from inspector_app.ledger.engine import LEDGER
from inspector_app.ledger.files import FileStore
from inspector_app.ledger.ledger import Ledger
from inspector_app.library.loading import Library, load_library
from inspector_app.library.office import office_dir
from inspector_app.papers.fonts import FontSet
from inspector_app.services import settings
from inspector_app.services.cases import CaseForm
from inspector_app.services.clues import ClueForm
from inspector_app.services.desk import Desk
from tests.helpers.blank import lay

MONDAY = date(2026, 9, 28)  # five working days on is 10 October, a make-up Saturday
COUNTY = "410411"
# How the bureau is reached: papers that print it are not issued without.
REACHED = {"address": "平顶山市某路1号", "phone": "0375-0000000", "contact": "李明"}


@cache
def library() -> Library:
    """The shipped library, loaded once for all tests."""
    return load_library(office_dir())


@cache
def shipped_fonts() -> FontSet:
    """The shipped fonts only: the same page on every machine."""
    return FontSet.shipped_only(office_dir() / "resources" / "fonts")


def make_desk(folder: Path, today: date = MONDAY) -> Desk:
    """A desk of the demonstration inspector 李明; close its ledger when done."""
    lay(folder / LEDGER)
    return Desk(
        ledger=Ledger.open(folder / LEDGER),
        library=library().apart(),
        files=FileStore(folder / "files"),
        fonts=shipped_fonts,
        today=lambda: today,
        now=lambda: datetime.combine(today, time(9, 41)),
        city="410400",
        actor="李明",
        demo=True,
    )


def on(desk: Desk, day: date) -> Desk:
    """The same desk on another day."""
    return replace(desk, today=lambda: day, now=lambda: datetime.combine(day, time(9, 41)))


def two_inspectors(desk: Desk) -> tuple[Inspector, Inspector]:
    """李明 and 赵强 with their certificate numbers."""
    for name, number in (("李明", "YS-0001"), ("赵强", "YS-0002")):
        settings.save_inspector(desk, Inspector("", name, desk.city, desk.city, number, "一科"))
    first, second = sorted(settings.inspectors(desk), key=lambda one: one.certificate)
    return first, second


def a_clue_form(**changes: object) -> ClueForm:
    """A complaint of one worker about 青禾建筑劳务."""
    form = ClueForm(
        source=Source.VISIT,
        received_on=date(2026, 9, 25),
        employer_name="青禾建筑劳务有限公司",
        scope=COUNTY,
        project_name="城东安置房三标段",
        cause="拖欠农民工工资",
        amount_fen=1_860_000,
        amount_written="18600元",
        person_name="向大山",
        person_phone="13900000001",
        person_id_number="410499197803120113",
        confidential=False,
    )
    return replace(form, **changes)  # type: ignore[arg-type]  # tests name fields freely


def a_case_form(**changes: object) -> CaseForm:
    """A case of 青禾建筑劳务, filed on the holiday before."""
    form = CaseForm(
        employer="青禾建筑劳务有限公司",
        credit_code="91410499MADEM00012",
        scope=COUNTY,
        source=Source.VISIT,
        cause="拖欠农民工工资",
        received_on=date(2026, 9, 25),
        filed_on=date(2026, 9, 25),
        project="城东安置房三标段",
    )
    return replace(form, **changes)  # type: ignore[arg-type]  # tests name fields freely
