"""Files in: bytes of a known format to text and where it came from; one module a format.

>>> text, source = read_bytes("Số: 12/TB-UBND".encode(), name="tb12.md")
>>> text, source.uri, source.media_type
('Số: 12/TB-UBND', 'tb12.md', 'text/markdown')
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from urllib.parse import quote

from vnpolicy.errors import DocumentError
from vnpolicy.models import Source
from vnpolicy.readers import text as text_reader

_MEDIA_TYPES = {".md": "text/markdown", ".markdown": "text/markdown"}
_OTHER_FORMATS = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a Word, Excel or other zipped document"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Word or Excel document"),
    (b"{\\rtf", "an RTF document"),
)


def read(path: str | Path) -> tuple[str, Source]:
    """The text of the file at ``path`` and its source record.

    :raises DocumentError: where the file cannot be opened or is in a format not read here.
    :raises EncodingError: where its bytes are not UTF-8, nor UTF-16 with a mark.
    """
    try:
        data = Path(path).read_bytes()
    except IsADirectoryError:
        raise DocumentError(str(path), "is a folder, not a file / là thư mục") from None
    except FileNotFoundError:
        raise DocumentError(str(path), "no such file / không tìm thấy tệp") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise DocumentError(str(path), f"cannot be opened: {reason}") from None
    return read_bytes(data, name=str(path))


def read_bytes(data: bytes, *, name: str | None = None) -> tuple[str, Source]:
    """The text of ``data`` and its source record; ``name`` is its path, None if it has none."""
    label = name or "<bytes>"
    for magic, kind in _OTHER_FORMATS:
        if data.startswith(magic):
            advice = "save its text as UTF-8 (.txt) / hãy lưu nội dung thành tệp .txt (UTF-8)"
            raise DocumentError(label, f"is {kind}, which is not read; {advice}")
    text = text_reader.decode(data, source=label)
    media_type = _MEDIA_TYPES.get(Path(label).suffix.lower(), "text/plain")
    digest = hashlib.sha256(data).hexdigest()
    return text, Source(uri=_uri(name), sha256=digest, media_type=media_type)


def _uri(name: str | None) -> str | None:
    """An absolute path as a file URI; a relative one stays relative, so that the JSON does not
    change with the folder that somebody works in."""
    if name is None:
        return None
    path = Path(name)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())
