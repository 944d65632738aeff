"""The phrases by which clauses order, report and connect, as patterns over folded text.

Words that a clerk would add are in the lexicon (``verbs.csv``, ``cues.csv``); here is what takes
more than a word. The comment or the name says which construction a pattern stands for.
"""

from __future__ import annotations

import re
from functools import cache

import regex

from vnpolicy.lexicon.verb import head

NAME = regex.compile(r"(?: \p{Lu}[\p{L}.]*+){2,5}")

SAYS = regex.compile(
    r"(?:,[^;:.]{3,160}?,? ?|,)?+(?P<adverb>(?: (?:cũng|vừa|đã|tiếp tục|còn|đồng thời|nhất trí"
    r"|thống nhất|đồng ý|một lần nữa|trực tiếp|quyết định|liên tục|đặc biệt|cho rằng cần|có văn bản"
    r"|có công văn|có công điện|ký công điện|ban hành công điện|ký văn bản|ký|có chỉ thị"
    r"|[0-9]+/\S+))*+) (?:mới )?"
)

SPEAKERS = regex.compile(
    r"(?:(?:phó )?(?:thủ tướng|chủ tịch|bí thư|bộ trưởng|thống đốc|tổng thanh tra)(?: chính phủ)?"
    r"(?: \S+){0,6}?|(?:thông báo|công điện|công văn|văn bản|chỉ thị|kết luận|nghị quyết"
    r"|thông báo kết luận)"
    r"(?: (?:số )?[0-9]\S*)?|người đứng đầu [^,;.]{4,40}?|lãnh đạo [^,;.]{3,40}?"
    r"|(?:ông|bà|đồng chí) \S+(?: \S+){0,3}?|ông|bà|đồng chí|vị này)"
    r"(?= (?:cũng |vừa |đã |tiếp tục |còn )*+"
    r"(?:giao|yêu cầu|đề nghị|chỉ đạo|nêu rõ|nêu|nhấn mạnh|lưu ý|phân công|chỉ rõ|nhắc nhở)\b)"
)

AFTER_COMMA = regex.compile(r"(?:chủ trì|phối hợp|có trách nhiệm|chịu trách nhiệm|khẩn trương) ")

BRACKET = regex.compile(r" ?\([^()]{0,200}\)| [-–] [^-–;:.,]{3,60} [-–](?= )")

# "Sở Y tế hằng tháng báo cáo ...": how often, between subject and verb
OFTEN = regex.compile(r" (?:hằng|hàng|mỗi) (?:ngày|tuần|tháng|quý|năm)(?= )")

# "đồng chí Nguyễn Văn A, Phó Chủ tịch UBND tỉnh": what stands before an office
COMRADE = regex.compile(r"(?:các )?(?:đồng chí|ông \(bà\)|ông, bà|ông|bà) ")

ASIDE = regex.compile(
    r",? (?:theo|căn cứ|trên cơ sở|trong phạm vi|trong|ngoài|bên cạnh|với|tùy|bằng|qua|trước"
    r"|sau khi"
    r"|chậm nhất|đến|định kỳ|nhất là|đặc biệt là|hằng|hàng|khi|để|nếu|từ|tại|ngay|vào|có liên quan"
    r"|liên quan|đồng thời|nêu trên|nói trên|trực thuộc|mà trực tiếp là"
    r"|trực tiếp là)(?![\p{L}\p{N}])"
)

INLINE = regex.compile(
    r" (?=(?:chủ trì|phối hợp|tổ chức|thực hiện|triển khai|xây dựng|khẩn trương|chủ động|tiếp tục"
    r"|tập trung|có trách nhiệm|phải|cần|rà soát|hoàn thành|hoàn thiện|tăng cường|đẩy mạnh|kịp thời"
    r"|nghiên cứu|chỉ đạo|tham mưu|báo cáo|gửi|trình|tổng hợp|hướng dẫn|bố trí|ban hành|tiến hành"
    r"|đề xuất|đôn đốc|chịu trách nhiệm|theo dõi|hỗ trợ|kiểm tra|giải quyết|xử lý"
    r"|tích cực|quyết liệt|thường xuyên|trực tiếp|nghiêm túc|kiên quyết|chú trọng|quan tâm"
    r"|vận động|tuyên truyền|lập|cung cấp|công khai)(?![\p{L}\p{N}]))"
)

