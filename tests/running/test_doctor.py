"""The doctor: what it finds on a machine that lacks something."""

import errno
import sys
from pathlib import Path

from pooling.running import doctor


def test_the_doctor_compares_versions_with_the_lock(tmp_path):
    lock = tmp_path / "requirements.lock"
    lock.write_text(
        f"numpy=={course_version('numpy')} \\\n    --hash=sha256:0\n"
        "no-such-package==1.0 ; sys_platform == 'plan9' \\\n    --hash=sha256:0\n"
    )
    assert [finding.grade for finding in doctor.check_lock(lock)] == ["ok"]
    lock.write_text("numpy==0.1 \\\n    --hash=sha256:0\nno-such-package==1.0 \\\n")
    (finding,) = doctor.check_lock(lock)
    assert finding.grade == "FAIL"
    assert f"numpy is {course_version('numpy')}, the lock says 0.1" in finding.text
    assert "no-such-package 1.0 is not installed" in finding.text


def course_version(name: str) -> str:
    """Return the installed version of a package."""
    return doctor.metadata.version(name)


def test_the_doctor_misses_alembic_and_git(tmp_path):
    findings = list(doctor.check_programs(str(tmp_path)))
    assert [finding.grade for finding in findings] == ["FAIL", "note", "note"]
    assert str(Path(sys.executable).parent) in findings[0].text


def test_the_doctor_sees_a_folder_that_cannot_be_used(tmp_path, monkeypatch):
    usage = doctor.shutil.disk_usage(tmp_path)
    monkeypatch.setattr(doctor.shutil, "disk_usage", lambda path: usage._replace(free=10**8))

    def refuse(dir):
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(doctor.tempfile, "TemporaryFile", refuse)
    findings = list(doctor.check_disk(tmp_path))
    assert [finding.grade for finding in findings] == ["FAIL", "FAIL"]
    assert "only 0.1 GB free" in findings[0].text


def test_the_doctor_names_a_library_that_does_not_import(monkeypatch, capsys):
    monkeypatch.setattr(doctor, "NEEDED", ("json", "no_such_library"))
    monkeypatch.setattr(doctor, "check_lock", lambda lock: iter(()))
    assert doctor.main() == 1
    shown = capsys.readouterr().out
    assert "FAIL no_such_library cannot be imported" in shown
    assert "to mend; each line says how." in shown.splitlines()[-1]
