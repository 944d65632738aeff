"""What a name says: whether a folder or an archive is searched for it, and how it is opened.

A file that somebody names is read whatever it is called; of a folder, of an archive and of a
pattern without a suffix only names with a known suffix are taken. Hidden files, what Office and
macOS leave lying about (``~$tb12.docx``, ``__MACOSX``) and all in hidden folders are passed over.

>>> form("TB 12.DOCX"), form("2024.tar.gz"), form("kho.jsonl.gz"), form("Thumbs.db")
('document', 'tar', 'lines', None)
>>> is_hidden("~$tb12.docx"), is_hidden("__MACOSX"), is_hidden("tb12.docx")
(True, True, False)
>>> inside("..\\\\..\\\\C:/Van ban/./tb12.doc"), inside("/etc/tb\\x0012.doc"), inside("../..")
('C_/Van ban/tb12.doc', 'etc/tb 12.doc', '')
"""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

Form = Literal["document", "zip", "tar", "lines"]

_DOCUMENTS = (
    ".txt .md .docx .docm .doc .rtf .odt .pdf .html .htm .mht .mhtml .eml .msg .edxml .xml "
    ".xlsx .xls .ods .png .jpg .jpeg .tif .tiff"
).split()
_FORMS: dict[str, Form] = {
    **dict.fromkeys(_DOCUMENTS, "document"),
    ".zip": "zip",
    **dict.fromkeys(".tar .tgz .tar.gz .tbz2 .tar.bz2 .txz .tar.xz".split(), "tar"),
    **dict.fromkeys(".jsonl .ndjson .jsonl.gz .ndjson.gz".split(), "lines"),
}
_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")


def form(name: str) -> Form | None:
    """How a file of this name is opened; None for one that a folder is not searched for."""
    steps = name.lower().rsplit("/", 1)[-1].split(".")[1:]
    found = _FORMS.get("." + ".".join(steps[-2:]))
    return found or (_FORMS.get("." + steps[-1]) if steps else None)


def is_hidden(name: str) -> bool:
    """Whether one step of a path is passed over."""
    return name.startswith((".", "~$")) or name == "__MACOSX"


def shown(path: str) -> str:
    """The path as text that any file can hold: a byte that is no UTF-8 becomes ``\\xe9``.

    File systems and tar archives hold names as bytes; Python keeps the odd ones as surrogates,
    which neither JSON nor a console takes.
    """
    try:
        return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    except UnicodeEncodeError:  # Windows has halves of characters
        return path.encode("utf-8", "backslashreplace").decode()


def inside(name: str) -> str:
    """A member's name for its label, with no step that leads out of the archive.

    Nothing is ever written under it; what is normalised is only what people and programs read.
    """
    steps = shown(_CONTROL.sub(" ", name).replace("\\", "/")).split("/")
    kept = [step for step in steps if step not in ("", ".", "..")]
    if kept and re.fullmatch(r"[A-Za-z]:", kept[0]):
        kept[0] = kept[0].replace(":", "_")
    return unicodedata.normalize("NFC", "/".join(kept))
