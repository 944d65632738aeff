"""The configuration of pushes: a TOML file with a table a target.

::

    ledger = "so-giao-viec.sqlite"      # beside this file
    agencies = "co-quan.csv"            # which agency is which project and user

    [redmine]                           # the name that --to takes
    url = "https://redmine.example.vn"
    key = { env = "REDMINE_KEY" }
    project = "theo-doi"

The name of a table is its type; a second target of one type says ``type = "redmine"`` in a table
of another name. A table may have ``agencies`` of its own. Paths are relative to the file. A file
of agencies that is named must be there: without it every task would go to nobody. What else a
table may have is said by the target's ``Options``.
"""

from __future__ import annotations

import importlib
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from vnpolicy.errors import ArgumentError, ConfigError
from vnpolicy.push.door import Door
from vnpolicy.push.entry import Target

if TYPE_CHECKING:
    import httpx

TYPES = ("caldav", "gitlab", "jira", "openproject", "redmine", "webhook")
LEDGER, AGENCIES = "so-giao-viec.sqlite", "co-quan.csv"


class Connection(BaseModel):
    """What every target's table may have."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    url: str
    project: str = Field("", description="Where tasks go that the agencies' table sends nowhere.")
    ca_file: Path | None = None
    proxy: str | None = None
    insecure_http: bool = False
    per_second: float = Field(5.0, gt=0, le=1000)
    seconds: float = Field(30.0, gt=0, le=600)

    def door(
        self,
        *,
        headers: Mapping[str, str] | None = None,
        basic: tuple[str, str] | None = None,
        secrets: tuple[str, ...] = (),
        path: str = "",
        transport: httpx.BaseTransport | None = None,
    ) -> Door:
        """The door to the address, with ``path`` behind it."""
        return Door(
            self.url.rstrip("/") + path if path else self.url,
            headers=headers,
            basic=basic,
            secrets=secrets,
            ca_file=self.ca_file.expanduser() if self.ca_file else None,
            proxy=self.proxy,
            insecure_http=self.insecure_http,
            per_second=self.per_second,
            seconds=self.seconds,
            transport=transport,
        )


@dataclass(frozen=True, slots=True)
class Config:
    """One target, ready to be asked, and the files beside the configuration."""

    target: Target
    project: str
    ledger: Path
    agencies: Path


def load(path: Path, name: str) -> Config:
    """The target ``name`` of the file.

    :raises ConfigError: where the file cannot be used; what it says is not repeated.
    :raises ArgumentError: where it has no such target.
    """
    table = _table(path)
    targets = {key: value for key, value in table.items() if isinstance(value, dict)}
    if name not in targets:
        raise ArgumentError("to", name, ", ".join(targets) or f"a table of {path}, which has none")
    options = dict(targets[name])
    kind = options.pop("type", name)
    if kind not in TYPES:
        raise ConfigError(str(path), f"[{name}] type: allowed are {', '.join(TYPES)}")
    folder = path.absolute().parent
    named = options.pop("agencies", table.get("agencies"))
    agencies = folder / _file(path, AGENCIES if named is None else named, "agencies")
    if named is not None and not os.path.exists(agencies):
        raise ConfigError(
            str(agencies),
            "the table of agencies is not there; vnpolicy push --init writes a first one / "
            "không có bảng cơ quan, chạy vnpolicy push --init để tạo bảng mới",
        )
    ledger = _file(path, table.get("ledger", LEDGER), "ledger")
    module = importlib.import_module(f"vnpolicy.push.targets.{kind}")
    try:
        read = module.Options.model_validate(options)
    except ValidationError as error:
        raise ConfigError(str(path), _reasons(name, error)) from None
    target: Target = module.connect(read)
    return Config(target, read.project, folder / ledger, agencies)


def tables_of_agencies(path: Path) -> list[Path]:
    """The tables of agencies that the file names, its own first, whatever else is in it.

    :raises ConfigError: where the file cannot be used.
    """
    table = _table(path)
    named = [table.get("agencies", AGENCIES)]
    named += [
        one["agencies"] for one in table.values() if isinstance(one, dict) and "agencies" in one
    ]
    return list(dict.fromkeys(path.parent / _file(path, one, "agencies") for one in named))


def _table(path: Path) -> dict[str, Any]:
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(
            str(path),
            f"cannot be read: {error.strerror}; vnpolicy push --init writes a first one / "
            "chạy vnpolicy push --init để tạo tệp mẫu",
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        where = str(error).rpartition("(")[2].rstrip(")") if "(at" in str(error) else "encoding"
        raise ConfigError(str(path), f"is no TOML ({where})") from None
    unknown = [
        key
        for key, value in table.items()
        if key not in ("ledger", "agencies") and not isinstance(value, dict)
    ]
    if unknown:
        raise ConfigError(
            str(path), f"{', '.join(unknown)}: allowed are ledger, agencies and tables of targets"
        )
    return table


def _file(path: Path, given: object, name: str) -> Path:
    if not isinstance(given, str) or not given:
        raise ConfigError(str(path), f"{name}: a path is wanted")
    return Path(given).expanduser()


def _reasons(name: str, error: ValidationError) -> str:
    """What is wrong, without what was given."""
    found = [
        f"[{name}] {'.'.join(map(str, one['loc']))}: {one['msg']}"
        for one in error.errors(include_input=False, include_url=False, include_context=False)
    ]
    return "; ".join(found)
