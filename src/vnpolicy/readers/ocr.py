"""One picture of a page to lines of words, by Tesseract with its Vietnamese data.

Tesseract runs as a program of its own, one process a page and one thread a process, so that
pages can be read side by side and give the same bytes each time. Its hOCR tells words with
boxes, confidence, and the height of each line's type; its own idea of blocks and their order is
left aside: the layout is ours, the same as for a text layer. What it makes of seals, signatures
and dirt, words without a letter or a digit in which it has no confidence, is dropped. A page
that reads as nothing is looked at again turned, if Tesseract finds that it lies on its side.
"""

from __future__ import annotations

import html
import os
import re
import shutil
import subprocess
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from vnpolicy.errors import DamagedError, MissingToolError
from vnpolicy.readers.clock import Clock
from vnpolicy.readers.layout import Line, Sheet, Word, label
from vnpolicy.readers.layout.grid import grids
from vnpolicy.readers.raster import prepared
from vnpolicy.readers.strip import cut

if TYPE_CHECKING:
    from PIL.Image import Image

DPI = 300
ADVICE = (
    "install Tesseract with Vietnamese (Debian: apt install tesseract-ocr tesseract-ocr-vie; "
    "Windows: the UB Mannheim installer, tick Vietnamese) / cần cài Tesseract và gói tiếng Việt"
)
_WINDOWS = Path(r"C:\Program Files\Tesseract-OCR\tesseract.exe")
_LINE = re.compile(r"<span class='ocr_(?:line|header|caption|textfloat)'[^>]*?title=\"([^\"]*)\"")
_WORD = re.compile(r"<span class='ocrx_word'[^>]*?title='([^']*)'[^>]*>(.*?)</span>", re.DOTALL)
_BOX = re.compile(r"bbox (\d+) (\d+) (\d+) (\d+)")
_BASE = re.compile(r"baseline (-?[\d.]+) (-?[\d.]+)")
_SIZE = re.compile(r"x_size ([\d.]+)")
_SURE = re.compile(r"x_wconf (\d+)")
_PAGE, _COLUMN = "3", "6"  # page segmentation: find the blocks; one block
_HOCR = ("-c", "tessedit_create_hocr=1")
Shift = Callable[[float], tuple[float, float]]
_LOW, _SMALL = 0.35, 8.0  # no letter is so low beside its line's type; no type so small, points
_FLAT = frozenset("-–—_=.,…*•·:;~+\"'“”‘’")
_DOUBTFUL = 0.55  # mean confidence below which a page may lie on its side


@dataclass(frozen=True, slots=True)
class Picture:
    """A page to be read: its number from 1, its picture, and how fine that is."""

    number: int
    image: Image
    dpi: float


def missing() -> str | None:
    """What is to be installed before a page can be read, None if nothing."""
    if find_spec("numpy") is None or find_spec("PIL") is None:
        return "pip install 'vnpolicy[ocr]' / chưa cài gói OCR: pip install 'vnpolicy[ocr]'"
    program = _program()
    if program is None:
        return ADVICE
    return None if "vie" in _languages(program) else f"Tesseract lacks Vietnamese: {ADVICE}"


def read(pictures: Iterable[Picture], *, source: str, clock: Clock) -> list[Sheet]:
    """The pages as sheets of lines and rules, in the order given, as many at a time as there
    are processors; pictures are asked for as they are needed.

    :raises MissingToolError: where Tesseract or its Vietnamese is not installed.
    """
    lack = missing()
    if lack is not None:
        raise MissingToolError(source, f"is scanned: {lack}")
    workers = os.cpu_count() or 1
    done: list[Sheet] = []
    with ThreadPoolExecutor(workers) as pool:
        running: list[Future[Sheet]] = []
        try:
            for picture in pictures:
                running.append(pool.submit(_page, picture, source, clock))
                if len(running) > workers:
                    done.append(running.pop(0).result())
            done += [one.result() for one in running]
        except BaseException:
            for one in running:
                one.cancel()
            raise
    return done


def confidence(sheets: Iterable[Sheet]) -> float | None:
    """The mean confidence of the words of ``sheets``, 0 to 1."""
    found = [
        word.confidence
        for sheet in sheets
        for line in sheet.lines
        for word in line.words
        if word.confidence is not None
    ]
    return round(sum(found) / len(found), 3) if found else None


def _page(picture: Picture, source: str, clock: Clock) -> Sheet:
    sheet = _sheet(picture, source, clock)
    if _merit(sheet) >= _DOUBTFUL and len(sheet.lines) > 3:
        return sheet
    turn = _turn(picture.image, source, clock)
    if turn == 0:
        return sheet
    image = picture.image.rotate(-turn, expand=True)
    other = _sheet(Picture(picture.number, image, picture.dpi), source, clock)
    return other if _merit(other) > _merit(sheet) else sheet


def _merit(sheet: Sheet) -> float:
    """How well a page reads: its confidence; nothing where the words stand on end, which
    Tesseract reads by itself but in no order."""
    long = [word for line in sheet.lines for word in line.words if len(word.text) > 2]
    upright = sum(word.bottom - word.top > word.x1 - word.x0 for word in long)
    return 0.0 if 2 * upright > len(long) else confidence([sheet]) or 0.0


