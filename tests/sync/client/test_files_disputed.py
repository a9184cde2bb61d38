"""A file that only the later side of a conflict names is safe before anybody has chosen."""

from collections.abc import Callable

from inspector_app.domain.inspections import Evidence
from inspector_app.sync.attachments.file_policy import ALL, FilePolicy
from tests.sync.client.test_files import two
from tests.sync.fake_server import FakeServer
from tests.sync.pcs import Pc

Make = Callable[[str], Pc]


def test_a_photo_whose_row_lost_a_conflict_is_safe_before_anybody_chooses(
    pc: Make, server: FakeServer
) -> None:
    one, other, case_id = two(pc)
    one.policy = FilePolicy(ALL)
    one.attach(case_id, b"first")
    one.sync()
    other.sync()
    (row,) = one.pc.find(Evidence)
    better, worse = one.store.put(b"taken again"), other.store.put(b"taken again elsewhere")
    one.pc.edit(Evidence, row.id, sha256=better, size=11)
    other.pc.edit(Evidence, row.id, sha256=worse, size=21)
    one.sync()
    other.pc.sync()  # the line breaks before the files
    (conflict,) = other.pc.conflicts()
    assert other.pc.find(Evidence)[0].sha256 == better, "what came first stands"
    assert worse not in server.files.blobs
    assert other.store.get(worse) == b"taken again elsewhere"
    assert (other.pc.ledger.check(), other.store.check(), other.missing()) == ([], [], {better})
    other.sync()
    assert server.files.blobs[worse] == b"taken again elsewhere"
    other.store.path(worse).unlink()  # that PC is gone; somebody else chooses its side
    one.sync()
    one.pc.resolve(conflict.id, "mine")
    one.sync()
    assert one.pc.find(Evidence)[0].sha256 == worse
    assert one.store.get(worse) == b"taken again elsewhere"
    assert one.store.get(better) == b"taken again", "the other side is kept as well"
    assert one.pc.ledger.check() == []
