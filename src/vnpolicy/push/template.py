"""The first configuration, which ``push --init`` writes for its owner to fill in."""

from __future__ import annotations

TEMPLATE = """\
# Cấu hình chuyển nhiệm vụ sang hệ thống theo dõi: vnpolicy push --to TÊN --config TỆP NÀY ...
# Configuration of `vnpolicy push`. Bỏ dấu # ở bảng cần dùng (uncomment the table you need).
#
# Mật khẩu và khóa không ghi ở đây: { env = "TÊN_BIẾN" } hoặc { file = "đường/dẫn" } (chmod 600).
# Secrets are never written here: from the environment, or from a file only you may read.

ledger = "so-giao-viec.sqlite"   # sổ: việc nào đã chuyển đi đâu (what was pushed where)
agencies = "co-quan.csv"         # bảng: cơ quan nào là dự án, người dùng nào (agency to user)

# [caldav]
# url = "https://lich.example.vn/van-phong/viec/"
# user = "van-phong"
# password = { env = "CALDAV_PASSWORD" }
# component = "task"             # task (VTODO), event (VEVENT), both

# [redmine]
# url = "https://redmine.example.vn"
# key = { env = "REDMINE_KEY" }
# project = "theo-doi"
# tracker = "Nhiệm vụ"           # loại công việc
# urgent_priority = "Khẩn"       # mức ưu tiên của việc khẩn
# closed_status = "Đã hủy"       # trạng thái khi đóng (--close)

# [openproject]
# url = "https://openproject.example.vn"
# token = { env = "OPENPROJECT_TOKEN" }
# project = "theo-doi"
# work_package_type = "Task"
# closed = "Rejected"

# [jira]
# url = "https://example.atlassian.net"
# user = "van-phong@example.vn"
# token = { env = "JIRA_TOKEN" }
# project = "VIEC"
# issue_type = "Task"
# close = "Hủy"                  # bước chuyển khi đóng (--close)
# cloud = true                   # mặc định theo địa chỉ atlassian.net

# [gitlab]
# url = "https://gitlab.example.vn"
# token = { env = "GITLAB_TOKEN" }
# project = "van-phong/theo-doi"
# confidential = true

# [webhook]
# url = "https://noibo.example.vn/nhan-viec"
# secret = { file = "~/.config/vnpolicy/webhook.key" }
"""
