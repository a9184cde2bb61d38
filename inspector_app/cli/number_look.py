"""`settings number`: how numbers of papers look and count, tried out before it is kept."""

import click

from inspector_app.cli.session import Json, Session, pass_session
from inspector_app.cli.verbs import Verb
from inspector_app.domain.numbering import (
    BRACKETS,
    PADS,
    Restart,
    Sharing,
    sample_words,
    with_brackets,
    with_di,
    with_padding,
)
from inspector_app.services.numbers import restart, sample_kinds, sharing
from inspector_app.services.settings import all_settings, save

TEMPLATE, SERIES, RESTART = "paper_number_template", "paper_series", "paper_restart"


@click.command("number", cls=Verb)
@click.option("--template", help="整个格式，如 {机关}{监察}{文种}字〔{年}〕第{序号}号")
@click.option("--brackets", type=click.Choice(BRACKETS), help="年份外的括号")
@click.option("--di/--no-di", default=None, help="序号前写不写“第”")
@click.option("--digits", type=click.Choice([str(one) for one in PADS]), help="序号位数，0 不补零")
@click.option("--series", type=click.Choice([one.label for one in Sharing]), help="序号怎样排")
@click.option(
    "--restart", "again", type=click.Choice([one.label for one in Restart]), help="跨年怎样编"
)
@click.option("--save", "keep", is_flag=True, help="存为本局的设置；不写只看样子")
@pass_session
def number(
    session: Session,
    template: str | None,
    brackets: str | None,
    di: bool | None,
    digits: str | None,
    series: str | None,
    again: str | None,
    keep: bool,
) -> None:
    """文书字号的样子：括号、第、位数、分开还是统一编号、跨年；先看例子，再存。"""
    desk = session.desk()
    settings = all_settings(desk)
    pattern = settings[TEMPLATE] if template is None else template
    if brackets is not None:
        pattern = with_brackets(pattern, brackets)
    if di is not None:
        pattern = with_di(pattern, on=di)
    if digits is not None:
        pattern = with_padding(pattern, int(digits))
    wanted = {TEMPLATE: pattern, SERIES: series or settings[SERIES]}
    wanted[RESTART] = again or settings[RESTART]
    settings |= wanted
    names = settings["org_char"], settings["watch_char"]
    kinds, day = sample_kinds(desk), desk.today()
    sample = sample_words(pattern, sharing(settings), restart(settings), names, kinds, day)
    if keep:
        save(desk, wanted)
    document: dict[str, Json] = {"settings": dict(wanted), "sample": sample, "saved": keep}
    done = "已存为本局的设置。" if keep else "没有存；加 --save 存为本局的设置。"
    session.answer(document, pattern, sample, done)
