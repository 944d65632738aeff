"""What a task's own words say of it: action, summary, deliverable, urgency.

The deliverable is the first instrument or product that the clause has made, issued or submitted
("trình Chính phủ ban hành Nghị định về ..."), not one that it carries out or follows.
"""

from __future__ import annotations

from collections.abc import Sequence

import regex

SUMMARY = 120

_MAKES = regex.compile(
    r"\b(?:xây dựng|ban hành|hoàn thiện|hoàn thành|soạn thảo|lập|trình|công bố|phê duyệt|đề xuất"
    r"|nghiên cứu"
    r"|sửa đổi|bổ sung|tham mưu|biên soạn|ký|thành lập|gửi|có|thiết lập|cập nhật|chuẩn bị"
    r"|dự thảo)\b"
)
_PRODUCT = regex.compile(
    r"\b(?:dự thảo |dự án |hồ sơ |các |bộ )?(?:nghị định|nghị quyết|thông tư|quyết định|chỉ thị"
    r"|kế hoạch"
    r"|đề án|chiến lược|chương trình|báo cáo|tờ trình|văn bản|quy hoạch|phương án|quy chế|quy trình"
    r"|danh mục|tiêu chí|tiêu chuẩn|quy chuẩn|hướng dẫn|hồ sơ|luật|pháp lệnh|công văn|thông báo"
    r"|cơ sở dữ liệu|hệ thống thông tin|cổng thông tin|kịch bản|lộ trình|tài liệu|sổ tay|quy định"
    r"|dự toán|định mức|đơn giá|bảng giá|hợp đồng|biên bản|danh sách|ban chỉ đạo|tổ công tác)\b"
)
_PRODUCT_END = regex.compile(
    r"[,;.:()]|\s(?:để|nhằm|trước|trong|theo|bảo đảm|đảm bảo|gửi|trình|báo cáo|và (?:tổ chức"
    r"|triển khai"
    r"|trình|báo cáo|gửi|thực hiện)|đã|do|khi|sau khi|chậm nhất|làm cơ sở|xem xét|đúng|tại)\s|$"
)
_VERBAL = regex.compile(r"(?:báo cáo|hướng dẫn|thông báo|quy định|quyết định)$")
_URGENT = regex.compile(
    r"\b(?:khẩn trương|khẩn cấp|hỏa tốc|gấp rút|cấp bách|ngay|lập tức|thần tốc)\b"
)
_STANDING = regex.compile(
    r"\b(?:thường xuyên|định kỳ|tiếp tục|hằng (?:năm|tháng|quý|tuần|ngày)"
    r"|hàng (?:năm|tháng|quý|tuần|ngày)|duy trì)\b"
)
_SPACES = regex.compile(r"\s+")
_LOOSE = regex.compile(r"\s+([,;.])")


def action(flat: str, start: int, end: int, times: Sequence[tuple[int, int]]) -> str:
    """The words from the main verb on, without the time expressions in them."""
    parts, at = [], start
    for left, right in sorted(times):
        if left >= at and right <= end:
            parts.append(flat[at:left])
            at = right
    parts.append(flat[at:end])
    text: str = _LOOSE.sub(r"\1", _SPACES.sub(" ", "".join(parts)))
    return text.strip(" ,;:")


def summary(text: str) -> str:
    """One line for a tracker's title field, at most 120 characters, cut at a word.

    >>> len(summary("rà soát, " * 20)), summary("rà soát, " * 20)[-8:]
    (116, 'rà soát…')
    """
    line = text[:1].upper() + text[1:]
    if len(line) <= SUMMARY:
        return line
    cut = line[: SUMMARY - 1]
    head, space, _ = cut.rpartition(" ")
    return (head if space else cut).rstrip(" ,;:-") + "…"


def deliverable(flat: str, low: str, start: int, end: int) -> str | None:
    """The product that the clause has made, or None."""
    for makes in _MAKES.finditer(low, start, end):
        product = _PRODUCT.search(low, makes.end(), min(end, makes.end() + 60))
        if product is None or _stops(low, makes.end(), product.start()):
            continue
        stop = _PRODUCT_END.search(low, product.end(), end)
        right = stop.start() if stop else end
        if _VERBAL.search(low, product.start(), product.end()) and right == product.end():
            continue
        return flat[product.start() : min(right, product.start() + 160)].strip()
    return None


def _stops(low: str, start: int, end: int) -> bool:
    return any(mark in low[start:end] for mark in (";", ".", ":", "(", " để ", " theo ", " của "))


def urgency(low: str, start: int, end: int) -> str | None:
    """``urgent``, ``standing`` or None, by the clause's own words."""
    if _URGENT.search(low, start, end):
        return "urgent"
    return "standing" if _STANDING.search(low, start, end) else None
