"""Where a text came from, and how it was come by."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer

# A share from 0 to 1, a JSON string as all numbers are.
Share = Annotated[
    Decimal, PlainSerializer(lambda value: format(value, "f"), return_type=str, when_used="json")
]


def share(value: float) -> Decimal:
    """A share from 0 to 1 with three decimals.

    >>> share(1 / 3)
    Decimal('0.333')
    """
    return Decimal(format(value, ".3f"))


class Organ(BaseModel):
    """A sender or receiver of an electronic envelope."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str | None = Field(None, description="The electronic identifier, e.g. 000.00.00.G22.")
    name: str | None = None


class Envelope(BaseModel):
    """What an edXML envelope says of the document inside (QCVN 102:2016/BTTTT).

    The fields repeat what the sender typed into a form; the notice's ``header`` is what the
    document itself says.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    document_id: str | None = None
    number: str | None = Field(None, description="Number and notation, e.g. 219/TB-VPCP.")
    issued_on: datetime.date | None = None
    place: str | None = None
    sender: Organ | None = None
    recipients: list[Organ] = Field(default_factory=list)
    type_name: str | None = None
    subject: str | None = None
    signer: str | None = None
    signer_position: str | None = None
    due_on: datetime.date | None = None
    priority: str | None = None


class Source(BaseModel):
    """Where the text came from; all null when it came as a string."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    uri: str | None = None
    part: str | None = Field(None, description="The document inside a file that holds several.")
    sha256: str | None = None
    media_type: str | None = None
    reader: str | None = Field(None, description="The reader that made the text.")
    encoding: str | None = Field(None, description="The character set found, tcvn3 for example.")
    pages: int | None = Field(None, description="How many, where the format knows pages.")
    scanned_pages: list[int] = Field(default_factory=list, description="Pages read by OCR.")
    ocr_confidence: Share | None = Field(None, description="Mean over the words read by OCR.")
    title: str | None = Field(None, description="The file's own, outside its text.")
    date: datetime.date | None = Field(None, description="The file's own, outside its text.")
    envelope: Envelope | None = None
