"""The command ``push``: tasks into a tracker, shown as a plan or carried out.

With ``--init`` it writes a first configuration, and a table of the agencies that the sources
name; a configuration that is there stays as it is, and in a table that is there what its owner
has filled in stays.
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vnpolicy.commands import complain
from vnpolicy.errors import ArgumentError, DocumentError, TrackerError
from vnpolicy.follow_commands import SOURCES, Reader

if TYPE_CHECKING:
    from vnpolicy.push.config import Config
    from vnpolicy.push.intake import Intake
    from vnpolicy.push.plan import Action, Terms


def add(rooms: argparse._SubParsersAction[Any]) -> None:
    """The command's options."""
    push_ = rooms.add_parser("push", help="bring the tasks into a tracker, and keep them in step")
    push_.add_argument("sources", nargs="+", metavar="SOURCE", help=SOURCES)
    push_.add_argument("--to", metavar="TARGET", help="a table of the configuration")
    push_.add_argument(
        "--config", type=Path, default=Path("push.toml"), metavar="FILE", help="else push.toml"
    )
    push_.add_argument("--dry-run", action="store_true", help="show the plan and write nothing")
    push_.add_argument(
        "--force", action="store_true", help="write over what people changed in the tracker"
    )
    push_.add_argument(
        "--close", action="store_true", help="close what vanished from its document, not only flag"
    )
    push_.add_argument(
        "--complete",
        action="store_true",
        help="the sources are all there are: the tasks of other documents have vanished",
    )
    push_.add_argument(
        "--init", action="store_true", help="write a first configuration and table of agencies"
    )
    push_.set_defaults(run=push)


def push(options: argparse.Namespace) -> int:
    """Exit status 1 where a document or a task failed, or the tracker ended the run."""
    from vnpolicy.push import config
    from vnpolicy.push.plan import Terms

    if not options.init and not options.to:
        raise ArgumentError(
            "to", options.to, "--to TARGET, a table of the configuration, or --init"
        )
    intake, failed, empty = _gather(options.sources)
    if options.init:
        _init(options.config, intake)
        return 1 if failed else 0
    if options.complete and (failed or empty):
        raise ArgumentError(
            "complete", True, "only where every source can be read and holds documents"
        )
    target = config.load(options.config, options.to)
    for old, new in intake.replaced:
        complain(f"vnpolicy: {old}: the same document as {new}, which counts / trùng văn bản")
    terms = Terms(force=options.force, close=options.close, complete=options.complete)
    return max(_run(intake, target, terms, dry=options.dry_run), 1 if failed else 0)


def _gather(sources: list[str]) -> tuple[Intake, int, int]:
    """The documents' tasks, how many sources failed, and how many held no document."""
    from vnpolicy.push.intake import Intake

    reader, intake, empty = Reader(), Intake(), 0
    for source in sources:
        before = intake.taken
        for name, notice in reader.notices([source]):
            intake.add(name, notice)
        empty += intake.taken == before
    return intake, reader.failed, empty


def _run(intake: Intake, target: Config, terms: Terms, *, dry: bool) -> int:
    from vnpolicy.push import account
    from vnpolicy.push.run import push as carry_out

    counts: Counter[Action] = Counter()
    ended = False
    try:
        for done in carry_out(intake, target, terms, dry=dry):
            counts[done.step.action] += 1
            for line in account.lines(done):
                print(line, flush=True)
    except TrackerError as error:
        complain(f"vnpolicy: {error}")
        complain(
            "vnpolicy: ended; the same command goes on with it / đã dừng, chạy lại để làm tiếp"
        )
        ended = True
    print(account.summary(counts, dry=dry))
    return 1 if ended or counts["fail"] else 0


def _init(path: Path, intake: Intake) -> None:
    from vnpolicy.push import config, place
    from vnpolicy.push.template import TEMPLATE

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            place.write(path, TEMPLATE)
            print(f"Đã ghi (written): {path}")
        items = [item for document in intake.documents.values() for item in document]
        for table in config.tables_of_agencies(path):
            place.write(table, place.renew(table, items), encoding="utf-8-sig")
            print(f"Đã ghi (written): {table}")
    except OSError as error:
        raise DocumentError(str(error.filename or path), f"cannot be written: {error}") from None
