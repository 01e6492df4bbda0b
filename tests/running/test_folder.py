"""Hashes of the course's files."""

from pooling.running.folder import fingerprint


def test_a_fingerprint_is_of_names_and_contents_only(tmp_path):
    folder = tmp_path / "in"
    (folder / "deep").mkdir(parents=True)
    (folder / "x").write_text("1")
    (folder / "deep" / "y").write_text("2")
    before = fingerprint(tmp_path, ["in"])

    (folder / "__pycache__").mkdir()
    (folder / "__pycache__" / "x.pyc").write_text("leftover")
    (folder / "ignored.txt").write_text("leftover")
    (folder / "x").touch()
    assert fingerprint(tmp_path, ["in"], ["in/ignored*"]) == before

    assert fingerprint(tmp_path, ["in"]) != before
    (folder / "ignored.txt").unlink()
    (folder / "x").rename(folder / "z")
    assert fingerprint(tmp_path, ["in"]) != before
    assert fingerprint(tmp_path, ["in", "missing"]) == fingerprint(tmp_path, ["in"])
