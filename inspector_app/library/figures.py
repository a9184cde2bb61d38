"""Reads thresholds.toml and deposits.toml: the figures of the law, and the bureau's own instead."""

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from inspector_app.domain.law import Statute, TextLevel
from inspector_app.domain.rules import Bound, Figure, FigureUnit
from inspector_app.errors import UserError
from inspector_app.library.law import basis
from inspector_app.library.rows import Row, table

FILES = ("resources/law/thresholds.toml", "resources/law/deposits.toml")
OWN = TextLevel.BUREAU.label
YES_NO = {"是": 1, "否": 0}
_NUMBER = re.compile(r"(\d+)(?:\.(\d{1,2}))?")


def load_figures(office: Path, statutes: Mapping[str, Statute]) -> dict[str, Figure]:
    """Figures by id, in file order."""
    found: dict[str, Figure] = {}
    for file in FILES:
        read = table(office, file, "figure", lambda row: _figure(row, statutes))
        twice = sorted(read.keys() & found.keys())
        if twice:
            raise UserError(f"{file} {twice[0]}：“id”重复", kind="library")
        found |= read
    return found


def _figure(row: Row, statutes: Mapping[str, Statute]) -> Figure:
    """Money is written in yuan and shares in percent; both are kept as hundredths."""
    unit = row.word("unit", FigureUnit)
    read = row.hundredths if unit.hundredths else row.number
    figure = Figure(
        id=row.text("id"),
        group=row.text("group"),
        name=row.text("name"),
        unit=unit,
        low=row.maybe("low", read),
        high=row.maybe("high", read),
        bound=row.word("bound", Bound, Bound.EXACT),
        setting=row.text("setting", ""),
        basis=basis(row, statutes),
    )
    if figure.low is None:
        if not figure.setting or row.has("high"):
            raise row.wrong("没有“low”的要写明由哪个“setting”填，也不能有“high”")
    elif figure.low < 0 or (figure.high is not None and figure.high < figure.low):
        raise row.wrong("“low”应不小于零，且不高于“high”", "low")
    if figure.high is not None and figure.bound is not Bound.EXACT:
        raise row.wrong("有“high”的不写“bound”", "bound")
    return figure


def chosen_figures(figures: Mapping[str, Figure], settings: Mapping[str, str]) -> dict[str, Figure]:
    """The figures with the bureau's own filled in; an empty choice leaves a figure as it is."""
    return {key: _chosen(one, settings.get(one.setting, "")) for key, one in figures.items()}


def _chosen(figure: Figure, typed: str) -> Figure:
    """With the bureau's own value a figure is no longer what an article says, and tells so."""
    value = setting_value(figure.unit, typed)
    if value is None:
        return figure
    own = replace(
        figure.basis,
        articles=tuple(f"{article}（{OWN}）" for article in figure.basis.articles),
        text_level=TextLevel.BUREAU,
        note=f"{OWN}。{figure.basis.note}",
    )
    return replace(figure, low=value, high=None, basis=own)


def setting_value(unit: FigureUnit, typed: str) -> int | None:
    """A choice as the figure counts it: 1.5 in percent is 150; None when nothing was chosen."""
    if unit is FigureUnit.YES_NO:
        return YES_NO.get(typed)
    match = _NUMBER.fullmatch(typed.strip())
    if match is None or (match[2] and not unit.hundredths):
        return None
    whole, cents = int(match[1]), int((match[2] or "").ljust(2, "0"))
    return whole * 100 + cents if unit.hundredths else whole
