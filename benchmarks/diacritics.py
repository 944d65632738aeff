"""How many of the characters that carry a diacritic come back right from files in old fonts.

    python benchmarks/diacritics.py FOLDER

FOLDER holds documents, and beside some of them a transcript (``x.doc``, ``x.truth.txt``). Of the
transcript's letters that are none of ASCII the share that stands at its place in the text read is
told, for this library and, where it is installed, for viparse. White space is not compared, nor is
the case of letters: a transcript of a font whose small letters show as capitals has either. A
file without a transcript gets the share of its words that can be Vietnamese.
"""

from __future__ import annotations

import difflib
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path

from vnpolicy import charset, readers
from vnpolicy.errors import DocumentError


def ours(path: Path) -> str:
    """The text as this library reads it."""
    return readers.read(path)[0].text


def viparse(path: Path) -> str:
    """The text as viparse reads it."""
    import viparse as other

    return "\n".join(getattr(one, "text", None) or str(one) for one in other.load(str(path)))


def viparse_told(path: Path) -> str:
    """The same, told the encoding that this library found."""
    import viparse as other

    encoding = readers.read(path)[1].encoding
    told = other.load(str(path), encoding=encoding if encoding in ("tcvn3", "vni") else "auto")
    return "\n".join(getattr(one, "text", None) or str(one) for one in told)


def folded(text: str) -> str:
    return unicodedata.normalize("NFC", text).lower()


def right(truth: str, given: str) -> tuple[int, int]:
    """Marked letters of ``truth``, and how many of them stand at their place in ``given``."""
    want, have = folded(truth).split(), folded(given).split()
    total = sum(map(marked, want))
    found = 0
    matcher = difflib.SequenceMatcher(None, want, have, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            found += sum(map(marked, want[a:b]))
        elif kind == "replace":
            left, right_ = "".join(want[a:b]), "".join(have[c:d])
            inner = difflib.SequenceMatcher(None, left, right_, autojunk=False)
            for block in inner.get_matching_blocks():
                found += marked(left[block.a : block.a + block.size])
    return total, found


def marked(word: str) -> int:
    """How many letters of the word are none of ASCII."""
    return sum(char > "\x7f" and char.isalpha() for char in word)


def attempt(read: Callable[[Path], str], path: Path) -> str | None:
    try:
        return read(path)
    except DocumentError as error:
        print(f"  {error}", file=sys.stderr)
    except Exception as error:
        print(f"  {read.__name__}: {type(error).__name__}: {error}", file=sys.stderr)
    return None


READERS = (ours, viparse, viparse_told)


def main(folder: Path) -> None:
    sums: dict[str, list[int]] = {read.__name__: [0, 0] for read in READERS}
    for path in sorted(folder.iterdir()):
        if path.name.endswith(".truth.txt"):
            continue
        truth = path.with_suffix(".truth.txt")
        told = []
        for read in READERS:
            text = attempt(read, path)
            if text is None:
                told.append(f"{read.__name__}: not read")
            elif truth.exists():
                total, found = right(truth.read_text(encoding="utf-8"), text)
                sums[read.__name__][0] += total
                sums[read.__name__][1] += found
                told.append(f"{read.__name__}: {found}/{total} = {found / total:.2%}")
            else:
                told.append(f"{read.__name__}: {charset.quality(text) or 0:.2%} of words possible")
        print(f"{path.name:45} {'; '.join(told)}")
    for name, (total, found) in sums.items():
        if total:
            print(f"{name}: {found} of {total} marked letters right, {found / total:.3%}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
