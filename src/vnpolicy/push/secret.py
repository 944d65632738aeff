"""Passwords and keys: from the environment or from a file that nobody else may read.

In the configuration a secret is where it is, never what it is::

    password = { env = "CALDAV_PASSWORD" }
    key = { file = "~/.config/vnpolicy/redmine.key" }

A file must be a regular file of the one who runs the command, without any right for others
(``chmod 600``). Its last line end is not part of the secret.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Self

from pydantic import BaseModel, ConfigDict, model_validator

from vnpolicy.errors import ConfigError

_LARGEST = 10_000  # bytes


class Secret(BaseModel):
    """Where a secret is: exactly one of the two."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    env: str | None = None
    file: Path | None = None

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.env is None) == (self.file is None):
            raise ValueError("a secret is { env = NAME } or { file = PATH }, one of the two")
        return self

    def value(self) -> str:
        """What it is.

        :raises ConfigError: where it is not there, or others may read it.
        """
        if self.env is not None:
            found, source = os.environ.get(self.env, ""), f"${self.env}"
        else:
            assert self.file is not None
            path = self.file.expanduser()
            found, source = _read(path), str(path)
        if not found or not found.isprintable():
            raise ConfigError(source, "holds no secret / không có mật khẩu hay khóa")
        return found


def _read(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            status = os.fstat(stream.fileno())  # of what is read, not of what the name was
            _check(path, status)
            data = stream.read(_LARGEST)
    except OSError as error:
        raise ConfigError(str(path), f"cannot be read: {error.strerror}") from None
    return data.decode(errors="replace").removesuffix("\n").removesuffix("\r")


def _check(path: Path, status: os.stat_result) -> None:
    if os.name != "posix":  # elsewhere the mode says nothing of who may read
        return
    if not stat.S_ISREG(status.st_mode) or status.st_uid not in (os.getuid(), 0):
        raise ConfigError(str(path), "is no file of yours / không phải tệp của bạn")
    if status.st_mode & 0o077:
        raise ConfigError(
            str(path), f"others may read it; run chmod 600 {path} / người khác đọc được tệp này"
        )
