"""A template pack: forms of a bureau in one zip, with a version and the day they take effect."""

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from inspector_app.domain.templates import VERSION, VERSION_HINT
from inspector_app.errors import OutsideError
from inspector_app.library.form_text import literal
from inspector_app.library.pack_zip import (
    HEAD,
    MOST_BYTES,
    PackHead,
    check_name,
    opened_zip,
    read_any_head,
    refusal,
)

FORM = "form.toml"
MOST_FORMS = 200
MOST_FORM_BYTES = 256 * 1024  # the longest shipped form is a sixteenth of it
_STILL = (1980, 1, 1, 0, 0, 0)  # the same forms make the same zip on every day


@dataclass(frozen=True, slots=True)
class FormPack:
    """Forms by their kind, as they are written; `head` is None for a single form.toml."""

    head: PackHead | None
    forms: Mapping[str, str]

    def zipped(self) -> bytes:
        """The pack as one zip: pack.toml and KIND/form.toml."""
        head = self.head
        if head is None:
            raise ValueError("a pack has a head")
        note = f"note = {literal(head.note)}\n" if head.note else ""
        top = (
            f"version = {literal(head.version)}\n"
            f"effective_from = {literal(head.effective_from)}\n{note}"
        )
        files = {HEAD: top} | {f"{kind}/{FORM}": text for kind, text in sorted(self.forms.items())}
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
            for name, text in files.items():
                entry = zipfile.ZipInfo(name, _STILL)
                package.writestr(entry, text.encode(), zipfile.ZIP_DEFLATED)
        return out.getvalue()


def read_form_pack(path: Path) -> FormPack:
    """A pack from a .zip, or one form from a .toml; UserError when it can be neither."""
    try:
        if not path.is_file():
            raise refusal(f"没有找到“{path.name}”。")
        if path.stat().st_size > MOST_BYTES:
            raise refusal("文件超过 20 MB，不像格式包。")
        data = path.read_bytes()
    except OSError as error:
        raise OutsideError(f"读不了“{path.name}”，请确认没有被别的程序占用。") from error
    if path.suffix.lower() == ".toml":
        return FormPack(None, {"": _text(path.name, data)})
    return read_zipped(data)


def read_zipped(data: bytes) -> FormPack:
    """The pack in the bytes of a zip."""
    with opened_zip(data, "格式包") as package:
        files = _files(package)
    if HEAD not in files:
        raise refusal(f"不是格式包：缺少 {HEAD}。")
    head = _head(files.pop(HEAD))
    if not files:
        raise refusal(f"格式包里没有“文种/{FORM}”。")
    return FormPack(head, {kind: _text(f"{kind}/{FORM}", raw) for kind, raw in files.items()})


def _files(package: zipfile.ZipFile) -> dict[str, bytes]:
    """pack.toml, and each form by the name of its folder; folders around them are taken off."""
    entries = [one for one in package.infolist() if not one.is_dir()]
    for one in entries:
        check_name(one.filename)
    wanted = [one for one in entries if PurePosixPath(one.filename).name in (HEAD, FORM)]
    if len(wanted) > MOST_FORMS:
        raise refusal(f"格式包里的文件超过 {MOST_FORMS} 个。")
    if sum(one.file_size for one in wanted) > MOST_BYTES:
        raise refusal("格式包展开后超过 20 MB。")
    found: dict[str, bytes] = {}
    for one in wanted:
        place = PurePosixPath(one.filename)
        name = HEAD if place.name == HEAD else place.parent.name
        if not name or name in found:
            raise refusal(f"格式包里“{one.filename}”重复，或者不在文种的文件夹里。")
        with package.open(one) as file:
            found[name] = file.read(MOST_BYTES)
    return found


def _head(data: bytes) -> PackHead:
    """The version of a pack becomes that of its forms: it must be one they can bear."""
    head = read_any_head(data)
    if not VERSION.fullmatch(head.version):
        raise refusal(f"{HEAD} 的“version”写的是“{head.version}”，应为{VERSION_HINT}。")
    return head


def _text(name: str, data: bytes) -> str:
    if len(data) > MOST_FORM_BYTES:
        raise refusal(f"{name} 超过 {MOST_FORM_BYTES // 1024} KB，不像文书格式。")
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise refusal(f"{name} 不是 UTF-8 编码。") from error
