"""What a form prints of the bureau itself must be filled in before it is issued."""

from dataclasses import replace

import pytest

from inspector_app.domain.papers import Block, PaperProblem
from inspector_app.errors import UserError
from inspector_app.services import papers
from inspector_app.services.desk import Desk
from inspector_app.services.issuing import issue
from inspector_app.services.office_gaps import office_gaps
from inspector_app.services.settings import save
from tests.helpers.ready import ORDER, ready_case


@pytest.fixture
def case_id(desk: Desk) -> str:
    """A case whose order can be issued as it stands."""
    return ready_case(desk)


def gaps(desk: Desk, case_id: str, kind: str = ORDER) -> list[PaperProblem]:
    """Open points that lie in the settings."""
    found = papers.draft_sheet(desk, papers.start_draft(desk, case_id, kind).id).problems
    return [one for one in found if one.field.startswith("setting.")]


def test_an_order_does_not_go_out_with_blank_labels(desk: Desk, case_id: str) -> None:
    assert gaps(desk, case_id) == []
    save(desk, {"contact": "", "phone": "", "address": ""})

    (told,) = gaps(desk, case_id)

    assert (told.field, told.blocking) == ("setting.contact", True)
    assert told.message == (
        "文书要印的“联系人”、“联系电话”、“地址”还没有填，会印成空白：请在 设置 → 本局 填写"
    )
    with pytest.raises(UserError, match="设置 → 本局"):
        issue(desk, papers.start_draft(desk, case_id, ORDER).id)


def test_only_what_the_paper_prints_is_asked_for(desk: Desk, case_id: str) -> None:
    save(desk, {"contact": "", "postcode": "", "court": "", "order_remedies": "是"})

    (told,) = gaps(desk, case_id)

    assert told.message.startswith("文书要印的“联系人”还没有填")
    assert gaps(desk, case_id, "file_note") == []


def test_each_group_of_the_settings_is_named(desk: Desk) -> None:
    body = (Block("para", "{court}{contact}"), Block("para", "{postcode}", when=("postcode",)))
    kind = replace(papers.kind_of(desk, ORDER), body=body)

    found = list(office_gaps(desk, kind, {}, papers.context(desk)))

    assert [one.field for one in found] == ["setting.contact", "setting.court"]
    groups = [one.message.split()[-2] for one in found]
    assert groups == ["本局", desk.library.settings["court"].group]
