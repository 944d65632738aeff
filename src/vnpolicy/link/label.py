"""Labelled lines: "Cơ quan chủ trì: ...", "Thời gian thực hiện: ..." below an item or after it.

They say of the item above (or of the sentences before, in the same item) who, with whom and by
when. Where a "Nội dung:" line holds what is to be done, that line is the task and the item only
names it. A line whose label is followed by a full clause ("Cơ quan thực hiện: Bộ A rà soát ...")
is read as a clause.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import regex

from vnpolicy.document import Document
from vnpolicy.extractors.task import trim
from vnpolicy.link.body import Bodies
from vnpolicy.link.draft import Draft

_LABEL = regex.compile(
    r"[-+*• ]*+(?:(?P<support>(?:các )?(?:cơ quan|đơn vị"
    r"|tổ chức)[^:;.]{0,20}phối hợp(?: thực hiện)?|phối hợp"
    r"(?: thực hiện)?)"
    r"|(?P<lead>(?:các )?(?:cơ quan|đơn vị|tổ chức|đầu mối|người"
    r"|bộ phận)(?: được giao)?(?: chủ trì| thực hiện"
    r"| chủ trì thực hiện| chủ trì, phối hợp| chủ trì tham mưu| đầu mối"
    r"| chịu trách nhiệm(?: chính)?"
    r"| tham mưu| triển khai)++|chủ trì(?: thực hiện| tham mưu)?|phân công(?: thực hiện| nhiệm vụ)?"
    r"|trách nhiệm(?: thực hiện)?)"
    r"|(?P<time>thời (?:gian|hạn|điểm)(?: (?:thực hiện|hoàn thành|ban hành|trình|báo cáo|triển khai"
    r"|dự kiến|xong|gửi))*+|tiến độ(?: (?:thực hiện|hoàn thành))?|hạn (?:hoàn thành|chót)"
    r"|hoàn thành)"
    r"|(?P<product>sản phẩm(?: dự kiến| đầu ra)?|kết quả(?: dự kiến| đầu ra)?|đầu ra))"
    r"(?: \([^)]*\))? ?: ?"
)
CONTENT = regex.compile(r"[-+*• ]*+nội dung(?: thực hiện| công việc| nhiệm vụ| chính)? ?: ?")


@dataclass(slots=True)
class Label:
    """A labelled line: what it says, where its value is, and the block it stands in."""

    kind: str
    block: int
    at: int
    start: int
    end: int


def label(low: str, start: int, end: int) -> tuple[str, int] | None:
    """The kind of the label that the stretch begins with, and where its value begins."""
    match = _LABEL.match(low, start, end)
    return (str(match.lastgroup), match.end()) if match else None


def whole_line(doc: Document, line: Label) -> Label:
    """The label with its value running to the end of its block: several clauses say who."""
    return replace(line, end=doc.blocks[line.block].end)


def attach(
    doc: Document,
    labels: Sequence[Label],
    drafts: list[Draft],
    bodies: Bodies,
    times: Sequence[tuple[int, int]],
) -> list[Draft]:
    """The drafts with what the labelled lines say of them; items that were no clause but have
    a lead line become tasks, headings of a content line cease to be one."""
    groups: dict[int, list[Label]] = {}
    for line in labels:
        inline = any(d.block == line.block and d.start < line.at for d in drafts)
        block = doc.blocks[line.block]
        owner = line.block if inline or block.parent is None else block.parent
        groups.setdefault(owner, []).append(line)
    for owner, lines in groups.items():
        drafts = _attach(doc, owner, lines, drafts, bodies, times)
    return sorted(drafts, key=lambda draft: (draft.start, draft.end))


def _attach(
    doc: Document,
    owner: int,
    lines: Sequence[Label],
    drafts: list[Draft],
    bodies: Bodies,
    times: Sequence[tuple[int, int]],
) -> list[Draft]:
    own = [d for d in drafts if d.block == owner and d.start < lines[0].at]
    content = [d for d in drafts if doc.blocks[d.block].parent == owner and not _has_who(d)]
    leads = [line for line in lines if line.kind == "lead"]
    if content:
        drafts = [d for d in drafts if d not in own]
        own = content
    if not own and leads:
        made = _make(doc, owner)
        if made is not None:
            drafts = [*drafts, made]
            own = [made]
    for line in lines:
        if line.kind == "content-lead" and not content:
            continue
        who = list(bodies.inside(line.start, line.end))
        when = [i for i, t in enumerate(times) if t[0] >= line.start and t[1] <= line.end]
        for draft in own:
            _say(draft, line, who, when)
    return drafts


def _has_who(draft: Draft) -> bool:
    return bool(draft.leads) and not draft.inherited


def _make(doc: Document, owner: int) -> Draft | None:
    block = doc.blocks[owner]
    start, end = trim(doc.flat, block.body, block.end)
    if block.kind != "item" or end - start < 8:
        return None
    return Draft(start, end, start, owner, [], True, "labelled", reach=start, rule="labelled")


def _say(draft: Draft, line: Label, who: list[int], when: list[int]) -> None:
    if line.kind in ("lead", "content-lead") and who:
        draft.leads, draft.inherited, draft.kind = who, True, "task"
        draft.rule = "labelled"
    elif line.kind == "support":
        draft.others.update(dict.fromkeys(who, "support"))
    elif line.kind == "time":
        draft.handed = when
    elif line.kind == "product":
        draft.product = (line.start, line.end)
