"""Electronic documents between offices: edXML envelopes (QCVN 102:2016/BTTTT).

An envelope (root ``edXML``) says in its header who sends what to whom: number, notation, day,
type, subject, signer, due day. The documents follow in base64 behind it, often each packed as a
zip of one file. The standard's names are read in whatever namespace or prefix they stand, since
offices' systems differ in both. A message that only reports a state ("arrived") has no document.

>>> text = '''<edXML xmlns="http://www.mic.gov.vn/TBT/QCVN_102_2016"><edXMLEnvelope><edXMLHeader>
... <MessageHeader><From><OrganId>H29</OrganId><OrganName>UBND tỉnh</OrganName></From>
... <Code><CodeNumber>12</CodeNumber><CodeNotation>TB-UBND</CodeNotation></Code>
... <PromulgationInfo><PromulgationDate>2025/07/09</PromulgationDate></PromulgationInfo>
... </MessageHeader></edXMLHeader></edXMLEnvelope></edXML>'''
>>> found = envelope(text.encode(), source="x.edxml")
>>> found.number, found.notation, found.date.isoformat(), found.sender
('12', 'TB-UBND', '2025-07-09', 'UBND tỉnh')
>>> matches(text.encode()), matches(b"<html>")
(True, False)
"""

from __future__ import annotations

import codecs
import datetime
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from vnpolicy.errors import DamagedError, EmptyError, FormatError, LimitError, MissingToolError
from vnpolicy.readers.edxml import attachment
from vnpolicy.readers.limits import Limits
from vnpolicy.readers.part import Part, said

_ROOT = re.compile(r"<(?:!DOCTYPE\s+)?(?:[\w.-]+:)?edXML(?:Envelope|Header)?[\s>/\[]")
_DECLARATION = re.compile(r"\s*<\?xml[^>]*?\?>")
_ENCODING = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{2,40})")
_DAY = re.compile(
    r"(?P<y>\d{4})[/-](?P<m>\d{1,2})[/-](?P<d>\d{1,2})|(?P<d2>\d{1,2})[/-](?P<m2>\d{1,2})[/-](?P<y2>\d{4})"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """What an envelope says of its document; None where it does not."""

    document_id: str | None = None
    number: str | None = None
    notation: str | None = None
    date: datetime.date | None = None
    place: str | None = None
    sender_id: str | None = None
    sender: str | None = None
    recipients: tuple[tuple[str, str], ...] = ()
    """The id and the name of each."""
    type_name: str | None = None
    subject: str | None = None
    signer: str | None = None
    signer_position: str | None = None
    due_date: datetime.date | None = None
    priority: str | None = None


def matches(head: bytes) -> bool:
    """Whether the first bytes of a file are those of an edXML envelope."""
    text = (
        head.decode("utf-16", "replace") if head[:2] in _UTF16 else head.decode("utf-8", "replace")
    )
    plain = text.removeprefix("\ufeff").lstrip()
    return plain.startswith("<") and _ROOT.search(plain) is not None


def envelope(data: bytes, *, source: str) -> Envelope:
    """The header of the envelope.

    :raises DocumentError: where ``data`` is no envelope.
    """
    return _envelope(_header(_tree(data, source=source), source=source))


def documents(data: bytes, *, source: str, limits: Limits) -> Iterator[Part]:
    """The documents that the envelope carries, in order.

    :raises DocumentError: where it carries none, or a limit is broken.
    """
    root = _tree(data, source=source)
    about = _envelope(_header(root, source=source))
    count = size = 0
    for part in attachment.parts(root, limits=limits, title=about.subject, date=about.date):
        count, size = count + 1, size + len(part.data)
        if count > limits.parts:
            raise LimitError(source, f"parts: more than {limits.parts} / quá nhiều tệp đính kèm")
        if size > limits.unpacked_bytes:
            raise LimitError(source, "unpacked_bytes: the attachments are too large / quá lớn")
        yield replace(part, envelope=about)
    if not count:
        raise EmptyError(source, "the envelope carries no document / gói tin không có tệp văn bản")


_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def _tree(data: bytes, *, source: str) -> Any:
    try:
        from lxml import etree
    except ImportError:
        advice = "pip install 'vnpolicy[mail]' / cần cài gói lxml"
        raise MissingToolError(source, f"reading edXML needs lxml: {advice}") from None
    text = _DECLARATION.sub("", _text(data, source=source), count=1)
    # Without a document type there are no entities, so that the parser's guard against them,
    # which also refuses texts above 10 MB (a scanned attachment), is not needed.
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise DamagedError(source, "an envelope must not declare entities / gói tin không hợp lệ")
    parser = etree.XMLParser(
        encoding="utf-8", resolve_entities=False, load_dtd=False, no_network=True,
        remove_comments=True, remove_pis=True, huge_tree=True,
    )  # fmt: skip
    try:
        return etree.fromstring(text.encode("utf-8"), parser)
    except (etree.LxmlError, ValueError) as error:
        raise DamagedError(source, f"no readable XML: {said(error)} / gói tin bị hỏng") from None


def _text(data: bytes, *, source: str) -> str:
    named = _ENCODING.match(data.removeprefix(codecs.BOM_UTF8).lstrip())
    name = "utf-16" if data[:2] in _UTF16 else named[1].decode() if named else "utf-8"
    try:
        if codecs.lookup(name).name == "utf-8":
            name = "utf-8-sig"
        return codecs.decode(data, name)
    except (LookupError, ValueError, TypeError):
        raise DamagedError(source, f"not {name} text / gói tin bị hỏng") from None


def _header(root: Any, *, source: str) -> Any:
    for element in root.iter("{*}MessageHeader"):
        return element
    if next(root.iter("{*}Status", "{*}StatusCode"), None) is not None:
        reason = "a message on a state, without a document / bản tin trạng thái, không có văn bản"
        raise EmptyError(source, reason)
    raise FormatError(source, "XML without an edXML header / không phải gói tin edXML")


def _envelope(header: Any) -> Envelope:
    def get(*path: str) -> str | None:
        return attachment.value(header, *path)

    recipients = tuple(
        (attachment.value(to, "OrganId") or "", attachment.value(to, "OrganName") or "")
        for to in header.iterchildren("{*}To")
    )
    return Envelope(
        document_id=get("DocumentId"),
        number=get("Code", "CodeNumber"),
        notation=get("Code", "CodeNotation"),
        date=_day(get("PromulgationInfo", "PromulgationDate")),
        place=get("PromulgationInfo", "Place"),
        sender_id=get("From", "OrganId"),
        sender=get("From", "OrganName"),
        recipients=recipients,
        type_name=get("DocumentType", "TypeName"),
        subject=get("Subject"),
        signer=get("SignerInfo", "FullName"),
        signer_position=get("SignerInfo", "Position"),
        due_date=_day(get("DueDate")),
        priority=get("OtherInfo", "Priority"),
    )


def _day(text: str | None) -> datetime.date | None:
    found = _DAY.match(unicodedata.normalize("NFKC", text or ""))
    if found is None:
        return None
    year, month, day = (
        found["y"] or found["y2"],
        found["m"] or found["m2"],
        found["d"] or found["d2"],
    )
    try:
        return datetime.date(int(year), int(month), int(day))
    except ValueError:
        return None
