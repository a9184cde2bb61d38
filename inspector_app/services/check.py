"""Whether everything the office relies on is whole: ledger, trail, numbers, papers, evidence."""

from collections.abc import Iterable, Iterator

from inspector_app.domain.inspections import Evidence
from inspector_app.domain.papers import Paper, PaperState
from inspector_app.errors import OutsideError
from inspector_app.ledger.check import Problem
from inspector_app.services.desk import Desk
from inspector_app.sync.attachments.file_names import not_downloaded
from inspector_app.vault import keyfile


def check(desk: Desk) -> list[Problem]:
    """Every problem found; an empty list when all is well."""
    found = list(desk.ledger.check())
    found += [Problem("file", bad.sha256, bad.message) for bad in desk.files.check()]
    found += _keys(desk)
    with desk.ledger.read() as view:
        papers = [one for one in view.find(Paper) if one.state is not PaperState.DRAFT]
        evidence = view.find(Evidence)
        elsewhere = not_downloaded(view.connection, desk.files)
    stored = [("paper", one.number or one.kind, one.sha256) for one in papers]
    stored += [("evidence", one.name, one.sha256) for one in evidence]
    found += _stored(desk, [one for one in stored if one[2] not in elsewhere])
    return found


def _keys(desk: Desk) -> Iterator[Problem]:
    """The key file and its twin, of which not one byte may differ from what the program wrote."""
    keys = desk.files.keys
    if keys is None:
        return
    for name in keyfile.unsound(desk.ledger.path.parent, keys.key):
        yield Problem("key", name, "密钥文件缺失或被改动，重新登录一次即可补上")


def _stored(desk: Desk, files: Iterable[tuple[str, str, str]]) -> Iterator[Problem]:
    for kind, where, sha256 in files:
        try:
            desk.files.get(sha256)
        except OutsideError as error:
            yield Problem(kind, where, error.message)
