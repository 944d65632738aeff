"""One push: from notices to what was done, step by step.

>>> from vnpolicy.push.run import push  # doctest: +SKIP
>>> for done in push(gather(notices), load(Path("push.toml"), "redmine")):  # doctest: +SKIP
...     print(done.step.action, done.step.item.title, done.url)
"""

from __future__ import annotations

from collections.abc import Iterator

from vnpolicy.push import place, plan, work
from vnpolicy.push.config import Config
from vnpolicy.push.intake import Intake
from vnpolicy.push.ledger import Ledger
from vnpolicy.push.plan import Step, Terms
from vnpolicy.push.work import Done


def push(
    intake: Intake, config: Config, terms: Terms | None = None, *, dry: bool = False
) -> Iterator[Done]:
    """Each step when it has been done; with ``dry`` what would be done, of which nothing is
    written, neither in the tracker nor in the ledger.

    :raises ConfigError: where the table of agencies cannot be read.
    :raises LedgerError: where the ledger cannot be used.
    :raises AccessError: where the tracker refuses who is asking.
    :raises UnreachableError: where it does not answer; what was done until then is in the
        ledger, and the next push goes on from there.
    """
    terms = terms or Terms()
    target = config.target
    table = place.load(config.agencies, config.project)

    def again(step: Step) -> Step:
        return plan.replan(step, ledger, target, terms)

    with Ledger(config.ledger, target.where, dry=dry) as ledger:
        steps = plan.plan(intake.documents, ledger, target, table.place, terms)
        if dry:
            for step in steps:
                yield Done(work.foresee(step, ledger, target, terms))
        else:
            yield from work.apply(steps, ledger, target, again)
