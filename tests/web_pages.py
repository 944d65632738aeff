"""Notices of the corpus as the web pages that offices and papers make of them.

The corpus holds texts as archives keep them: wrapped lines, Markdown marks, tables whose cells
stand on lines between bars, letterheads in two columns. ``blocks`` reads that, the functions
below it write pages around it.
"""

from __future__ import annotations

import html
import re

from corpus_cases import CORPUS

Block = tuple[str, list[list[list[str]]]]  # "p" with one cell, or "table" with rows of cells
_LINKS = (
    *("Giới thiệu", "Tin tức - Sự kiện", "Chỉ đạo điều hành", "Văn bản pháp luật", "Công dân"),
    *("Doanh nghiệp", "Dịch vụ công trực tuyến", "Hỏi đáp", "Liên hệ", "Sơ đồ cổng"),
)
_OTHERS = (
    "Công bố danh mục thủ tục mới trong lĩnh vực đất đai của tỉnh",
    "Chủ tịch tỉnh kiểm tra tiến độ đường vành đai trước ngày 30/6",
    "Sở Y tế tập huấn phòng, chống dịch bệnh mùa hè cho tuyến xã",
    "Họp báo tháng 6: sáu việc phải xong trong quý III",
)
FURNITURE = (*_LINKS, *_OTHERS, "Tin liên quan", "Đọc nhiều", "Ghi rõ nguồn", "Bình luận")
_FOOT = (
    '<div class="chan"><p>Cơ quan chủ quản: Ủy ban nhân dân tỉnh.</p><p>Địa chỉ: 01 đường Hùng '
    "Vương - Điện thoại: 0260 386 1234</p><p>Ghi rõ nguồn khi đăng lại tin từ trang này.</p></div>"
)


def notice(name: str) -> str:
    return (CORPUS / "notices" / f"{name}.txt").read_text(encoding="utf-8")


def blocks(text: str) -> list[Block]:
    found: list[Block] = []
    for chunk in re.split(r"\n\s*\n", text):
        lines = chunk.split("\n")
        if lines[0].strip() == "|":
            found.append(("table", _between_bars(lines)))
        elif lines[0].startswith("| "):
            rows = [[[cell.strip()] for cell in line.strip()[1:-1].split("|")] for line in lines]
            found.append(("table", [row for row in rows if row[0] != ["---"]]))
        elif all(re.search(r"\S {3,}\S", line) for line in lines):
            rows = [[[cell] for cell in re.split(r" {3,}", line.strip())] for line in lines]
            if found and found[-1][0] == "table":
                found[-1][1].extend(rows)  # a letterhead with a blank line in it
            else:
                found.append(("table", rows))
        else:
            found.append(("p", [[[line.strip() for line in lines]]]))
    return found


def _between_bars(lines: list[str]) -> list[list[list[str]]]:
    """Each row is a bar, then cells that each end in a bar."""
    rows: list[list[list[str]]] = []
    row: list[list[str]] | None = None
    cell: list[str] = []
    for line in lines:
        if line.strip() != "|":
            cell.append(line)
        elif row is None:
            row = []
        elif cell:
            row.append(cell)
            cell = []
        else:
            rows.append(row)
            row = []
    return [*rows, row] if row else rows


def body(text: str, *, kind: str = "") -> str:
    return "\n".join(_block(block, kind) for block in blocks(text))


def _block(block: Block, kind: str) -> str:
    tag, rows = block
    if tag == "p":
        return f"<p{kind}>{_marked(rows[0][0])}</p>"
    border = "1" if len(rows[0]) > 2 else "0"
    cells = ("".join(f"<td><p{kind}>{_marked(cell)}</p></td>" for cell in row) for row in rows)
    return f"<table border={border}>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>"


def _marked(lines: list[str]) -> str:
    """The lines as one paragraph: those of full length are wrapped, the others end."""
    text = ""
    for line in lines:
        text += html.escape(line, quote=False) + ("\n" if len(line) > 60 else "<br>")
    text = re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", text.removesuffix("<br>"), flags=re.DOTALL)
    return re.sub(r"\*(\S[^*]*?)\*", r"<i>\1</i>", text, flags=re.DOTALL)


def menu(name: str = "menu") -> str:
    links = "".join(f'<li><a href="/{at}">{text}</a></li>' for at, text in enumerate(_LINKS))
    return f'<ul class="{name}">{links}</ul>'


