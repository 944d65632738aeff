"""Tasks into a tracker, again and again without a double.

:func:`vnpolicy.push.run.push` is the whole way: the work items of the documents
(:mod:`~vnpolicy.push.intake`), what the ledger says was pushed before
(:mod:`~vnpolicy.push.ledger`), the plan that follows (:mod:`~vnpolicy.push.plan`), and carrying
it out (:mod:`~vnpolicy.push.work`) at a target (:mod:`~vnpolicy.push.target`).
"""
