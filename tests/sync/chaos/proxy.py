"""A line between PC and server that delays, trickles, cuts at any byte and resets."""

import contextlib
import random
import socket
import struct
import threading
from dataclasses import dataclass, field

FULL = 16_384
RESET = struct.pack("ii", 1, 0)  # linger 0: close sends a reset


@dataclass
class Proxy:
    """Listens on loopback and leads to `target`; `calm` lets everything through."""

    target: int
    seed: int
    port: int = 0
    calm: bool = False
    cuts: int = 0
    resets: int = 0
    slow: int = 0
    lines: int = 0
    _stop: threading.Event = field(default_factory=threading.Event)
    _open: set[socket.socket] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._dice = random.Random(self.seed)  # noqa: S311  # a test's dice
        self._lock = threading.Lock()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def wait(self, seconds: float) -> None:
        """While lines go on."""
        self._stop.wait(seconds)

    def close(self) -> None:
        """Cut what is open and listen no more."""
        self._stop.set()
        socket.create_connection(("127.0.0.1", self.port)).close()  # wakes who waits in accept
        self._listener.close()
        self.cut_all()

    def cut_all(self) -> None:
        """Every line ends now."""
        with self._lock:
            still = list(self._open)
            self.cuts += len(still) // 2
            self.resets += len(still) // 2
        for one in still:
            _end(one, reset=True)

    def _accept(self) -> None:
        while not self._stop.is_set():
            try:
                near, _ = self._listener.accept()
                far = socket.create_connection(("127.0.0.1", self.target), timeout=5)
            except OSError:  # the server is just being killed
                near.close()
                continue
            self.lines += 1
            near.settimeout(30)
            far.settimeout(30)
            with self._lock:
                self._open |= {near, far}
                fate = self._dice.choice(("whole", "whole", "up", "down", "slow"))
                at, reset = int(2 ** self._dice.uniform(3, 14)), self._dice.random() < 0.5
            self.slow += fate == "slow" and not self.calm
            limits = (at if fate == "up" else 0, at if fate == "down" else 0)
            for source, sink, limit in ((near, far, limits[0]), (far, near, limits[1])):
                words = (source, sink, 0 if self.calm else limit, reset, fate == "slow")
                threading.Thread(target=self._carry, args=words, daemon=True).start()

    def _carry(
        self, source: socket.socket, sink: socket.socket, limit: int, reset: bool, slow: bool
    ) -> None:
        """Bytes one way, up to `limit` when there is one."""
        carried = 0
        with contextlib.suppress(OSError):
            while data := source.recv(777 if slow else FULL):
                if slow and not self.calm:
                    self._stop.wait(0.004)
                if limit and carried + len(data) >= limit:
                    sink.sendall(data[: limit - carried])
                    self.cuts += 1
                    self.resets += reset
                    break
                sink.sendall(data)
                carried += len(data)
        for one in (source, sink):
            _end(one, reset=reset and bool(limit))
            with self._lock:
                self._open.discard(one)


def _end(one: socket.socket, *, reset: bool) -> None:
    with contextlib.suppress(OSError):
        if reset:
            one.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
        else:
            one.shutdown(socket.SHUT_RDWR)
    one.close()