REPORTS = regex.compile(
    r"[, ]*+(?:cũng |đều |vẫn |thì )?(?:đã|đang|vừa|mới|từng|chưa"
    r"|là(?! (?:cơ quan |đơn vị |bộ phận )?(?:đầu mối|thường trực|chủ trì|tham mưu))"
    r"|có(?! (?:trách nhiệm|mặt"
    r"|nhiệm vụ|giải"
    r" pháp|biện pháp|phương án|kế hoạch|văn bản|báo cáo|chính sách|cơ chế|lộ trình|ý kiến))|còn"
    r"|gồm"
    r"|bao gồm|bị|được(?! (?:giao|yêu cầu|phân công|đề nghị|chỉ đạo))|được phân công (?:giữ|làm"
    r"|về|công tác)|nhận|thuộc|cho thấy|cho biết"
    r"|cho rằng|cho hay|nhận định|khẳng định|phát biểu|đánh giá cao|nói|dẫn|nêu|kỳ vọng|mong muốn"
    r"|thừa nhận|tham dự|dự(?! báo| trù| toán| thảo)|ghi nhận"
    r"|biểu dương|hoan nghênh|cảm ơn|bày tỏ|nhất trí|đồng ý|tin tưởng"
    r"|ký ban hành|nhấn mạnh|lưu ý|chia sẻ"
    r"(?! (?:dữ liệu|số liệu|thông tin|cơ sở|kết quả|kinh nghiệm))"
    r"|giải thích"
    r"|phê bình|khen|(?:cơ bản )?(?:đồng tình|tán thành)|đề nghị (?:được|cho phép|cho chủ trương)"
    r"|thống nhất (?:chủ trương|nội dung|thông qua|đánh giá|nguyên tắc|đề nghị|đề xuất"
    r"|với đề nghị))\b"
)

NOUNS = regex.compile(
    r"(?:báo cáo|quy định|quyết định|kết luận|thông báo|đề nghị|yêu cầu|chỉ đạo|hướng dẫn|công bố"
    r"|kiến nghị|đề xuất|cam kết|phản ánh|đầu tư|quy hoạch|thiết kế|đánh giá|dự báo|dự toán"
    r"|quyết tâm|thông tin|tuyên truyền|quản lý)"
    r" (?:số [0-9]|[0-9]|của|tại|này|nêu trên|từ|gồm|bao gồm|là\b)"
    r"|(?:cấp (?:ủy|xã|huyện|tỉnh|trên|dưới|có|nào|bách|phòng|sở|vụ|bộ|cục|trung ương|cơ sở|phó"
    r"|trưởng)|giao thông|giao dịch|giảm nghèo|tăng trưởng"
    r"|thu nhập|thu ngân sách|học sinh|công bố của|thông tin (?:về|chi tiết|liên hệ|tham khảo)"
    r"|dự kiến|cùng dự|tham dự|dự (?:họp|hội nghị|buổi|cuộc|phiên)|trình (?:tự|độ|trạng|diễn)"
    r"|ghi chú|đại diện (?:bộ|sở|ban|các|lãnh đạo|ubnd|ủy ban|cho|chủ đầu tư|doanh nghiệp|nhà thầu)"
    r"|cũng (?:tại|trong|theo|về)|cùng (?:quan điểm|ý kiến|ngày|thời điểm|kỳ|chung)"
    r"|cùng với (?:đó|việc|sự|quá trình|xu|nhu cầu)"
    r"|lãnh đạo (?:một số|các|bộ|tỉnh|ubnd|ủy ban|thành phố|sở|đơn vị)|đầu tư (?:công"
    r"|nước ngoài)|quy định (?:về|chi tiết)|làm việc với lãnh đạo|phục vụ"
    r"|lưu (?:vt|văn thư)|nộp hồ sơ|truy cập)\b"
)

