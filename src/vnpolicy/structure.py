"""What the document says of itself, and its parts, as records with the caller's offsets."""

from __future__ import annotations

from vnpolicy.document import Document
from vnpolicy.models import Header, Segment, Signer, Span


def segments(doc: Document) -> list[Segment]:
    """The document's blocks, each reaching over its children."""
    ends = [block.end for block in doc.blocks]
    for index in range(len(ends) - 1, -1, -1):
        parent = doc.blocks[index].parent
        if parent is not None:
            ends[parent] = max(ends[parent], ends[index])
    return [
        Segment(
            id=index,
            parent=block.parent,
            kind=block.kind,
            label=block.label,
            level=block.level,
            span=(span := Span(*doc.view.raw_span(block.start, end))),
            page=doc.page_at(span.start),
        )
        for index, (block, end) in enumerate(zip(doc.blocks, ends, strict=True))
    ]


def header(doc: Document) -> Header:
    """The head and the foot of the document."""
    said = doc.header
    return Header(
        doc_type=said.doc_type,
        number=said.number,
        issuer=said.issuer,
        issuer_text=said.issuer_text,
        place=said.place,
        issued_on=said.issued_on,
        subject=said.subject,
        signer=Signer(
            name=said.signer_name, title=said.signer_title, capacity=said.signer_capacity
        ),
        recipients=list(said.recipients),
        urgency=said.urgency,
        secrecy=said.secrecy,
    )
