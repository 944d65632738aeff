"""What the document says of itself."""

from __future__ import annotations

import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class Signer(BaseModel):
    """Who signed; ``capacity`` is KT., TL., TM., TUQ., Q. or null."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str | None = None
    title: str | None = None
    capacity: Literal["KT.", "TL.", "TM.", "TUQ.", "Q."] | None = None


class Header(BaseModel):
    """The parts that NĐ 30/2020/NĐ-CP prescribes for the head and the foot of a document."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    doc_type: str | None = Field(None, description="Slug; press for a press account.")
    number: str | None = None
    issuer: str | None = Field(None, description="Agency id.")
    issuer_text: str | None = None
    place: str | None = None
    issued_on: datetime.date | None = None
    subject: str | None = None
    signer: Signer = Field(default_factory=Signer)
    recipients: list[str] = Field(default_factory=list)
    urgency: str | None = None
    secrecy: str | None = None