# "Chuyển đổi số là ...", "Phát triển kinh tế số phải ...": the verb only names the subject.
TOLD_OF = regex.compile(
    r"(?:chuyển đổi|phát triển|đầu tư|quản lý|cải cách|đổi mới|giải ngân|xuất khẩu|nhập khẩu"
    r"|hợp tác"
    r"|giáo dục|đào tạo|quy hoạch|thiết kế|truyền thông|liên kết|kết nối|bảo vệ|xây dựng|ứng dụng"
    r"|kiểm tra|giám sát|thu hút|sản xuất|tăng|thu) (?:(?!để|cho|mà|người|các|những|khi|nơi|đã|là"
    r"|phải"
    r"|đang)[\p{L}-]++ ){0,5}+(?:đã|là|phải|đang|đạt|ước đạt|được xác định|có vai trò|có ý nghĩa) "
)

CARRIES_OUT = regex.compile(
    r"(?:tiếp tục |triển khai )?(?:phấn đấu|quyết tâm|thực hiện|hưởng ứng|tiếp thu|căn cứ) "
)

NOT = regex.compile(
    r"(?:kiên quyết |tuyệt đối |dứt khoát )?không (?!có |phải |còn |thể |chỉ |những |khí |gian "
    r"|ít |quá "
    r"|thuộc |đạt |gì |ai |nên |biết |đủ |nhiều |rõ |cao |lớn |một )(?=\p{L})"
)

MUST = regex.compile(
    r"(?:phải|cần(?: phải)?|có trách nhiệm|chịu trách nhiệm|có nhiệm vụ)(?![\p{L}\p{N}])"
)

COMMA = regex.compile(r",(?! và )(?: và)? | thì |: ")

REGULAR = regex.compile(r"định kỳ,? ")

OR_ELSE = regex.compile(
    r",?(?: hoặc đột xuất| và đột xuất| và thời gian tới"
    r"| và các năm tiếp theo)?(?: khi có yêu cầu)?"
    r"(?: ?\([^()]{0,120}\))?"
)

# A line of a form, to be filled in; three dots only leave out.
BLANK = regex.compile(r"…{2}|\.{5}")
CLOSING = regex.compile(
    r"[^;:]{0,80}? (?:trả lời|có ý kiến|thông tin|hướng dẫn|báo cáo|xin gửi"
    r"|thông báo) (?:như trên )?để"
    r" [^;:]{0,160}? biết(?:,? (?:và )?(?:tổ chức |nghiêm túc )?thực hiện|, chỉ đạo)?[^;:,]{0,30}$|"
    r"[^;:]{0,60}?(?:xin )?(?:trân trọng )?thông báo(?: đến| để| tới)?[^;:]{0,300}? biết\b"
    r"|(?:[^;:,]{0,60} )?(?:xin )?trân trọng (?:thông báo|cảm ơn)|trên đây là "
)

ASKS = regex.compile(r"(?:(?<=[ ,])đề nghị|(?<=[ ,])yêu cầu|(?<=[ ,])giao) ")

BY_LAW = regex.compile(
    r"theo (?:quy định|các quy định|khoản|điều|điểm|luật|bộ luật|nghị định|thông tư|pháp lệnh) "
)

# "... xong phần kè", ông nói": who said it
SPEECH_TAG = regex.compile(
    r"[”\"],? (?:ông|bà|thủ tướng|phó thủ tướng|bộ trưởng|thứ trưởng|chủ tịch"
    r"|phó chủ tịch|đồng chí|vị)(?!\p{L})[^.;:]{0,60}$"
)
# "TPO - Chủ tịch ...": the paper's mark
PAPER = regex.compile(r"(?:\p{Lu}{2,6}(?:\.VN)?|\p{Lu}\p{Ll}+\.vn) ?[-–] ")
PETITIONS = regex.compile(r" (?:cũng |đã |tiếp tục |còn )?(?:kiến nghị|đề nghị|mong|xin)(?!\p{L})")
PAPERS_SAY = regex.compile(r"(?:văn bản|công văn|tờ trình|đơn|báo cáo) $")

