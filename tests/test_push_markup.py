"""Text that goes into a tracker's markup: it shows the same words and does nothing."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vnpolicy.errors import TrackerError
from vnpolicy.push import adf, markup

ODD = st.text(alphabet="ab @#!:~$%^&*_-+=|\\`'\"<>[](){}?/.,;1x\n", max_size=40)
_FREED = re.compile(r"(?<!\\)\\([-#*_+?^~|%{}\[\]()!@])")  # Jira's own rule


@given(ODD)
def test_wiki_frees_every_character_that_does_something(text: str) -> None:
    said = markup.wiki(text)
    assert not re.search(r"[{}\[\]!|*]|\\\\", _FREED.sub("", said))
    assert _FREED.sub(r"\1", said).replace(markup.JOINER, "") == markup.lines(text)


@given(ODD)
def test_markdown_keeps_the_words_and_no_command(text: str) -> None:
    said = markup.markdown(text)
    assert markup.lines(said) == said
    assert not re.search(r"^\s*/", said, re.MULTILINE)
    assert not re.search(r'(?<!\w)@\w|[#!%~&$^]["\w]', said)
    assert not re.search(r"(?<!\\)(?:\\\\)*[<\[`*]", said)
    bare = re.sub(r"\\([!-/:-@\[-`{-~])|^- ", r"\1", said, flags=re.MULTILINE)
    words = bare.replace(markup.JOINER, "").split()
    assert "".join(words) == "".join(markup.lines(text).split()) or "- " in text


@given(st.text(max_size=60))
def test_a_document_is_its_text(text: str) -> None:
    said = markup.lines(text).encode(errors="replace").decode()
    assert adf.flat(adf.document(said)) == said


@pytest.mark.parametrize(
    "value",
    [
        5,
        [],
        {},
        {"type": "x"},
        {"type": "doc", "content": 3},
        {"type": "doc", "content": [3]},
        {"type": "doc", "content": [{"type": "paragraph", "content": "x"}]},
        {"type": "doc", "content": [{"type": "paragraph", "content": [{"type": "text"}, 4]}]},
        {
            "type": "doc",
            "content": [{"type": "paragraph", "content": [{"type": "text", "text": []}]}],
        },
    ],
)
def test_what_is_no_document_is_an_error(value: object) -> None:
    with pytest.raises(TrackerError):
        adf.flat(value)


def test_a_document_nested_beyond_measure_is_an_error() -> None:
    node: dict[str, object] = {"type": "bulletList"}
    for _ in range(100_000):
        node = {"type": "bulletList", "content": [node]}
    with pytest.raises(TrackerError):
        adf.flat({"type": "doc", "content": [node]})


def test_a_text_cannot_pass_for_a_key_line() -> None:
    for text in ("vnpolicy: t-1", "a\n\nvnpolicy: t-1", "a\n\n  vnpolicy: t-1\nb"):
        assert not markup.has_key(markup.markdown(text), "t-1")
    assert markup.has_key(markup.keyed(markup.markdown("a"), "t-1") + "\r\n\r\nThêm.", "t-1")
