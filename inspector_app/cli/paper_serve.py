"""`paper serve`: record that papers reached a party; the date starts the next clocks."""

from datetime import date

import click

from inspector_app.cli.lookup import find_paper
from inspector_app.cli.options import Day
from inspector_app.cli.session import Json, Session, pass_session, plain
from inspector_app.cli.verbs import Verb
from inspector_app.domain.papers import ServiceMethod
from inspector_app.errors import UserError
from inspector_app.services.case_sheet import case_sheet
from inspector_app.services.desk import Desk
from inspector_app.services.service_records import ServiceForm, record_service, short_of_time


@click.command("serve", cls=Verb)
@click.argument("papers", metavar="ID…", nargs=-1, required=True)
@click.option(
    "--method",
    type=click.Choice([one.value for one in ServiceMethod]),
    default=ServiceMethod.DIRECT.value,
    help="送达方式",
)
@click.option(
    "--party",
    "parties",
    multiple=True,
    metavar="NAME",
    help="共同当事人中这次送达的，可重复；不写为还没有送达的全部",
)
@click.option("--on", "on", type=Day(), help="送达日期（默认今天）")
@click.option("--receiver", default="", help="收件人")
@click.option("--relation", default="", help="收件人与受送达人的关系")
@click.option("--place", default="", help="送达地点")
@click.option("--witness", default="", help="见证人")
@click.option("--note", default="", help="备注")
@click.option("--video", default="", help="照片、录像存放处（留置、张贴）")
@click.option("--waybill", default="", help="邮寄单号或回执")
@click.option("--consent", default="", help="同意电子送达的确认书")
@click.option("--entrusted-to", default="", help="受委托的机关和委托函")
@click.option("--media", default="", help="公告、张贴的地方")
@click.option("--reason", default="", help="公告送达的原因和此前经过")
@pass_session
def serve(
    session: Session,
    /,
    papers: tuple[str, ...],
    method: str,
    parties: tuple[str, ...],
    on: date | None,
    **said: str,
) -> None:
    """登记送达；共同当事人各记一条。"""
    desk = session.desk()
    found = [find_paper(desk, ref) for ref in papers]
    case_id = found[0].case_id
    if case_id is None:
        raise UserError("这份文书还没有案件，不能登记送达。", field="paper")
    ids = tuple(one.id for one in found)
    form = ServiceForm(ids, ServiceMethod(method), on or desk.today(), parties=parties, **said)
    made = record_service(desk, case_id, form)
    short = short_of_time(desk, found, made[0].served_on)
    if short:
        session.remark(f"{short}。")
    first, lacks = made[0], _waiting(desk, case_id, ids)
    document: dict[str, Json] = {
        "id": first.id,
        "papers": plain(first.paper_ids),
        "method": first.method.value,
        "served_on": plain(first.served_on),
        "services": [{"id": one.id, "party": one.party} for one in made],
        "waiting": plain(lacks),
    }
    head = f"已登记{first.method.label}：{first.served_on}"
    lines = [f"{head}　{one.party}".rstrip() for one in made]
    session.answer(document, *lines, *([f"还没有送达：{'、'.join(lacks)}"] if lacks else []))


def _waiting(desk: Desk, case_id: str, paper_ids: tuple[str, ...]) -> tuple[str, ...]:
    """The parties of joint papers among these that were not served yet."""
    sheet = case_sheet(desk, case_id)
    return tuple(dict.fromkeys(name for one in paper_ids for name in sheet.waiting(one)))
