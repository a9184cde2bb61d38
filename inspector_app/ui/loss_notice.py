"""Says at the start that the ledger is shorter than it was, until somebody has read it."""

from inspector_app.ledger.ledger import Ledger
from inspector_app.ui.widgets.banners import Banner
from inspector_app.ui.widgets.buttons import button


def show_loss(banner: Banner, ledger: Ledger) -> None:
    """A warning with one button that puts it away for good; nothing when nothing was lost."""
    loss = ledger.lost()
    if loss is None:
        return

    def read() -> None:
        ledger.last_step.known()
        banner.say("")

    words = loss.words(ledger.path.parent / "backup")
    banner.say(words, "台账不完整", "danger", [button("知道了", clicked=read)])
