"""A real Redmine on loopback, out of the system's packages ``redmine`` and ``redmine-sqlite``.

The program is copied into a folder of its own, with a database and a configuration of its own;
nothing of the system's instance is read or changed. It takes about ten seconds to start.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

PROGRAM = Path("/usr/share/redmine")
MISSING = not (PROGRAM / "config.ru").is_file() or shutil.which("bundle") is None
WHY = "REDMINE IS NOT INSTALLED: apt-get install redmine redmine-sqlite"
# The system's own instance and its configuration, which not everybody may read; and the manual.
_LEFT = {"instances", "database.yml", "Gemfile.lock", "plugin_assets", "help"}

# Two people, a robot with the rights to write and one without; two projects and one that only
# some may see; a group that work is given to; fields for the key (one of them no filter) and for
# the document's number; a status workflow that lets nobody reach "Rejected".
SEED = """
Redmine::DefaultData::Loader.load('en')
Setting.rest_api_enabled = '1'
Setting.login_required = '1'
Setting.issue_group_assignment = '1'
manager = Role.find_by(name: 'Manager')
reporter = Role.find_by(name: 'Reporter')
reporter.update!(assignable: false)
WorkflowTransition.where(new_status_id: IssueStatus.find_by(name: 'Rejected').id).delete_all
def person(login, last)
  user = User.new(firstname: 'Văn', lastname: last, mail: "#{login}@example.vn")
  user.login = login
  user.password = user.password_confirmation = 'mat-khau-cua-may'
  user.save!
  user
end
robot, clerk, reader = person('may', 'Máy'), person('an', 'An'), person('xem', 'Xem')
group = Group.create!(lastname: 'Sở Y tế')
plain = Tracker.create!(name: 'Việc', default_status: IssueStatus.first)
bare = Tracker.create!(name: 'Trống', default_status: IssueStatus.first,
  core_fields: Tracker::CORE_FIELDS - %w(description due_date))
[plain, bare].each { |one| one.copy_workflow_rules(Tracker.first) }
field = lambda do |name, filter|
  IssueCustomField.create!(name: name, field_format: 'string', is_filter: filter, is_for_all: true,
    trackers: [plain])
end
fields = {key: field.call('Mã', true), unfiltered: field.call('Mã riêng', false),
  number: field.call('Số văn bản', true)}
projects = %w(theo-doi y-te kin).map do |name|
  project = Project.create!(name: name.capitalize, identifier: name, is_public: false,
    trackers: [plain, bare, Tracker.first], enabled_module_names: %w(issue_tracking))
  ([clerk, group] + (name == 'kin' ? [] : [robot])).each do |one|
    Member.create!(project: project, principal: one, roles: [manager])
  end
  Member.create!(project: project, principal: reader, roles: [reporter])
  project
end
File.write(ENV['SEEDED'], JSON.dump(
  robot: robot.api_key, clerk: clerk.api_key, reader: reader.api_key,
  clerk_id: clerk.id, group_id: group.id, reader_id: reader.id,
  fields: fields.transform_values(&:id), projects: projects.to_h { |one| [one.identifier, one.id] }
))
"""


@dataclass
class Server:
    """A running Redmine; ``seeded`` has the ids and keys of what was put in."""

    folder: Path
    url: str
    seeded: dict[str, Any]

    def ask(self, method: str, path: str, body: object = None, *, who: str = "clerk") -> Any:
        """What a person does, or what the server holds."""
        headers = {"X-Redmine-API-Key": self.seeded[who]}
        answer = httpx.request(
            method, f"{self.url}/{path}", json=body, headers=headers, trust_env=False, timeout=60
        )
        assert answer.is_success, f"{method} {path}: {answer.status_code} {answer.text}"
        return answer.json() if answer.content else None

    def issues(self, **params: str) -> list[dict[str, Any]]:
        """All issues, whatever their status, oldest first."""
        query = str(httpx.QueryParams({"status_id": "*", "sort": "id", "limit": "100", **params}))
        found = self.ask("GET", f"issues.json?{query}")
        assert found["total_count"] == len(found["issues"])
        issues: list[dict[str, Any]] = found["issues"]
        return issues

    def issue(self, id_: str | int) -> dict[str, Any]:
        """One issue with its journal."""
        issue: dict[str, Any] = self.ask("GET", f"issues/{id_}.json?include=journals")["issue"]
        return issue

    def notes(self, id_: str | int) -> list[str]:
        return [one["notes"] for one in self.issue(id_)["journals"] if one["notes"]]

    def run(self, code: str) -> str:
        """What a piece of Ruby prints inside Redmine."""
        return _run(self.folder, "rails", "runner", code)


@contextmanager
def redmine(folder: Path) -> Iterator[Server]:
    """Starts a Redmine in the folder, and stops it."""
    _install(folder)
    _run(folder, "rake", "db:migrate")
    seed = folder / "seed.rb"
    seed.write_text(SEED, encoding="utf-8")
    _run(folder, "rails", "runner", str(seed))
    seeded = json.loads((folder / "seeded.json").read_text())
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = ["bundle", "exec", "rails", "server", "-b", "127.0.0.1", "-p", str(port)]
    with (folder / "server.log").open("wb") as log:
        process = subprocess.Popen(
            command, cwd=folder, env=_environment(folder), stdout=log, stderr=log
        )
        try:
            server = Server(folder, f"http://127.0.0.1:{port}", seeded)
            _await(server, process)
            yield server
        finally:
            process.kill()
            process.wait()


def _install(folder: Path) -> None:
    shutil.copytree(
        *(PROGRAM, folder),
        ignore=lambda path, names: _LEFT & set(names),
        ignore_dangling_symlinks=True,
        dirs_exist_ok=True,
    )
    instance = folder / "instances" / "default"
    for name in ("config", "files", "log", "tmp/pids", "public/plugin_assets"):
        (instance / name).mkdir(parents=True)
    (folder / "tmp").mkdir(exist_ok=True)
    base = f"production:\n  adapter: sqlite3\n  database: {folder}/base.sqlite\n  timeout: 20000\n"
    for path in (folder / "config", instance / "config"):
        (path / "database.yml").write_text(f"{base}  encoding: utf8\n")
    (instance / "config" / "secret_key.txt").write_text("0123456789abcdef" * 8)
    gems = folder / "Gemfile"
    gems.write_text(gems.read_text().replace(f"{PROGRAM}/{{", f"{folder}/{{"))
    (folder / "Gemfile.local").write_text('gem "webrick"\n')


def _environment(folder: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("BUNDLE")}
    return kept | {
        "RAILS_ENV": "production",
        "REDMINE_LANG": "en",
        "LANG": "C.UTF-8",
        "SEEDED": str(folder / "seeded.json"),
    }


def _run(folder: Path, *command: str) -> str:
    done = subprocess.run(
        ["bundle", "exec", *command],
        cwd=folder,
        env=_environment(folder),
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, f"{command}: {done.stdout[-2000:]}{done.stderr[-4000:]}"
    return done.stdout


def _await(server: Server, process: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        assert process.poll() is None, (server.folder / "server.log").read_text()
        try:
            httpx.get(f"{server.url}/issues.json", trust_env=False, timeout=60)
            return
        except httpx.TransportError:
            time.sleep(0.1)
    raise AssertionError("Redmine did not start")
