"""Above the form of a draft: that a newer form is in force, and the way over to it."""

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from inspector_app.services.template_rows import update_draft
from inspector_app.ui.context import UiContext
from inspector_app.ui.pages.paper.reading import PaperNews
from inspector_app.ui.theme.scaling import box
from inspector_app.ui.widgets.banners import Banner
from inspector_app.ui.widgets.basic import hair
from inspector_app.ui.widgets.buttons import button


class FormNotice(QWidget):
    """Hidden while the draft has the form in force; `save` hands over what is typed."""

    def __init__(self, context: UiContext, save: Callable[[], object]) -> None:
        super().__init__()
        self._context, self._save = context, save
        self._paper_id = ""
        column = box(QVBoxLayout(self), spacing=0)
        inner = box(QVBoxLayout(), (20, 12, 20, 12), 0)
        self.banner = Banner("info")
        inner.addWidget(self.banner)
        column.addLayout(inner)
        column.addWidget(hair())
        self.hide()

    def show_news(self, news: PaperNews) -> None:
        """Say which form the draft has where it is another one."""
        older, self._paper_id = news.older, news.sheet.paper.id
        self.setVisible(older is not None)
        if older is None:
            return
        over = button("改用现在的格式", tip="新格式没有的字段不再保留", clicked=self.change_over)
        self.banner.say(older.sentence, buttons=() if older.number else (over,))

    def change_over(self) -> None:
        """Go over to the form in force; 撤销 goes back."""
        self._save()
        desk, paper_id = self._context.desk, self._paper_id
        self._context.tasks.work(
            self,
            lambda: update_draft(desk, paper_id),
            lambda _paper: self._context.done("草稿已改用现在的格式"),
        )
