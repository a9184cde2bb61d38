"""Whether a draft keeps to another form than the one now in force, and the way over to it."""

from dataclasses import dataclass
from datetime import date

from inspector_app.domain.papers import Paper, PaperState
from inspector_app.domain.term_words import date_text
from inspector_app.services.desk import Desk
from inspector_app.services.templates import forms_of, is_older


@dataclass(frozen=True, slots=True)
class OlderForm:
    """A draft's form and the one new papers of its kind are made with."""

    version: str
    now: str
    effective_from: date
    number: str  # reserved for a text edited outside: the draft then keeps its form

    @property
    def sentence(self) -> str:
        """Which form the draft has and what is in force."""
        since = f"自{date_text(self.effective_from)}起施行"
        told = f"草稿用的是格式 {self.version}，现用的是 {self.now}（{since}）"
        return f"{told}；{self.number}已经预留，草稿保持原来的格式" if self.number else told


def older_form(desk: Desk, paper: Paper) -> OlderForm | None:
    """The two forms where they differ; None for what is issued or up to date."""
    if paper.state is not PaperState.DRAFT:
        return None
    forms = forms_of(desk)
    now = forms.kind(paper.kind)
    if now is None or not is_older(forms, paper):
        return None
    return OlderForm(paper.form_version, now.version, now.effective_from, paper.number)