def related() -> str:
    links = "".join(
        f'<li><a href="/t{at}">{text}</a> (12/6)</li>' for at, text in enumerate(_OTHERS)
    )
    return f"<div><h3>Tin liên quan</h3><ul>{links}</ul></div>"


def side_column() -> str:
    cards = "".join(
        f'<div class="item"><a href="/c{at}"><img src="x.jpg" alt="{text}"></a><h4>'
        f'<a href="/c{at}">{text}</a></h4><p>{text}, theo đó các đơn vị phải báo cáo trước '
        "ngày 15.</p></div>"
        for at, text in enumerate(_OTHERS)
    )
    return f'<div class="col-right"><h3>Đọc nhiều</h3>{cards}</div>'


def page(inside: str, *, head: str = "") -> str:
    start = f'<!DOCTYPE html><html><head><meta charset="utf-8">{head}</head>'
    return f"{start}<body>{inside}</body></html>"


def bare(text: str, title: str) -> str:
    return page(body(text), head=f"<title>{title}</title>")


def of_word(text: str, title: str) -> str:
    """As Word saves a document: classes, conditional comments, empty marks, styles."""
    inside = body(text, kind=" class=MsoNormal style='margin-bottom:0in;line-height:normal'")
    inside = inside.replace("<p ", "<!--[if gte vml 1]><v:shape/><![endif]-->\n<p ", 1)
    inside = inside.replace("</p>", "<o:p></o:p></p>")
    inside = inside.replace("border=1", "class=MsoTableGrid border=1 style='border:none'")
    style = "<style><!-- p.MsoNormal {font-family:'Times New Roman',serif;} --></style>"
    start = "<meta name=Generator content='Microsoft Word 15'>"
    return page(f"<div class=WordSection1>{inside}</div>", head=start + style)


def portal(text: str, title: str) -> str:
    return page(
        f'<form id="aspnetForm"><div id="header"><a href="/"><img src="l.png"></a>{menu("nav")}'
        f'</div><div class="breadcrumb"><a href="/">Trang chủ</a> » <a href="/vb">Văn bản</a></div>'
        f'<div class="row"><div class="col-md-9"><h1 class="title">{title}</h1><div class="tools">'
        f'<a href="#">In trang</a> <a href="#">Gửi email</a></div><div id="divNoiDung">{body(text)}'
        f'</div><div class="share"><a href="#">Facebook</a><a href="#">Zalo</a></div>{related()}'
        f'</div><div class="col-md-3">{side_column()}</div></div>{_FOOT}</form>',
        head=f"<title>{title} | Cổng thông tin</title>",
    )


def portal_of_tables(text: str, title: str) -> str:
    """As portals were made around 2005: the whole page is a table, nothing has a name."""
    return page(
        f"<table width=1000><tr><td colspan=3>{menu('x')}</td></tr><tr><td>{menu('y')}</td><td>"
        f"{body(text)}<hr>{related()}</td><td>{side_column()}</td></tr><tr><td colspan=3>{_FOOT}"
        "</td></tr></table>",
        head=f"<title>{title}</title>",
    )


def portal_in_pieces(text: str, title: str) -> str:
    """The letterhead and the rest of the document stand in elements of different depth."""
    first, _, rest = body(text).partition("</table>")
    return page(
        f'<div class="header">{menu()}</div><div class="wrap"><div class="header">{first}</table>'
        f'</div><div><div class="text"><div>{rest}</div></div></div></div>{side_column()}{_FOOT}',
        head=f"<title>{title}</title>",
    )


def paper(text: str, title: str, *, lead: str) -> str:
    comments = "".join(
        f'<div class="item-comment"><b>{name}</b><p>Tôi đề nghị xử lý nghiêm và công khai kết quả '
        "trước ngày 30/12 để người dân biết rõ.</p></div>"
        for name in ("Nguyễn A", "Trần B")
    )
    return page(
        f'<header class="site-header">{menu("main-menu")}</header><main><div class="container">'
        f'<h1 class="detail-title">{title}</h1><h2 class="detail-sapo">{lead}</h2>'
        f'<div class="detail-content" itemprop="articleBody">{body(text)}{related()}</div>'
        f'<div class="box-comment"><h3>Bình luận (2)</h3>{comments}</div></div>'
        f"<div>{side_column()}</div></main><footer>{_FOOT}</footer>",
        head=f"<title>{title} - Báo Mẫu</title>"
        f'<meta property="og:title" content="{title}">'
        '<meta property="article:published_time" content="2022-10-14T16:45:00+07:00">',
    )
