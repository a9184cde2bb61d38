"""登记送达: what each manner of service asks for, by which article, and when it counts."""

from datetime import timedelta

import pytest

from inspector_app.domain.papers import ServiceMethod
from inspector_app.domain.term_words import date_text
from inspector_app.services.case_sheet import CaseSheet, case_sheet
from inspector_app.services.clocks import deadline_of
from inspector_app.services.service_records import short_of_time
from inspector_app.ui.pages.case.next_step import Act, Do
from inspector_app.ui.pages.case.page import CasePage
from inspector_app.ui.pages.case.serve_form import ServeForm
from tests.ui.pages.conftest import Driver
from tests.ui.pages.scene import Scene
from tests.ui.typing import commit

UNIT = "同晖电子科技有限公司"
PROOFS = {
    "receiver", "relation", "witness", "consent", "waybill", "entrusted_to", "media", "video",
    "reason", "place",
}  # fmt: skip


@pytest.fixture
def form(user: Driver) -> ServeForm:
    page = user.open("case", user.scene.cases[UNIT].id)
    assert isinstance(page, CasePage)
    page.area.do(Act("登记送达", Do.SERVE))
    found = page.area.form()
    assert isinstance(found, ServeForm)
    return found


def sheet_of(scene: Scene) -> CaseSheet:
    return case_sheet(scene.desk, scene.cases[UNIT].id)


def choose(form: ServeForm, method: ServiceMethod) -> None:
    form.method.set_value(method.value)
    form.method.edited.emit()


def shown(form: ServeForm) -> set[str]:
    return {key for key in PROOFS if form.form.fields[key].isVisible()}


@pytest.mark.parametrize(
    ("method", "asked", "article"),
    [
        (ServiceMethod.DIRECT, {"receiver", "relation", "place"}, "第八十七条"),
        (ServiceMethod.LEAVING, {"witness", "video", "place"}, "第八十九条"),
        (ServiceMethod.ELECTRONIC, {"consent", "receiver"}, "第六十一条第二款"),
        (ServiceMethod.POST, {"waybill", "receiver", "place"}, "第九十一条"),
        (ServiceMethod.ENTRUSTED, {"entrusted_to", "receiver"}, "第九十一条"),
        (ServiceMethod.PUBLICATION, {"reason", "media"}, "第九十五条"),
        (ServiceMethod.POSTING, {"video", "place", "reason"}, "第四条第二款"),
    ],
)
def test_each_manner_asks_for_its_own_proofs_and_says_by_which_article(
    form: ServeForm, method: ServiceMethod, asked: set[str], article: str
) -> None:
    choose(form, method)
    assert shown(form) == asked
    rule = form.rule()
    assert rule is not None
    assert form.guide.text().startswith(rule.when)
    assert article in form.guide.text()
    assert "凭据：" in form.guide.text()


def test_proofs_of_another_manner_are_not_recorded(
    user: Driver, form: ServeForm, scene: Scene
) -> None:
    commit(form.form.fields["receiver"].editor, "吴演示")
    choose(form, ServiceMethod.LEAVING)
    form.submit()
    user.quiet()
    assert form.form.fields["witness"].error().startswith("留置送达请填写见证人")
    commit(form.form.fields["video"].editor, "执法记录仪 第 3 段")
    form.submit()
    user.quiet()
    assert user.toast() == "已登记送达"
    service = sheet_of(scene).services[0]
    assert (service.method, service.video) == (ServiceMethod.LEAVING, "执法记录仪 第 3 段")
    assert service.receiver == ""


def test_a_day_that_leaves_no_time_for_what_is_ordered_is_said_before_it_is_recorded(
    form: ServeForm, scene: Scene
) -> None:
    paper = next(one for one in form.offered if deadline_of(scene.desk, one))
    last = deadline_of(scene.desk, paper)
    assert last is not None
    form.choose(paper.id)
    form.day.set_value(last)
    form.day.set_hint("")
    assert form.day.hint().endswith(
        f"；到改正期限{date_text(last)}只有 0 个工作日，来不及的请作废后重新制发"
    )
    form.day.set_value(last - timedelta(days=14))
    form.day.set_hint("")
    assert "只有" not in form.day.hint()
    assert short_of_time(scene.desk, [paper], last + timedelta(days=1)) == ""  # that is refused


def test_a_publication_says_when_it_counts_as_served(form: ServeForm) -> None:
    assert form.day.hint() == "星期五"
    choose(form, ServiceMethod.PUBLICATION)
    assert form.day.hint() == "视为 2026年12月21日 送达"
    choose(form, ServiceMethod.POSTING)
    assert "只用于限期改正指令书、行政处理决定书" in form.guide.text()
    form.method.set_value("")
    form.method.edited.emit()
    assert shown(form) == set()
    assert not form.guide.isVisible()
