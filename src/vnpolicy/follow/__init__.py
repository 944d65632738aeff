"""Following up without a tracker: what is due, what is left unclear, what a new version changes.

``store`` reads back what ``convert`` wrote (or reads documents); ``due``, ``clarity`` and
``difference`` judge, each from records alone; ``due_report``, ``clarity_report`` and
``difference_report`` tell it to a person (text), a spreadsheet (CSV) and a program (JSON).

Nothing here knows whether a task has been done: documents do not say so. "Overdue" is a day that
has passed, and no more.
"""
