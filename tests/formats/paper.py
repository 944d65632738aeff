"""The documents of corpus/notices as an office would type them: a letterhead in two columns,
paragraphs that run on, tables with lines.

The texts of the corpus are wrapped, indented and marked up in every way that portals do; here
they become paragraphs and tables, by rules that share nothing with the library's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

NOTICES = Path(__file__).parents[2] / "corpus" / "notices"
_COLUMNS = re.compile(r"\S {3,}(?=\S)")
_LABEL = re.compile(
    r"(?:\d+[.)](?!\d)|\d{1,2}(?:\.\d{1,2})+\.? |[a-zđ]\)|[-+*•]|[IVX]+[.-]|Điều \d"
    r"|Nơi nhận|Kính gửi|#|\||\()"
)
_SETTING = ("CỘNG", "ĐẢNG CỘNG SẢN", "Nơi nhận")


@dataclass(frozen=True)
class Block:
    """A paragraph, rows of a table with lines, or two columns without any."""

    kind: str  # "paragraph", "table", "columns"
    rows: tuple[tuple[str, ...], ...]


def names() -> list[str]:
    """The documents that are typed; press accounts are pages of the web."""
    return sorted(p.stem for p in NOTICES.glob("*.txt") if "_press_" not in p.stem)


def text(name: str) -> str:
    """The document as the corpus has it."""
    return (NOTICES / f"{name}.txt").read_text(encoding="utf-8")


def blocks(name: str) -> list[Block]:
    """The document as blocks."""
    lines = text(name).replace("\u00a0", " ").splitlines()
    lines = _unbarred(lines)
    found: list[Block] = []
    at = 0
    while at < len(lines):
        if not lines[at].strip():
            at += 1
        elif lines[at].startswith("|"):
            end = _while(lines, at, lambda line: line.startswith("|"))
            found.append(_table(lines[at:end]))
            at = end
        elif _COLUMNS.search(lines[at]):
            end = _while(lines, at, lambda line: _is_setting(lines, line))
            found.append(_columns(lines[at:end]))
            at = end
        else:
            end = at + 1
            while end < len(lines) and _goes_on(lines[end - 1], lines[end]):
                end += 1
            found.append(Block("paragraph", ((_plain(" ".join(lines[at:end])),),)))
            at = end
    return [one for one in found if any(any(row) for row in one.rows)]


def _unbarred(lines: list[str]) -> list[str]:
    """Tables whose cells stand on lines of their own, a lone bar between them and two between
    rows, as one row a line."""
    found: list[str] = []
    at = 0
    while at < len(lines):
        if lines[at].strip() != "|":
            found.append(lines[at])
            at += 1
            continue
        end = at
        while end < len(lines) and lines[end].strip():
            end += 1
        cells = [" ".join(part.split()) for part in "\n".join(lines[at:end]).split("|")[1:-1]]
        for row in "\n".join(cells).split("\n\n"):
            found.append("| " + " | ".join(row.strip("\n").split("\n")) + " |")
        at = end
    return found


def _while(lines: list[str], at: int, holds: object) -> int:
    end = at + 1
    while end < len(lines) and lines[end].strip() and holds(lines[end]):  # type: ignore[operator]
        end += 1
    if end + 1 < len(lines) and not lines[end].strip() and _COLUMNS.search(lines[end + 1]):
        return _while(lines, end + 1, holds) if not lines[at].startswith("|") else end
    return end


def _is_setting(lines: list[str], line: str) -> bool:
    return bool(_COLUMNS.search(line)) or line.startswith(("- ", "V/v", "  "))


def _goes_on(before: str, line: str) -> bool:
    """Whether the line only goes on with a wrapped paragraph; "tôm - lúa" is no list."""
    if not line.strip() or len(before) < 60:
        return False
    return not _LABEL.match(line.strip()) or bool(re.match(r"- [a-zđ]", line))


def _columns(lines: list[str]) -> Block:
    left, right = [], []
    for line in lines:
        cut = _COLUMNS.search(line)
        if cut:
            left.append(line[: cut.start() + 1].strip())
            right.append(line[cut.end() :].strip())
        elif line.startswith("     "):
            right.append(line.strip())
        else:
            left.append(line.strip())
    return Block("columns", (("\n".join(map(_plain, left)), "\n".join(map(_plain, right))),))


def _table(lines: list[str]) -> Block:
    rows = [tuple(_plain(cell) for cell in line.strip("| ").split(" | ")) for line in lines]
    rows = [row for row in rows if not set("".join(row)) <= set("-: ")]
    width = max(map(len, rows))
    if any(word in cell for row in rows for cell in row for word in _SETTING):
        cells = [[row[i] for row in rows if i < len(row)] for i in range(2)]
        return Block("columns", (tuple("\n".join(filter(None, one)) for one in cells),))
    return Block("table", tuple(row + ("",) * (width - len(row)) for row in rows))


def _plain(line: str) -> str:
    line = re.sub(r"-{5,}|\*\*|(?<!\w)\*(?=\S)|(?<=\S)\*(?!\w)", "", line.strip())
    line = re.sub(r"^#+ ", "", line)
    return "" if re.fullmatch(r"[-_=*\s]{3,}", line) else line
