"""The records: frozen pydantic models, one a file, as the JSON contract has them."""

from vnpolicy.models.assignee import Assignee
from vnpolicy.models.deadline import Deadline
from vnpolicy.models.header import Header, Signer
from vnpolicy.models.notice import Notice, Warning
from vnpolicy.models.quantity import Metric, Quantity
from vnpolicy.models.record import Record, Span
from vnpolicy.models.reference import Provision, Reference
from vnpolicy.models.segment import Segment
from vnpolicy.models.source import Envelope, Organ, Source
from vnpolicy.models.task import Clarity, Task
from vnpolicy.models.work_item import Party, Repeat, WorkItem

__all__ = [
    "Assignee",
    "Clarity",
    "Deadline",
    "Envelope",
    "Header",
    "Metric",
    "Notice",
    "Organ",
    "Party",
    "Provision",
    "Quantity",
    "Record",
    "Reference",
    "Repeat",
    "Segment",
    "Signer",
    "Source",
    "Span",
    "Task",
    "Warning",
    "WorkItem",
]