# "mỗi đoàn viên phải đi đầu", "nhà thầu phải tăng ca": other people than the lead
OTHERS = regex.compile(
    r"(?:mỗi|từng|mọi|các|những|toàn thể) (?:\p{L}+ ){0,2}?(?:người|cán bộ|công chức|viên chức"
    r"|đảng viên|đoàn viên|hội viên|hộ|nhà thầu|chủ tàu|chủ hộ|ngư dân|nông dân|học sinh"
    r"|sinh viên|giáo viên)"
    r"(?!\p{L})"
)

# "trách nhiệm của các sở trong việc triển khai ...": no predicate
IN_DOING = regex.compile(r",? trong (?:việc |triển khai |thực hiện |tổ chức |phối hợp )")

BY_WHOM = regex.compile(
    r"(?:việc|nội dung|công tác|nhiệm vụ|phần|khâu)(?![\p{L}\p{N}])[^,;:.]{0,90}? do "
)
LEADS = regex.compile(
    r" (?:làm )?(?:chủ trì|chịu trách nhiệm|phụ trách|đảm nhiệm|đảm nhận|thực hiện)(?![\p{L}\p{N}])"
)

GROUNDS = regex.compile(r"căn cứ [^;:]{0,240}? để ")

TOPIC = regex.compile(r"(?:về|đối với|liên quan) ")

PLAIN_SAYS = regex.compile(r"(?P<adverb>) ")

FRONTED = regex.compile(
    r"(?:những |các |mọi )?(?:vấn đề|nội dung|khó khăn|vướng mắc|trường hợp|kiến nghị|nhiệm vụ"
    r"|ý kiến"
    r"|kết quả)"
    r"[^;:.]{0,80}?,? (?=(?:đề nghị |yêu cầu )?(?:phản ánh|báo cáo|kịp thời|gửi|trao đổi|liên hệ"
    r"|kiến nghị"
    r"|đề xuất|thông tin)(?![\p{L}\p{N}]))"
)

OWNER = regex.compile(r"của (?:các |đồng chí )?$")
OWNED = regex.compile(
    r"(?:xuống|lên|tới|sang|của|cho|với|tại|ở|để|do|bởi|giữa|từ|về|đến|và|,|theo|cùng|là|mà|nhất là"
    r"|rằng) $"
)

# "kết nối giữa các khâu, các bên tham gia ...": a list that is still open.
BETWEEN = regex.compile(r"\bgiữa (?:(?!\b(?:và|với)\b)[^.;:])*+$")

# "Bộ Tài chính gửi kèm sổ tay ...": what a letter's issuer does by the letter itself.
ENCLOSES = regex.compile(r" (?:xin gửi|gửi kèm|gửi đến quý|gửi tới quý|gửi quý)\b")

ADVERBS = frozenset(
    {"cùng", "cũng", "vẫn", "lại", "sẽ", "nên", "ngay", "đặc biệt", "tự", "nhất là"}
)

HEADS = frozenset(
    {"Chủ tịch", "Phó Chủ tịch", "Bí thư", "Phó Bí thư", "Phó Thủ tướng", "Thủ tướng"}
)

TOP = frozenset(
    {"thu-tuong-chinh-phu", "chinh-phu", "quoc-hoi", "bo-chinh-tri", "ban-bi-thu", "chu-tich-nuoc"}
    | {"uy-ban-thuong-vu-quoc-hoi", "ban-chap-hanh-trung-uong"}
)


@cache
def heads_any() -> re.Pattern[str]:
    """Any word that a duty's predicate can begin with."""
    return head("action", "manner", "modal", "prohibition")
