"""Pictures of pages: PNG, JPEG, TIFF of many pages, and what else Pillow reads, through OCR.

A picture says how fine it is, or it does not (a telephone's never does): then it is taken for a
sheet of A4. One so coarse that its type is smaller than Tesseract reads is drawn larger. Size
and number of pages are asked before anything is decoded, so that a small file that unpacks to a
gigapixel is refused at once. Pages turned as the camera's data tell are turned back.

>>> fineness((1654, 2339), (200, 200)), fineness((1654, 2339), (72, 72))
(200.0, 199.9)
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from vnpolicy.errors import (
    DamagedError,
    DocumentError,
    EmptyError,
    FormatError,
    LimitError,
    MissingToolError,
)
from vnpolicy.readers import ocr
from vnpolicy.readers.clock import Clock
from vnpolicy.readers.layout import compose
from vnpolicy.readers.limits import Limits
from vnpolicy.readers.reading import Reading

if TYPE_CHECKING:
    from PIL.Image import Image

_A4 = 11.7  # inches: its longer side
_COARSE = 240  # dots to the inch: what is coarser is drawn larger
_LEAST = 60


def read(data: bytes, *, source: str, limits: Limits) -> Reading:
    """The text on the picture ``data``.

    :raises FormatError: where it is no picture that Pillow reads.
    :raises MissingToolError: where Pillow or Tesseract is not installed.
    :raises LimitError: where it has more pages or pixels than ``limits`` allow.
    """
    clock = Clock(source=source, seconds=limits.seconds)
    image = _opened(data, source)
    media_type = _media_type(image)
    lack = ocr.missing()
    if lack is not None:
        raise MissingToolError(source, f"is a picture: {lack}")
    _check_pages(image, source, limits)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        sheets = ocr.read(_pictures(image, source, limits), source=source, clock=clock)
    done = compose(sheets)
    if not done.text:
        raise EmptyError(source, "has no text that OCR can read / ảnh không có chữ đọc được")
    return Reading(
        text=done.text,
        media_type=media_type,
        reader="image",
        pages=done.pages,
        scanned=tuple(sheet.number for sheet in sheets),
        confidence=ocr.confidence(sheets),
    )


def fineness(size: tuple[int, int], told: Any) -> float:
    """The dots to the inch of a page of this size: as told, if a page can be of that kind."""
    try:
        across = float(told[0])
    except (TypeError, ValueError, IndexError):
        across = 0.0
    guess = max(size) / _A4
    believable = _LEAST < across < 2400 and 3 < max(size) / across < 25
    return round(across if believable else guess, 1)


def _media_type(image: Image) -> str:
    from PIL import Image as images

    return str(images.MIME.get(image.format or "", "image/x-unknown"))


def _opened(data: bytes, source: str) -> Image:
    try:
        from PIL import Image as images
        from PIL import UnidentifiedImageError
    except ImportError:
        raise MissingToolError(
            source,
            "a picture needs a package that is not installed: pip install 'vnpolicy[ocr]' / "
            "chưa cài gói đọc ảnh: pip install 'vnpolicy[ocr]'",
        ) from None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return images.open(io.BytesIO(data))
    except UnidentifiedImageError:
        reason = "is no picture in a known format / không phải tệp ảnh đọc được"
        raise FormatError(source, reason) from None
    except images.DecompressionBombError:
        reason = "has too many pixels (pixels) / ảnh quá lớn"
        raise LimitError(source, reason) from None
    except MemoryError:
        raise
    except Exception:
        raise DamagedError(source, "is a damaged picture / tệp ảnh bị hỏng") from None


def _check_pages(image: Image, source: str, limits: Limits) -> None:
    """Looks at every page's size, as its head tells it, before any is decoded."""
    for at in range(limits.pages + 1):
        try:
            image.seek(at)
        except EOFError:
            break
        except MemoryError:
            raise
        except Exception as error:
            if at == 0 or "Bomb" in type(error).__name__:
                raise _wrong(error, source) from None
            break
        if at == limits.pages:
            reason = f"has more than {limits.pages} pages (pages) / quá nhiều trang"
            raise LimitError(source, reason)
        width, height = image.size
        if width * height > limits.pixels:
            reason = (
                f"page {at + 1} has {width} x {height} pixels; allowed: {limits.pixels} (pixels)"
            )
            raise LimitError(source, reason)
    image.seek(0)


def _pictures(image: Image, source: str, limits: Limits) -> Iterator[ocr.Picture]:
    """The pages one after another, upright and fine enough."""
    from PIL import Image as images
    from PIL import ImageOps

    for at in range(limits.pages):
        try:
            image.seek(at)
            page = image.copy()
            told = page.info.get("dpi")
            page = ImageOps.exif_transpose(page) or page
        except EOFError:
            return
        except MemoryError:
            raise
        except Exception as error:
            raise _wrong(error, source) from None
        dpi = fineness(page.size, told)
        factor = min(ocr.DPI / dpi, (limits.pixels / (page.width * page.height)) ** 0.5)
        if dpi < _COARSE and factor > 1:
            size = (int(page.width * factor), int(page.height * factor))
            page = _plain(page).resize(size, images.Resampling.BICUBIC)
            dpi *= factor
        yield ocr.Picture(at + 1, page, dpi)


def _plain(image: Image) -> Image:
    """``image`` in a mode that can be drawn larger."""
    if image.mode in ("RGBA", "LA", "PA", "P"):
        return image.convert("RGBA")
    return (
        image if image.mode in ("L", "RGB") else image.convert("L" if image.mode == "1" else "RGB")
    )


def _wrong(error: Exception, source: str) -> DocumentError:
    if type(error).__name__ == "DecompressionBombError":
        return LimitError(source, "has too many pixels (pixels) / ảnh quá lớn")
    return DamagedError(source, "is a damaged picture, cut short or wrong / tệp ảnh bị hỏng")
