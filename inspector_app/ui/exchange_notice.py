"""A line that says what is disputed, on the case it concerns and among what is due."""

from inspector_app.services.left_here import ENDED, STAYS
from inspector_app.ui.context import UiContext
from inspector_app.ui.widgets.banners import Banner
from inspector_app.ui.widgets.buttons import button


class DisputeBanner(Banner):
    """Hidden while nothing is disputed; of one case once `show_case` named it, else of all."""

    def __init__(self, context: UiContext, *, one_case: bool = False) -> None:
        super().__init__("warning")
        self._context, self._one, self._case_id = context, one_case, ""
        self.hide()
        context.exchange.changed.connect(self.show_now)

    def show_case(self, case_id: str) -> None:
        """Speak of this case."""
        self._case_id = case_id
        self.show_now()

    def show_now(self) -> None:
        """Say how many wait, or nothing."""
        exchange = self._context.exchange
        count = exchange.disputes_in(self._case_id) if self._one else exchange.state.disputes
        looks = len(exchange.looks_in(self._case_id)) if self._one else exchange.state.looks
        stuck = exchange.stuck_in(self._case_id)
        left = exchange.left(self._case_id) if self._one else ""
        where = "本案有" if self._one else "有"
        if left:
            title = left if left == ENDED else f"本案{left}"
            self.say(STAYS, title, buttons=(button("去处理", "link", clicked=self._open),))
        elif count:
            go = button("去处理", "link", clicked=self._open)
            words = "两处改了同一内容，或者改动被退回，请选定一方。"
            self.say(words, f"{where} {count} 项与共享库的冲突", buttons=(go,))
        elif looks:
            go = button("去看", "link", clicked=self._open)
            title = "本案在两台电脑上同时改过" if self._one else f"{looks} 件案件两处同时改过"
            self.say("已自动合并，制发下一份文书前请看一眼。", title, buttons=(go,))
        elif stuck:
            go = button("去看", "link", clicked=self._open)
            words = "没有权限，或者共享库要先升级；都留在本机。"
            self.say(words, f"{where}暂不能上传的改动", buttons=(go,))
        else:
            self.say("")

    def _open(self) -> None:
        self._context.open_page("shared", f"choices:{self._case_id}".rstrip(":"))
