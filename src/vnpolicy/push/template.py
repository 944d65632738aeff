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

# [openproject]
# url = "https://openproject.example.vn"
# token = { env = "OPENPROJECT_TOKEN" }
# project = "theo-doi"

# [jira]
# url = "https://example.atlassian.net"
# user = "van-phong@example.vn"
# token = { env = "JIRA_TOKEN" }
# project = "VIEC"

# [gitlab]
# url = "https://gitlab.example.vn"
# token = { env = "GITLAB_TOKEN" }
# project = "van-phong/theo-doi"

# [webhook]
# url = "https://noibo.example.vn/nhan-viec"
# secret = { file = "~/.config/vnpolicy/webhook.key" }
"""
