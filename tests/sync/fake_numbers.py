"""The register of numbers of the model: leases, what was declared, what is borne twice."""

from collections.abc import Sequence
from typing import Any

from inspector_app.errors import OutsideError

Key = tuple[str, str, int, int]
Cells = dict[str, Any]


class FakeNumbers:
    """Each number in exactly one state: free, leased, issued or void."""

    def __init__(self) -> None:
        self.rows: dict[Key, Cells] = {}
        self.next: dict[tuple[str, str, int], int] = {}
        self.twins: set[tuple[Key, str]] = set()

    def _reach(self, key: Key) -> None:
        series = key[:3]
        for no in range(self.next.get(series, 1), key[3] + 1):
            self.rows.setdefault((*series, no), {"state": "free", "device": "", "entry": ""})
        self.next[series] = max(self.next.get(series, 1), key[3] + 1)

    def _become(self, key: Key, state: str, device: str, entry: str = "") -> None:
        self.rows[key] = {"state": state, "device": device, "entry": entry}

    def _held(self, device: str, series: tuple[str, str, int]) -> list[int]:
        return sorted(
            key[3] for key, row in self.rows.items()
            if key[:3] == series and row["state"] == "leased" and row["device"] == device
        )  # fmt: skip

    def lease(
        self, device: str, scope: str, series: str, year: int, count: int, *, recovery: bool
    ) -> list[int]:
        if recovery:
            raise OutsideError("共享库正在恢复", kind="recovery")
        here = (scope, series, year)
        while len(self._held(device, here)) < count:
            free = [k for k, row in self.rows.items() if k[:3] == here and row["state"] == "free"]
            key = min(free, default=(*here, self.next.get(here, 1)))
            self._reach(key)
            self._become(key, "leased", device)
        return self._held(device, here)

    def release(
        self, device: str, scope: str, series: str, year: int, nos: Sequence[int], policy: str
    ) -> None:
        for no in nos:
            row = self.rows.get((scope, series, year, no), {})
            if (row.get("state"), row.get("device")) == ("leased", device):
                free = policy == "reuse"
                self._become(
                    (scope, series, year, no), "free" if free else "void", "" if free else device
                )

    def held(self, device: str) -> list[list[Any]]:
        found = {key[:3] for key, row in self.rows.items() if row["device"] == device}
        kept = [(series, self._held(device, series)) for series in sorted(found)]
        return [[*series, nos] for series, nos in kept if nos]

    def redeclare(
        self, device: str, scope: str, series: str, year: int, nos: Sequence[int]
    ) -> list[int]:
        lost = []
        for no in sorted(set(nos)):
            key = (scope, series, year, no)
            self._reach(key)
            row = self.rows[key]
            if row["state"] == "free" or (row["state"], row["device"]) == ("leased", device):
                self._become(key, "leased", device)
            else:
                lost.append(no)
        return lost

    def declare(
        self,
        device: str,
        series: tuple[str, str, int],
        used: Sequence[tuple[int, str]],
        was: set[str],
        *,
        again: bool,
    ) -> list[int]:
        twins = []
        for no, entry in sorted(used):
            key = (*series, no)
            self._reach(key)
            row = self.rows[key]
            if row["entry"] == entry:
                continue
            mine = again or row["device"] in {device, *was}
            unborne = row["state"] == "void" and not row["entry"]
            if row["state"] == "free" or unborne or (row["state"] == "leased" and mine):
                self._become(key, "issued", device, entry)
                continue
            twins.append(no)
            self.twins.add((key, entry))
        return twins

    def end_recovery(self) -> None:
        for key, row in self.rows.items():
            if row["state"] == "free":
                self._become(key, "void", "")

    def take(self, device: str, key: Key, entry: str, *, recovery: bool) -> Cells | None:
        """What the number becomes; None when it is not this device's."""
        row = self.rows.get(key, {"state": "free", "device": "", "entry": ""})
        if row["entry"] == entry or (key, entry) in self.twins:
            return row
        mine = row["state"] in ("leased", "void") and not row["entry"] and row["device"] == device
        if not mine and not (recovery and row["state"] == "free"):
            return None
        self._reach(key)
        return {"state": "issued", "device": device, "entry": entry}
