"""The foot and the addressees: who receives the document, and who signed it.

"Nơi nhận" with its dashes stands beside the signature, in a table's row, on one line ("- Lưu:
VT | KT. BỘ TRƯỞNG"), or above it; "Kính gửi" and, in telegrams, "... điện:" open the list of
those addressed, below the head. Lines that touch make one block; the blocks of a list carry
its words as label.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from vnpolicy.document import Block, Header
from vnpolicy.segment import signer
from vnpolicy.segment.header import STATE
from vnpolicy.segment.place import Place
from vnpolicy.segment.table import Row
from vnpolicy.segment.tree import Piece
from vnpolicy.segment.wrap import Run
from vnpolicy.text import Canonical

TELEGRAM = regex.compile(r"[\p{Lu}][\p{L}\s,-]{3,80} (?:điện|ĐIỆN)\s?:")
_RECEIVERS = regex.compile(r"\W{0,4}(?:Nơi nhận|NƠI NHẬN|Nơi gửi)(?!\p{L})")
_ADDRESS = regex.compile(r"\W{0,4}(?:Kính gửi|KÍNH GỬI)(?!\p{L})")
_LEAD = regex.compile(
    r"\W{0,4}(?:Kính gửi|KÍNH GỬI|Nơi nhận|NƠI NHẬN|Nơi gửi|[^\n]{3,80}(?:điện|ĐIỆN))\s*:?\s*"
)
_FILED = regex.compile(r"- ?Lưu\s?:")
_FORM = regex.compile(r"(?i)\(?ký,? (?:và )?(?:ghi rõ|đóng dấu|tên)")
_BESIDE = regex.compile(r"(?<=[:;.,)]) ((?:\p{Lu}{1,3}\. ?)?\p{Lu}{2,}(?:[ ,]+\p{Lu}{2,})*)$")
_NAMED = regex.compile(r"(?<=[;.)]) (\p{Lu}\p{Ll}+(?: \p{Lu}\p{Ll}*){1,4})$")
_SIGNED = 400  # characters; a signature is not longer


class Foot:
    """Reads recipients and signatures into pieces, and their fields into the header."""

    def __init__(self, view: Canonical, header: Header, place: Place, pieces: list[Piece]) -> None:
        self.view, self.header, self.place, self.pieces = view, header, place, pieces
        self.lead = ""  # the label of the list of recipients that is being read
        self.beside = False  # the signature stands on the lines of the list

    def add(self, kind: str, start: int, end: int, label: str | None = None) -> Piece:
        """A block of its own; marks that touch make one."""
        last = self.pieces[-1].block if self.pieces else None
        touches = last is not None and last.kind == kind and start - last.end < 2
        if last is not None and touches and last.label == label and kind != "header":
            last.end = end
        else:
            self.pieces.append(Piece(Block(kind, start, end, start, label)))
        return self.pieces[-1]

    def receive(self, run: Run) -> None:
        """Read a line of addressees or of "Nơi nhận"."""
        bar = run.text.rfind(" | ")
        if bar > 0 and signer.CAPACITY.match(run.text, bar + 3):
            rest = run.start + bar + 3
            self.receive(Run(run.start, run.start + bar, run.text[:bar], run.gap, run.label))
            self._bars(run.start + bar, rest)
            self.sign(Run(rest, run.end, run.text[bar + 3 :], False, None))
            return
        opens = _opens_list(run.text)
        beside = self._beside(run, opens=opens)
        if beside:
            kept = run.text[:beside].rstrip()
            self.receive(Run(run.start, run.start + len(kept), kept, run.gap, run.label))
            self.sign(Run(run.start + beside, run.end, run.text[beside:], False, None))
            self.place.last = "recipients"
            return
        if opens or self.place.last != "recipients":
            self.lead = _lead_label(run.text)
        lead = _LEAD.match(run.text) if opens else None
        body = lead.end() if lead else run.label.body if run.label else 0
        piece = self.add("recipients", run.start, run.end, self.lead)
        if piece.block.start == run.start:
            piece.block.body = min(run.start + body, run.end)
        self._read_recipients(run.start, run.end)

    def _beside(self, run: Run, *, opens: bool) -> int:
        """Where the signature begins that stands beside the list, on its lines; else 0."""
        title = _BESIDE.search(run.text)
        if title is not None and signer.is_office(title[1]) and (opens or self.beside):
            self.beside = True
            return int(title.start(1))
        name = _NAMED.search(run.text) if self.beside else None
        return int(name.start(1)) if name is not None else 0

    def sign(self, run: Run) -> None:
        """Read a line of the signature."""
        self.add("signature", run.start, run.end)
        start = self.pieces[-1].block.start
        for piece in reversed(self.pieces[-4:-1]):
            if piece.block.kind != "signature":
                break
            start = piece.block.start
        self._read_signer(max(start, run.end - _SIGNED), run.end)

    def read_row(self, row: Row) -> bool:
        """Read a table's row that is no data: the sign-off, the addressees, a signature."""
        text = self.view.text
        filled = row.filled()
        if STATE.search(text, row.start, row.end) and len(filled) < 4:
            self.add("header", row.start, row.end)
            return True
        goes_on = self.place.last == "recipients" and self.lead == "Kính gửi" and len(filled) == 1
        if filled and (goes_on or _ADDRESS.match(text, filled[0].start, filled[0].end)):
            self._read_cells(row, ["recipients"] * len(filled))
            return True
        if len(filled) > 3 or (row.is_header and len(filled) > 2):
            return False
        kinds = [self._kind(text[cell.start : cell.end]) for cell in filled]
        if "recipients" in kinds or ("signature" in kinds and len(filled) < 3):
            self._read_cells(row, [kind or "signature" for kind in kinds])
            return True
        return False

    def _kind(self, piece: str) -> str:
        if _RECEIVERS.match(piece) or (_FILED.search(piece) and piece.lstrip()[:1] in "-–"):
            return "recipients"
        first = piece.lstrip("*_ \n").partition("\n")[0]
        office = signer.is_office(first) and len(first) < 60
        if len(piece) < 400 and (
            signer.CAPACITY.match(first)
            or (office and (self.place.foot or len(piece) < 90))
            or (_FORM.search(piece) is not None and first.isupper())
        ):
            return "signature"
        return ""

    def _read_cells(self, row: Row, kinds: Sequence[str]) -> None:
        """The row's filled cells as blocks of their own, its bars as marks between them."""
        at = row.start
        for cell, kind in zip(row.filled(), kinds, strict=True):
            self._bars(at, cell.start)
            at = cell.end
            if kind == "recipients":
                self._receive_cell(cell.start, cell.end)
            else:
                for start, end in _stretches(self.view.text, cell.start, cell.end):
                    self.add(kind, start, end)
                self._read_signer(cell.start, cell.end)
            self.place.last = kind
        self._bars(at, row.end)

    def _receive_cell(self, start: int, end: int) -> None:
        text = self.view.text
        if _opens_list(text[start:end]) or _FILED.search(text, start, end):
            self.lead = _lead_label(text[start:end])
        for low, high in _stretches(text, start, end):
            lead = _LEAD.match(text, low, high) if _opens_list(text[low:high]) else None
            block = Block("recipients", low, high, lead.end() if lead else low, self.lead)
            self.pieces.append(Piece(block))
        self._read_recipients(start, end)

    def _read_recipients(self, start: int, end: int) -> None:
        if self.lead == "Nơi nhận":
            self.place.foot = True
            self.header.recipients.extend(signer.recipients(self.view.text[start:end]))

    def _read_signer(self, start: int, end: int) -> None:
        self.place.foot = True
        name, title, capacity = signer.signer(self.view.text[start:end])
        header = self.header
        if header.signer_title is None or (name is not None and header.signer_name is None):
            header.signer_name = name or header.signer_name
            header.signer_title = title or header.signer_title
            header.signer_capacity = capacity or header.signer_capacity

    def _bars(self, start: int, end: int) -> None:
        for low, high in _stretches(self.view.text, start, end):
            self.add("boilerplate", low, high).free = True


def _stretches(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The parts of ``text[start:end]`` that no blank line parts, without space around them."""
    for match in regex.finditer(r"[^\n]++(?:\n[^\n]++)*+", text, pos=start, endpos=end):
        piece = match[0]
        inner = piece.strip()
        if inner:
            low = match.start() + len(piece) - len(piece.lstrip())
            yield low, low + len(inner)


def _opens_list(text: str) -> bool:
    return any(pattern.match(text) for pattern in (_RECEIVERS, _ADDRESS, TELEGRAM))


def _lead_label(text: str) -> str:
    if _ADDRESS.match(text):
        return "Kính gửi"
    return "điện" if TELEGRAM.match(text) else "Nơi nhận"
