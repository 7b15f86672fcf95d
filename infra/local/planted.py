"""Plants each bug of tests/planted/bugs.json in a copy of the code and runs the tests that must notice it.

Two hours of one core at most; `make planted N="6 7"` takes some of them. A bug that no test notices, or that does not
compile, makes the command fail.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
COPY = ROOT / ".local" / "planted" / "code"
TARGET = ROOT / ".local" / "planted" / "target"
PATIENCE_S = 1800


def main(wanted: list[str]) -> int:
    """Plants what is wanted, all if nothing is named; how many were not noticed."""
    bugs = json.loads((ROOT / "tests/planted/bugs.json").read_text())
    copy({bug["file"] for bug in bugs})
    bugs = [bug for bug in bugs if not wanted or str(bug["bug"]) in wanted]
    unnoticed = 0
    print("Without any bug the tests pass:", flush=True)
    for package, target in sorted({(bug["package"], bug["target"]) for bug in bugs}):
        tests = sorted({test for bug in bugs if bug["package"] == package for test in bug["tests"]})
        failed, compiled = run({"package": package, "target": target, "tests": tests})
        print(f"    {package}: {'yes' if compiled and not failed else 'NO: ' + ', '.join(failed)}", flush=True)
        unnoticed += bool(failed) or not compiled
    for place, bug in enumerate(bugs, 1):
        print(f"[{place}/{len(bugs)}] bug {bug['bug']}: {bug['what']}", flush=True)
        said, noticed = try_out(bug)
        print(f"    {said}", flush=True)
        unnoticed += not noticed
    print(f"{len(bugs) - unnoticed} of {len(bugs)} planted bugs are noticed.")
    return 1 if unnoticed else 0


def copy(changed: set[str]) -> None:
    """The code as it is now, without what is not part of it. Files that had a bug before are new to cargo."""
    shutil.rmtree(COPY, ignore_errors=True)
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():
            (COPY / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, COPY / name)
            if name in changed:
                (COPY / name).touch()


def try_out(bug: dict) -> tuple[str, bool]:
    """With the bug one of its tests fails."""
    file = COPY / bug["file"]
    source = file.read_text()
    planted = source
    for find, plant in [(bug["find"], bug["plant"]), *map(tuple, bug.get("also", []))]:
        if planted.count(find) != 1:
            return f"its place in {bug['file']} is gone", False
        planted = planted.replace(find, plant)
    file.write_text(planted)
    failed, compiled = run(bug)
    file.write_text(source)
    if not compiled:
        return "with it the code does not compile", False
    if not failed:
        return "NOBODY NOTICED", False
    shown = ", ".join(failed[:3]) + (f" and {len(failed) - 3} more" if len(failed) > 3 else "")
    return f"noticed by {shown}", True


def run(bug: dict) -> tuple[list[str], bool]:
    """The failed tests, and whether there were tests to run."""
    target = ["--lib"] if bug["target"] == "lib" else ["--test", bug["target"]]
    command = ["cargo", "test", "--locked", "--quiet", "-p", bug["package"], *target, "--no-fail-fast", "--",
               *bug["tests"]]
    try:
        done = subprocess.run(command, cwd=COPY, env=environment(), capture_output=True, text=True, timeout=PATIENCE_S)
    except subprocess.TimeoutExpired:
        return ["a test that never ended"], True
    failed = re.findall(r"^---- (\S+) stdout ----$", done.stdout, re.M)
    if done.returncode and not failed:
        print(done.stderr[-2000:])
    return failed, "test result:" in done.stdout


def environment() -> dict[str, str]:
    """One folder for what is built, so that a bug costs what it changes."""
    return os.environ | {"CARGO_TARGET_DIR": str(TARGET)}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
