"""What MPXJ, a reader of project files, finds in one: run as a program, because a Java machine
starts once a process. The file's name in, JSON out."""

import json
import sys
from typing import Any

TASK = (
    *("UniqueID", "Name", "OutlineNumber", "OutlineLevel", "Summary", "TaskMode", "ConstraintType"),
    *("Start", "Finish", "Duration", "Deadline", "Notes", "Priority"),
)


def told(value: Any) -> str | None:
    return None if value is None else str(value)


def read(path: str) -> dict[str, Any]:
    import jpype
    import mpxj  # noqa: F401  # tells jpype where its Java is

    jpype.startJVM()
    project = jpype.JClass("org.mpxj.reader.UniversalProjectReader")().read(path)
    tasks = []
    for task in project.getTasks():
        found: dict[str, Any] = {name: told(getattr(task, f"get{name}")()) for name in TASK}
        parent = task.getParentTask()
        found["parent"] = told(parent.getUniqueID()) if parent is not None else None
        found["text"] = [told(task.getText(number)) for number in range(1, 7)]
        found["assigned"] = [
            [told(one.getResource().getName()), told(one.getUnits())]
            for one in task.getResourceAssignments()
        ]
        tasks.append(found)
    return {
        "tasks": tasks,
        "resources": [[told(one.getName()), told(one.getCode())] for one in project.getResources()],
        "fields": {
            told(one.getFieldType()): told(one.getAlias()) for one in project.getCustomFields()
        },
        "start": told(project.getProjectProperties().getStartDate()),
        "errors": [told(one) for one in project.getIgnoredErrors()],
    }


if __name__ == "__main__":
    json.dump(read(sys.argv[1]), sys.stdout)
