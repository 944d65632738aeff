"""LibreOffice as a converter: the old formats of Word and Excel to their present ones.

Each conversion has a folder, a profile and a process group of its own, which are gone when it
ends. The profile runs no macro, follows no link and reaches no network (its proxy is a port on
which nothing listens), whatever the document asks for. The import filter is named, never left
to be guessed: LibreOffice reads as plain text what it does not recognise. Where the system
knows ceilings (ulimit), they hold for memory, processor time and the size of what is written.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from vnpolicy.errors import DamagedError, LimitError
from vnpolicy.errors import MissingToolError as Missing
from vnpolicy.readers.limits import Limits

_PROGRAMS = ("soffice", "libreoffice")
_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:/Program Files/LibreOffice/program/soffice.com",
    "/usr/lib/libreoffice/program/soffice",
    "/opt/libreoffice/program/soffice",
)
_BLOCK = 512  # bytes in which "ulimit -f" counts
# Folder of the configuration, option, value. A level of 3 runs macros of trusted places only,
# and no place is trusted.
_OPTIONS = (
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Office.Writer/Content/Update", "Link", "0"),
    ("Office.Calc/Content/Update", "Link", "2"),
    ("Office.Java/VirtualMachine", "Enable", "false"),
    ("Inet/Settings", "ooInetProxyType", "2"),
    ("Inet/Settings", "ooInetNoProxy", ""),
    ("Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPSProxyPort", "9"),
    ("Inet/Settings", "ooInetFTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetFTPProxyPort", "9"),
)
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items '
    'xmlns:oor="http://openoffice.org/2001/registry" '
    'xmlns:xs="http://www.w3.org/2001/XMLSchema" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\n'
)


def convert(
    data: bytes, *, suffix: str, filter_name: str, to: str, source: str, limits: Limits
) -> bytes:
    """``data``, which the import filter reads, as a file of the format ``to`` ("docx", "xlsx").

    :raises MissingToolError: where LibreOffice is not installed.
    :raises LimitError: where it takes longer than ``seconds``, or breaks down.
    :raises DamagedError: where it gives nothing.
    """
    program = _program(source)
    with tempfile.TemporaryDirectory(prefix="vnpolicy-", ignore_cleanup_errors=True) as folder:
        room = Path(folder)
        _set_up(room / "profile")
        # Named by us: the name that the file came with may be an option or a path.
        (room / f"document{suffix}").write_bytes(data)
        command = [
            program,
            f"-env:UserInstallation={(room / 'profile').as_uri()}",
            *("--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck"),
            *(f"--infilter={filter_name}", "--convert-to", to),
            *("--outdir", str(room / "out"), str(room / f"document{suffix}")),
        ]
        status = _run(command, room, source=source, limits=limits)
        made = room / "out" / f"document.{to}"
        if not made.is_file() and status != 0:  # it ends with 0 where it only cannot read a file
            reason = f"LibreOffice breaks down on it (status {status}; limit: memory_bytes)"
            raise LimitError(source, f"{reason} / LibreOffice bị lỗi khi đọc tệp")
        if not made.is_file():
            reason = "LibreOffice cannot open it: damaged / LibreOffice không mở được, tệp hỏng"
            raise DamagedError(source, reason)
        if made.stat().st_size > limits.file_bytes:
            raise LimitError(source, "too large when converted (limit: file_bytes) / tệp quá lớn")
        return made.read_bytes()


def _program(source: str) -> str:
    found = next(filter(None, map(shutil.which, _PROGRAMS)), None)
    found = found or next((place for place in _PLACES if Path(place).is_file()), None)
    if found is None:
        advice = "install it from libreoffice.org or your system / hãy cài đặt LibreOffice"
        raise Missing(source, f"needs LibreOffice to be read; {advice}")
    return found


def _set_up(profile: Path) -> None:
    items = "".join(
        f'<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse">'
        f"<value>{value}</value></prop></item>\n"
        for path, name, value in _OPTIONS
    )
    (profile / "user").mkdir(parents=True)
    written = profile / "user" / "registrymodifications.xcu"
    written.write_text(f"{_HEAD}{items}</oor:items>\n", encoding="utf-8")


def _run(command: list[str], room: Path, *, source: str, limits: Limits) -> int:
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in ("DISPLAY", "WAYLAND_DISPLAY", "LD_PRELOAD")
    }
    environment |= {"HOME": str(room), "TMPDIR": str(room), "SAL_USE_VCLPLUGIN": "svp"}
    process = subprocess.Popen(
        _bounded(command, limits),
        cwd=room,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        return process.wait(timeout=limits.seconds)
    except subprocess.TimeoutExpired:
        reason = f"LibreOffice takes more than {limits.seconds} s (limit: seconds) / đọc quá lâu"
        raise LimitError(source, reason) from None
    finally:
        _end(process)


def _bounded(command: list[str], limits: Limits) -> list[str]:
    """The command under the system's ceilings. It goes through the shell, because a hook
    between fork and exec may lock up where the caller has threads; no word of it is parsed."""
    if os.name != "posix":
        return command
    ceilings = (
        f"ulimit -v {limits.memory_bytes // 1024}",
        f"ulimit -t {limits.seconds}",
        f"ulimit -f {limits.unpacked_bytes // _BLOCK}",
        "ulimit -c 0",
    )
    script = "; ".join(f"{one} 2>/dev/null" for one in ceilings)
    return ["/bin/sh", "-c", f'{script}; exec "$@"', "sh", *command]


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the process and all that it has started."""
    if os.name == "posix":
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    elif process.poll() is None:
        process.kill()
    process.wait()
