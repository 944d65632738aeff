"""The phrases of lead-ins, list headers and lines that only date, as patterns over folded text."""

from __future__ import annotations

import re

import regex

DATE_ONLY = regex.compile(
    r"[\s,;:.()]*(?:(?:thời hạn|thời gian|hạn|tiến độ|hoàn thành|thực hiện|xong|ban hành|báo cáo"
    r"|trình"
    r"|phải|là|và|cơ bản|dứt điểm|gửi|kết quả|việc|này|các nội dung trên|công việc"
    r"|nhiệm vụ)[\s,:]*)*+"
)

REPORT = regex.compile(r"(?:tổng hợp,? )?(?:báo cáo|gửi báo cáo|gửi) (?:kết quả|tình hình)\b")

PERIOD_HEADER = regex.compile(r"giai đoạn|đợt|bước|năm|quý|tháng|tuần")

OPENING = regex.compile(
    r"(?:kết luận|ý kiến|chỉ đạo|yêu cầu|thống nhất|điện|quyết nghị|quyết định|kết luận như sau"
    r"|sau đây|như sau|các nội dung)\W*$"
)

LISTING = regex.compile(r"\b(?:như|gồm|bao gồm|nhất là|cụ thể|là|nêu rõ|sau)(?: là)?: ?")

OPINION = regex.compile(
    r"quan điểm|nhận định|đánh giá|bài học|kết quả|hạn chế|tồn tại|nguyên nhân|nhận thức|thông điệp"
    r"|khó khăn|đề xuất|kiến nghị|cho biết|nội dung báo cáo|bao gồm các nội dung"
)

# A lead-in's predicate that only announces the list: "cần tập trung thực hiện một số nhiệm vụ sau".
EMPTY_LEAD_IN = regex.compile(
    r"(?:(?:phải|cần|có trách nhiệm|còn phải|tập trung|tiếp tục|khẩn trương|chủ động|nghiêm túc"
    r"|tích cực"
    r"|quyết liệt|tổ chức|triển khai|thực hiện|chỉ đạo|lưu ý|chú ý|quan tâm|làm|hoàn thành|bảo đảm"
    r"|đồng bộ|hiệu quả|có hiệu quả|tốt|ngay|nghiêm|đầy đủ|quán triệt|và|,|vào|các|một số|những"
    r"|nội dung"
    r"|công việc|nhiệm vụ|giải pháp|vấn đề|biện pháp|yêu cầu|việc|trọng tâm|chủ yếu|cụ thể|cấp bách"
    r"|sau đây|sau đó|sau|như sau|dưới đây|trong thời gian tới|thời gian tới|là"
    r"|:)(?![\p{L}\p{N}]) ?)*+"
)

NO_MORE = regex.compile(r"[ ,]*(?:có trách nhiệm|thực hiện|tổ chức thực hiện|triển khai)?[ ,:]*")

WITH = regex.compile(r"(?:có trách nhiệm )?(?:chủ trì|phối hợp)")

DELEGATES = regex.compile(r"\b(?:phân cấp|ủy quyền|phân quyền)\b")

TASK_LIST = regex.compile(r"\bnhiệm vụ\b")

# What begins with a thing, a number or a few words only is not worth the tagger.
NAMED_THING = regex.compile(
    r"[^;:.]{0,24}$|\S+ ?[0-9(]|(?:tên|văn bản|dự án|tiểu dự án|quyết định|quy định|có|các|những"
    r"|phó"
    r"|trưởng|ông|bà|kết quả|cơ chế|biên bản|sở|cơ quan|đơn vị|tài liệu|chức danh|phương án|chữ|khu"
    r"|danh sách|danh mục|họ|đối tượng|bước|lý do|quy trình|doanh nghiệp|nội dung|số liệu|dữ liệu"
    r"|tại"
    r"|thời|căn cứ|trường hợp|phần|chi tiết|hồ sơ|điều|khoản|mục|bảng|phụ lục|mẫu|người|cá nhân"
    r"|tổ chức"
    r"|hộ|học sinh|thuế|phí|lệ phí|mức|tỷ lệ|số|giá|tiền|kinh phí|nguồn|vốn|đất|nhà|công trình"
    r"|hệ thống"
    r"|cơ sở|trung tâm|trường|bệnh viện|công ty|hội|ban|ủy ban|bộ|tỉnh|xã|phường|huyện|địa phương) "
)

MAY_ORDER = re.compile(
    r"\b(?:giao|yêu cầu|đề nghị|chỉ đạo|phân công|lưu ý|nhấn mạnh|chỉ rõ|nêu rõ|nhắc nhở|nhắc"
    r"|quán triệt|chỉ thị|kêu gọi|kết luận|mong muốn|đôn đốc|ra lệnh)\b"
)
MAY_LIST = re.compile(
    r"\bnhiệm vụ[^.;\n]{0,90}(?::| là )|\bđược (?:giao|yêu cầu|phân công|đề nghị|chỉ đạo) "
)
