"""The library's own errors: what was given, and what is allowed.

A wrong call raises :class:`ArgumentError` at once. A document that cannot be read raises
:class:`DocumentError` (or a kind of it), which never costs another document of the same run.
"""

from __future__ import annotations


class VnpolicyError(Exception):
    """The root of everything this library raises on purpose."""


class ArgumentError(VnpolicyError, ValueError):
    """A call with a value that the function does not take.

    >>> str(ArgumentError("processes", 0, "a whole number of at least 1"))
    'processes: got 0; allowed: a whole number of at least 1'
    """

    def __init__(self, name: str, given: object, allowed: str) -> None:
        super().__init__(f"{name}: got {given!r}; allowed: {allowed}")
        self.name = name
        self.given = given
        self.allowed = allowed


class DocumentError(VnpolicyError):
    """A document that cannot be read; ``source`` names it, ``reason`` says why."""

    def __init__(self, source: str, reason: str) -> None:
        super().__init__(f"{source}: {reason}")
        self.source = source
        self.reason = reason


class EncodingError(DocumentError):
    """Bytes that are not the text they were taken for."""


class FormatError(DocumentError):
    """A document in a format that is not read."""


class EmptyError(DocumentError):
    """A document without any text."""


class EncryptedError(DocumentError):
    """A document that opens with a password only."""


class DamagedError(DocumentError):
    """A document that breaks the rules of its own format: cut short, or made to mislead."""


class LimitError(DocumentError):
    """A document that goes beyond a limit of size, pages, pixels, memory or time."""


class MissingToolError(DocumentError):
    """A document for which a package or a program is not installed; the reason says which."""


class LexiconError(VnpolicyError):
    """A data file of the lexicon breaks its own rules; the message names file and line."""


class PatternError(VnpolicyError):
    """A rule whose pattern matches nothing at all, or the empty string."""


class ConfigError(VnpolicyError):
    """A configuration that cannot be used; ``source`` names the file, ``reason`` the place in it.
    What was given is never repeated: it may be a secret."""

    def __init__(self, source: str, reason: str) -> None:
        super().__init__(f"{source}: {reason}")
        self.source = source
        self.reason = reason


class LedgerError(VnpolicyError):
    """The record of what was pushed cannot be used: in use by another run, damaged, or foreign."""


class TrackerError(VnpolicyError):
    """A tracker's answer that does not let the request count as done."""


class AccessError(TrackerError):
    """The tracker refuses who is asking: nothing more can be done in this run."""


class ForbiddenError(TrackerError):
    """The tracker does not let who is asking do this; it may be so for one project only."""


class UnreachableError(TrackerError):
    """The tracker does not answer; what was asked has not reached it."""


class UncertainError(TrackerError):
    """No answer came to a request that may have been carried out."""


class ChangedError(TrackerError):
    """The entry has been changed between reading and writing it."""
