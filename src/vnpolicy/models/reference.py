"""A mention of a legal or policy instrument."""

from __future__ import annotations

import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from vnpolicy.models.record import Record, Span


class Provision(BaseModel):
    """One step of a provision's address, ``unit`` by slug: diem, khoan, dieu, muc, ..."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    unit: str
    label: str


class Reference(Record):
    """An instrument cited by number, year or name; see RECORDS for the rulings."""

    type: str = Field(description="Slug of the document type; van-ban where it is not known.")
    number: str | None = Field(None, description="Canonical number, e.g. 42/2022/NĐ-CP.")
    number_inferred: bool = Field(False, description="The number was completed from its type.")
    year: int | None = None
    issued_on: datetime.date | None = None
    issuer: str | None = Field(None, description="Agency id.")
    issuer_inferred: bool = Field(False, description="The issuer comes from the number's symbol.")
    provision: list[Provision] = Field(default_factory=list, description="From the smallest up.")
    name: str | None = None
    status: Literal["issued", "draft"] = "issued"
    resolves_to: str | None = Field(None, description="The id of what a short form stands for.")
    resolved_by: Literal["document", "register"] | None = None
    candidates: list[str] = Field(
        default_factory=list, description="Ids that fit equally where nothing was resolved."
    )
    id: str = Field(description="Stable ASCII identity, <type>/<number slug>[@date or year].")
    urn: str | None = Field(None, description="urn:lex:vn:..., this project's construction.")
    title: str | None = Field(None, description="The descriptive title that follows.")
    title_span: Span | None = None