def _sheet(picture: Picture, source: str, clock: Clock) -> Sheet:
    clock.check()
    raster = prepared(picture.image, dpi=picture.dpi)
    scale = 72 / picture.dpi
    width, height = raster.image.size
    page, strips = cut(raster.image, grids(raster.rules), dpi=picture.dpi)
    answer = _run(page, ("--psm", _PAGE, *_HOCR), source, clock)
    lines = list(_lines(answer, scale, picture.number))
    for strip in strips:
        answer = _run(strip.image, ("--psm", _COLUMN, *_HOCR), source, clock)
        lines += _lines(answer, scale, picture.number, shift=strip.shift)
    return Sheet(picture.number, width * scale, height * scale, lines, raster.rules, scanned=True)


def _run(image: Image, options: tuple[str, ...], source: str, clock: Clock) -> str:
    """What Tesseract answers for ``image``."""
    program = _program()
    if program is None:
        raise MissingToolError(source, ADVICE)
    width, height = image.size
    data = b"P5 %d %d 255\n" % (width, height) + image.convert("L").tobytes()
    command = [program, "stdin", "stdout", "-l", "vie", "--dpi", str(DPI), *options]
    if "0" in options:
        command[4] = "osd"
    environment = os.environ | {"OMP_THREAD_LIMIT": "1"}
    try:
        done = subprocess.run(
            command, input=data, capture_output=True, check=False, env=environment,
            timeout=clock.left(),
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        clock.check()
        raise
    except OSError as error:
        raise MissingToolError(source, f"Tesseract does not start ({error}); {ADVICE}") from None
    if done.returncode != 0 and "0" not in options:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        reason = f"Tesseract fails: {said[-1] if said else done.returncode} / OCR bị lỗi"
        raise DamagedError(source, reason)
    return done.stdout.decode("utf-8", "replace")


def _turn(image: Image, source: str, clock: Clock) -> int:
    """By how many degrees the page lies turned; 0 where Tesseract is not sure."""
    answer = _run(image, ("--psm", "0"), source, clock)
    turn = re.search(r"^Rotate: (\d+)", answer, re.MULTILINE)
    sure = re.search(r"^Orientation confidence: ([\d.]+)", answer, re.MULTILINE)
    return int(turn[1]) % 360 if turn and sure and float(sure[1]) > 1.0 else 0


def _lines(
    answer: str, scale: float, page: int, *, shift: Shift = lambda y: (0, 0)
) -> Iterator[Line]:
    """The lines of an hOCR page, in points; ``shift`` tells by how much one is to be moved."""
    heads = list(_LINE.finditer(answer))
    for at, head in enumerate(heads):
        end = heads[at + 1].start() if at + 1 < len(heads) else len(answer)
        box, size = _BOX.search(head[1]), _SIZE.search(head[1])
        if box is None:
            continue
        right, down = shift((float(box[2]) + float(box[4])) / 2)
        tall = float(size[1]) if size else float(box[4]) - float(box[2])
        words = [
            word
            for found in _WORD.finditer(answer, head.end(), end)
            if (word := _word(found, scale, tall, right, down)) is not None
        ]
        if words and not _is_dirt(words):
            slope = _BASE.search(head[1])
            low = float(box[4]) + down + (float(slope[2]) if slope else 0.0)
            yield Line(words, base=low * scale, page=page)


def _word(
    found: re.Match[str], scale: float, tall: float, right: float, down: float
) -> Word | None:
    box, sure = _BOX.search(found[1]), _SURE.search(found[1])
    text = unicodedata.normalize("NFC", html.unescape(re.sub(r"<[^>]+>", "", found[2])).strip())
    if box is None or not text:
        return None
    confidence = int(sure[1]) / 100 if sure else 0.0
    if confidence < 0.4 and not any(map(str.isalnum, text)):
        return None
    x0, x1 = ((int(box[at]) + right) * scale for at in (1, 3))
    y0, y1 = ((int(box[at]) + down) * scale for at in (2, 4))
    if y1 - y0 < _LOW * max(tall * scale, _SMALL) and not set(text) <= _FLAT:
        return None  # the tops of the next line's marks, cut off by a rule
    return Word(text, x0, y0, x1, y1, tall * scale, confidence=confidence)


def _is_dirt(words: list[Word]) -> bool:
    """A seal, a signature or a speck read as type."""
    text = " ".join(word.text for word in words)
    sure = sum(word.confidence or 0 for word in words) / len(words)
    letters = sum(map(str.isalnum, text))
    if letters == 0:
        return sure < 0.8
    if letters < 3 and not label.alone(text) and not text.strip(" -.").isdigit():
        return sure < 0.75
    return sure < 0.2


@cache
def _program() -> str | None:
    return shutil.which("tesseract") or (str(_WINDOWS) if _WINDOWS.is_file() else None)


@cache
def _languages(program: str) -> frozenset[str]:
    try:
        done = subprocess.run(
            [program, "--list-langs"], capture_output=True, text=True, check=False, timeout=30
        )
    except (OSError, subprocess.TimeoutExpired):
        return frozenset()
    return frozenset((done.stdout + done.stderr).split())
