"""What the page reads of a form in one go, and how it is looked at: checks and drawn example."""

from collections.abc import Mapping
from dataclasses import dataclass

from inspector_app.domain.papers import FieldType, PaperKind
from inspector_app.services.desk import Desk
from inspector_app.services.template_checks import (
    FormReport,
    check_form,
    draw_sample,
    known_facts,
)
from inspector_app.services.template_rows import (
    OlderDraft,
    VersionRow,
    older_drafts,
    own_versions,
)
from inspector_app.services.template_saving import next_version
from inspector_app.services.templates import bound_by, form_text, known_kind


@dataclass(frozen=True, slots=True)
class FormNews:
    """One kind as the office has it."""

    kind_id: str
    text: str  # the form in force
    shipped: PaperKind  # whose law and checks bind it
    copy_of: str  # the shipped kind that one the bureau has added was copied from
    facts: Mapping[str, Mapping[FieldType, str]]
    drafts: tuple[OlderDraft, ...]
    version: str  # a name for the next version
    versions: tuple[VersionRow, ...]  # of the bureau's own, the last one first


@dataclass(frozen=True, slots=True)
class FormLook:
    """What the checks say of a text, and its example as a page; None where none can be drawn."""

    text: str
    report: FormReport
    pdf: bytes | None


def read_form(desk: Desk, kind_id: str) -> FormNews:
    """Everything the page shows of a kind; runs on the worker."""
    return FormNews(
        kind_id=kind_id,
        text=form_text(desk, kind_id),
        shipped=bound_by(desk, kind_id),
        copy_of=known_kind(desk, kind_id).copy_of,
        facts=known_facts(desk),
        drafts=tuple(older_drafts(desk, kind_id)),
        version=next_version(desk, kind_id),
        versions=own_versions(desk, kind_id),
    )


def look_at(desk: Desk, kind_id: str, text: str, *, longest: bool) -> FormLook:
    """Check a text and draw it; runs on the worker."""
    report = check_form(desk, kind_id, text)
    if report.kind is None or not min(report.pages):
        return FormLook(text, report, None)
    return FormLook(text, report, draw_sample(desk, report.kind, longest=longest).pdf)
