"""One exchange with the shared database: greet, deliver, receive, compare; it may stop anywhere.

Every step is one local transaction, so that a crash between two of them repeats at most a call the
shared database knows already. A round on which nothing happened costs one call.
"""

from collections.abc import Mapping

from inspector_app.errors import OutsideError
from inspector_app.ledger.changes import head
from inspector_app.sync import kept_pages, outbox
from inspector_app.sync.attachments.files import FileRound
from inspector_app.sync.delivery import Delivery
from inspector_app.sync.greeting import SCHEMA, SINCE, Greeting
from inspector_app.sync.numbers.lease_round import NumberPost, NumberRound
from inspector_app.sync.pull import Puller
from inspector_app.sync.quiet import no_full_look
from inspector_app.sync.talk import Again, Cancelled, Report, Talk

POINTS = (
    "before_hello",
    "after_hello",
    "before_push",
    "after_push_before_ack",
    "mid_ack",
    "mid_page",
    "after_page",
    "before_cursor",
    "mid_refork",
)
_ROUNDS = 4  # a greeting that leads to another greeting more often than this is somebody's fault


class Exchange:
    """All of one conversation; the next one has a talk of its own.

    `schema` and `since` are those of this program, `numbers` what it asks for; None asks for none.
    """

    def __init__(
        self,
        talk: Talk,
        *,
        schema: int = SCHEMA,
        since: Mapping[tuple[str, str], int] = SINCE,
        numbers: NumberPost | None = None,
    ) -> None:
        self._talk = talk
        self._greeting = Greeting(talk, schema, since)
        self._delivery = Delivery(talk, schema)
        self._numbers = numbers

    def run(self) -> Report:
        """Exchange all there is; what was done before a trouble stays done."""
        with no_full_look():
            return self._run()

    def _run(self) -> Report:
        report = self._talk.report
        try:
            for _ in range(_ROUNDS):
                try:
                    while self._once():
                        continue  # changes made meanwhile go before the next files
                    return report
                except Again:
                    continue
        except Cancelled:
            report.cancelled = True
            return report
        raise OutsideError("与共享库对不上次序，请联系管理员。", kind="sync_order")

    def _once(self) -> bool:
        """One time through all of it; whether more waits."""
        talk = self._talk
        talk.stop_if_asked()
        hello = self._greeting.greet()
        numbers = NumberRound(talk, hello)
        numbers.declare()
        self._delivery.run()
        Puller(talk, hello).run()
        more = kept_pages.keep(talk, hello)  # it goes out at once: others wait for it
        if self._numbers is not None:
            numbers.run(self._numbers)
        if talk.files is not None:
            queue = FileRound(talk, talk.files, hello)
            queue.run()
            more = more or queue.more
        self._count()
        return more

    def _count(self) -> None:
        """What is left here; when nothing is, the last step is known to be safe over there."""
        talk = self._talk
        with talk.ledger.read() as view:
            counted = outbox.counted(view.connection)
            waits = any(counted.get(one) for one in (outbox.QUEUED, outbox.REJECTED, outbox.HELD))
            if not waits and not outbox.unnumbered(view.connection, 1):
                talk.ledger.last_step.note(*head(view.connection), shared=True)
        talk.report.refused = counted.get(outbox.REJECTED, 0)
        talk.report.held = counted.get(outbox.HELD, 0)
