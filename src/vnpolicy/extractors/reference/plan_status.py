"""Whether a plan by name is issued, a draft, or a product that is yet to be made.

What a decision cited directly before issued or approved ("Nghị quyết số ... ban hành Kế hoạch
...") is issued. A draft word makes a draft, as does the verb of somebody who is to make or to
submit it ("trình Thủ tướng Chính phủ phê duyệt Đề án ..."); a plan in that place is a product of
the task and no citation ("xây dựng Kế hoạch ..."), unless its title stands in quotation marks.
"""

from __future__ import annotations

import regex

from vnpolicy.extractors.reference.mention import ReferenceMention
from vnpolicy.extractors.reference.page import Page, draft_before
from vnpolicy.extractors.reference.provision import before as provision_before
from vnpolicy.lexicon.citation import citation_words

_MAKING = regex.compile(r"(?P<verbs>(?:[\p{L},]+ ){1,8})\Z")
_TITLED = regex.compile(
    r" (?:(?:về việc|về|v/v) )?(?:ban hành|phê duyệt|công bố|cập nhật|sửa đổi, bổ sung,? cập nhật"
    r"|điều chỉnh|sửa đổi, bổ sung|phê duyệt điều chỉnh|triển khai|thực hiện"
    r"|triển khai thực hiện|về)"
    r"(?: (?:một số nội dung|nội dung)(?: của)?)? \Z"
)
_ISSUED_HERE = regex.compile(r"(?<!\p{L})(?:ban hành|lập) \Z")
_APPROVALS = ("ban hành", "phê duyệt", "thông qua")
_SUBMITTED = regex.compile(
    r"(?<!\p{L})(?:trình|tham mưu|đề nghị|kiến nghị|đề xuất|xây dựng|soạn thảo|dự thảo|xem xét|sớm"
    r"|khẩn trương|hoàn thiện|để)(?!\p{L})[^.;:\n]*\Z"
)
_DONE = regex.compile(r"(?<!\p{L})(?:đã|được) (?:[\p{L},]+ ){1,6}\Z")


def judge(page: Page, mention: ReferenceMention, cited: set[int]) -> ReferenceMention | None:
    """Draft or issued; None for a plan that is yet a product of the task."""
    if (draft := draft_before(page, mention.start)) is not None:
        mention.start, mention.status = draft, "draft"
        return mention
    titled = _TITLED.search(page.low, max(0, mention.start - 60), mention.start)
    by_decision = titled is not None and titled.start() in cited
    if not by_decision and mention.rule != "register-name":
        product = mention.type == "ke-hoach" and mention.rule != "quoted-title"
        if product and _ISSUED_HERE.search(page.low, max(0, mention.start - 12), mention.start):
            return None
        if being_made(page, mention.start):
            if product:
                return None
            mention.status = "draft"
    mention.start, mention.provision = provision_before(page.low, mention.start)
    return mention


def being_made(page: Page, start: int) -> bool:
    """Whether the verb directly before has it made, completed or submitted.

    "trình Thủ tướng phê duyệt" makes it a draft, "Thủ tướng phê duyệt" alone tells what is done.
    """
    verbs = _MAKING.search(page.low, max(0, start - 60), start)
    if verbs is None or _DONE.search(page.low, max(0, start - 40), start):
        return False
    words = verbs["verbs"].rstrip().split(" ")
    made = citation_words("make")
    last = next((w for n in range(1, 7) if (w := " ".join(words[-n:])) in made), None)
    if last is None:
        return False
    return (
        last not in _APPROVALS
        or _SUBMITTED.search(page.low, max(0, start - 120), start) is not None
    )
