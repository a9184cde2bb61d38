"""A file cut at any byte, any number of times, is whole in the end."""

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from inspector_app.ledger.ids import new_id
from inspector_app.sync.attachments import file_line
from tests.sync.fake_server import FakeServer
from tests.sync.pcs import GRANTS, A


@given(st.lists(st.integers(1, 400), min_size=1, max_size=6), st.integers(1, 1500))
def test_any_cut_of_a_file_is_put_together_again(sizes: list[int], size: int) -> None:
    data = bytes(k % 251 for k in range(size))
    server = FakeServer(GRANTS)
    root, sha256 = new_id(), hashlib.sha256(data).hexdigest()
    server.roots["case", root] = (A, 1)
    server.rows["evidence", "e"] = {
        "root": ("case", root),
        "gone": False,
        "data": {"sha256": sha256},
    }
    start, turn = 0, 0
    while start < size:
        piece = data[start : start + sizes[turn % len(sizes)]]
        said = server.files.put(server, "a1", (root, sha256), size, start, piece)
        start, turn = said.have, turn + 1
    assert said.state == file_line.THERE
    assert server.files.blobs[sha256] == data
