r"""Text from documents as a tracker's markup that shows the same words and does nothing.

A tracker reads commands out of text: GitLab a line ``/close`` ("Quick actions"), all of them
``@name`` or ``user:"name"``, which calls somebody, ``#12`` and the like, which leave a note at
another entry, HTML, pictures that are fetched from elsewhere, Jira's ``{macro}``. Each is broken
here: with a backslash where the markup knows it, else with the word joiner U+2060, which is not
seen and parts no words. What only looks different (a line that begins with a number is a list) is
left. A web address stays a link.

- :func:`markdown` is for GitLab and OpenProject (CommonMark). A line end alone would not be shown,
  so the lines below the first paragraph become a list.
- :func:`wiki` is for Jira Data Center; a backslash frees exactly the characters that its renderer
  lists (``BackslashEscapeRendererComponent``), so a backslash itself is followed by a joiner.
- :func:`quiet` is for titles, where references and mentions are found but no other markup.

The **key line** is the last line of a description where the tracker has no better place for an
entry's key; no text from a document can pass for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

JOINER = "\u2060"
_NAME = "vnpolicy"
_MARK = f"({_NAME})"
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_SPECIAL = re.compile(r"[\\`*\[\]<>|~$&]|(?<!\w)_|_(?!\w)|^#|(?<=\n)#")
_COMMAND = re.compile(r"^([ \t]*)/", re.MULTILINE)
_SIGIL = re.compile(r'((?<!\w)@|[#!%~&$^]|(?<=[A-Za-z]):)(?=["\w])')
_WIKI = re.compile(
    r"[{}\[\]!|*_^~]|(?<!\w)[-+](?=\w)|\?(?=\?)"
    r"|\((?=(?:[yni/x!+?-]|on|off|\*[rgby]?|flag|flagoff)\))|(?<=[:;])[()]"
)
_HEADING = re.compile(r"^(h[1-6]|bq)\.", re.MULTILINE)


def lines(text: str) -> str:
    r"""The text in the one form that is compared: ``\n`` for line ends, no blank at the end of a
    line, blank lines single and none at the ends.

    >>> lines("a \r\n\n\n\nb\n")
    'a\n\nb'
    """
    text = _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = "\n".join(line.rstrip() for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", text).strip("\n")


def quiet(text: str) -> str:
    r"""The text with references and mentions broken.

    >>> quiet("Gửi @quan-tri về #12; thư tới a@b.vn"), quiet('user:"admin"')
    ('Gửi @\u2060quan-tri về #\u206012; thư tới a@b.vn', 'user:\u2060"admin"')
    """
    return _SIGIL.sub(rf"\1{JOINER}", _unkeyed(text))


def markdown(text: str) -> str:
    r"""
    >>> print(markdown("Rà soát <b>[x](http://x.vn)\n\nThời hạn: 24/07/2024\nSản phẩm: *báo cáo*"))
    Rà soát \<b\>\[x\](http://x.vn)
    <BLANKLINE>
    - Thời hạn: 24/07/2024
    - Sản phẩm: \*báo cáo\*
    >>> print(markdown("/close"))
    \/close
    """
    safe = _SPECIAL.sub(lambda found: f"\\{found[0]}", lines(text))
    first, *rest = quiet(_COMMAND.sub(r"\1\/", safe)).split("\n\n")
    return "\n\n".join([first, *(re.sub(r"^", "- ", block, flags=re.MULTILINE) for block in rest)])


def wiki(text: str) -> str:
    r"""
    >>> print(wiki("{include:x} [~admin] !http://x.vn/a.png! (i) rà soát, TB-VP"))
    \{include:x\} \[\~admin\] \!http://x.vn/a.png\! \(i) rà soát, TB-VP
    >>> wiki("\\{x")
    '\\\u2060\\{x'
    """
    safe = lines(text).replace("\\", f"\\{JOINER}")
    safe = _WIKI.sub(lambda found: f"\\{found[0]}", safe)
    return _HEADING.sub(rf"\1{JOINER}.", safe)


def keyed(text: str, key: str) -> str:
    """The text with the key line."""
    return f"{text}\n\n{_NAME}: {key}"


def has_key(text: str, key: str) -> bool:
    """Whether a line of the text is the key line.

    >>> has_key(keyed("Rà soát.", "t-1"), "t-1"), has_key(keyed("Rà soát.", "t-12"), "t-1")
    (True, False)
    >>> has_key(markdown("vnpolicy: t-1"), "t-1")
    False
    """
    line = f"{_NAME}: {key}"
    return line in text and line in lines(text).split("\n")


def note(text: str) -> str:
    """What is said on an entry, marked as ours."""
    return f"{text} {_MARK}"


def is_said(note_: str, said: Iterable[tuple[str, str]]) -> bool:
    """Whether the last of our notes, by the number that the tracker gave it, says the same.

    >>> is_said("Đã rút (vnpolicy)", [("9", "Đã rút (vnpolicy)"), ("10", "Xin xem lại.")])
    True
    >>> is_said("Đã rút (vnpolicy)", [("9", "Đã rút (vnpolicy)"), ("10", "Có lại (vnpolicy)")])
    False
    """
    ours = [(len(id_), id_, lines(text)) for id_, text in said if lines(text).endswith(_MARK)]
    return bool(ours) and max(ours)[2] == note_


def _unkeyed(text: str) -> str:
    return re.sub(rf"^(\s*{_NAME}):", rf"\1{JOINER}:", text, flags=re.MULTILINE)
