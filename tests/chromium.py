"""The machine's Chromium: found for the browser tests and, as root on Debian, installed.

`python -m tests.chromium` ends with 0 when there is one, else says what to type and ends with 2.
"""

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
UPDATE = ("apt-get", "-qq", "update")
INSTALL = ("apt-get", "-qq", "install", "-y", "--no-install-recommends", "chromium", "fonts-liberation")


def find() -> str | None:
    """The program's path: what CHROMIUM names, else the first known name on PATH."""
    named = os.environ.get("CHROMIUM")
    return shutil.which(named) if named else next(filter(None, map(shutil.which, NAMES)), None)


def advice() -> str:
    """One line that says how to get a Chromium on this machine."""
    if named := os.environ.get("CHROMIUM"):
        return f"CHROMIUM names {named}, which is no program: name a Chromium or Chrome, or leave it out."
    if shutil.which("apt-get"):
        command = "sudo apt-get update && sudo apt-get install chromium"
    elif shutil.which("dnf"):
        command = "sudo dnf install chromium"
    elif shutil.which("brew"):
        command = "brew install --cask chromium && export CHROMIUM=/Applications/Chromium.app/Contents/MacOS/Chromium"
    else:
        command = "export CHROMIUM=<the path of a Chromium or Chrome>"
    return f"The browser tests need Chromium, and there is none on PATH: {command}"


def install() -> None:
    """Debian's Chromium and a font to draw with. Raises CalledProcessError when apt-get fails."""
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in (UPDATE, INSTALL):
        subprocess.run(command, check=True, env=quiet, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)


def _may_install() -> bool:
    return os.geteuid() == 0 and shutil.which("apt-get") is not None and not os.environ.get("CHROMIUM")


def main() -> int:
    """Sees to it that there is a Chromium; returns the exit code."""
    if find():
        return 0
    if _may_install():
        sys.stderr.write("Installing Chromium for the browser tests (apt-get, once)\n")
        try:
            install()
        except subprocess.CalledProcessError as error:
            sys.stderr.write(f"{error}\n")
        if find():
            return 0
    sys.stderr.write(advice() + "\n")
    return 2


if __name__ == "__main__":
    sys.exit(main())
