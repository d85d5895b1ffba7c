"""System requirements: libraries and programs that cannot be installed with pip.

A task calls :func:`need` when it needs one. As root on Debian or Ubuntu the function installs what
is missing with apt; elsewhere it raises an error that names the command for that system. Uses the
standard library alone, because the Python environment may not have been made yet.
"""

from __future__ import annotations

import ctypes
import importlib
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path

from book.messages import N_, translate

OS_RELEASE = Path("/etc/os-release")


class Need(StrEnum):
    """A requirement that the system's package manager installs, not pip."""

    PANGO = "pango"  # text layout, for WeasyPrint
    JAVA = "java"  # a Java runtime, for EPUBCheck and veraPDF
    CHROMIUM = "chromium"  # a browser, for looking at EPUB documents and reports
    CALIBRE = "calibre"  # a reading system and its tools, for opening the EPUBs in it
    VENV = "venv"  # Python's own venv, which Debian packs apart


PACKAGES: dict[str, dict[Need, tuple[str, ...]]] = {
    "debian": {
        Need.PANGO: ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0"),
        Need.JAVA: ("default-jre-headless",),
        # Playwright's driver, a Node binary in its wheel, is linked against libatomic.
        Need.CHROMIUM: ("chromium", "libatomic1"),
        Need.CALIBRE: ("calibre-bin", "calibre"),
        Need.VENV: ("python3-venv",),
    },
    "ubuntu": {
        Need.PANGO: ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0"),
        Need.JAVA: ("default-jre-headless",),
        Need.CHROMIUM: ("chromium-browser", "libatomic1"),
        Need.CALIBRE: ("calibre-bin", "calibre"),
        Need.VENV: ("python3-venv",),
    },
    "fedora": {
        Need.PANGO: ("pango", "harfbuzz"),
        Need.JAVA: ("java-latest-openjdk-headless",),
        Need.CHROMIUM: ("chromium", "libatomic"),
        Need.CALIBRE: ("calibre",),
        Need.VENV: ("python3",),
    },
    "arch": {
        Need.PANGO: ("pango", "harfbuzz"),
        Need.JAVA: ("jre-openjdk-headless",),
        Need.CHROMIUM: ("chromium",),
        Need.CALIBRE: ("calibre",),
        Need.VENV: ("python",),
    },
    "macos": {
        Need.PANGO: ("pango", "harfbuzz"),
        Need.JAVA: ("temurin",),
        Need.CHROMIUM: ("chromium",),
        Need.CALIBRE: ("calibre",),
        Need.VENV: ("python@3.13",),
    },
}

COMMANDS = {
    "debian": "sudo apt-get install -y {packages}",
    "ubuntu": "sudo apt-get install -y {packages}",
    "fedora": "sudo dnf install -y {packages}",
    "arch": "sudo pacman -S --needed {packages}",
    "macos": "brew install {packages}",
    # The wheels and the wrapper script are Linux's, so on Windows everything runs in WSL.
    "windows": "wsl --install -d Debian",
}

WITH_APT = ("debian", "ubuntu")

# The three libraries of WeasyPrint's that no other one depends on, under the file names that
# WeasyPrint itself tries.
_LIBRARIES = (
    ("libpango-1.0.so.0", "libpango-1.0.dylib"),
    ("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib"),
    ("libharfbuzz-subset.so.0", "libharfbuzz-subset.0.dylib"),
)
_LIBRARY_FOLDERS = ("", "/opt/homebrew/lib/", "/usr/local/lib/")
_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_BROWSER_APPS = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)


_CALIBRE_APP = Path("/Applications/calibre.app/Contents/MacOS")


class SystemNeeds(Exception):
    """Requirements are missing and this process could not install them.

    ``needs`` are the missing requirements. ``command`` installs them ("" on an unknown system).
    ``reason`` is what apt said ("" when installing was not tried).
    """

    def __init__(self, needs: tuple[Need, ...], command: str, reason: str = "") -> None:
        super().__init__(f"missing: {', '.join(needs)}; {command}")
        self.needs = needs
        self.command = command
        self.reason = reason

    def message(self, language: str) -> str:
        """The message for the terminal, in ``language``: what is missing, how to install it."""
        if self.command:
            text = N_("Missing on this system: {needs}. Install it with: {command}")
        else:
            text = N_("Missing on this system: {needs}. Install it and try again.")
        said = translate(text, language).format(needs=", ".join(self.needs), command=self.command)
        return "\n".join(filter(None, (said, self.reason)))


def java_library() -> Path | None:
    """The shared library of a Java virtual machine, or None.

    Looks in ``JAVA_HOME``, then beside the ``java`` on the path, then where macOS keeps Java.
    """
    homes = [Path(home) for home in [os.environ.get("JAVA_HOME")] if home]
    if java := shutil.which("java"):
        homes.append(Path(java).resolve().parent.parent)
    homes += sorted(Path("/Library/Java/JavaVirtualMachines").glob("*/Contents/Home"))  # macOS
    for home in homes:
        for name in ("libjvm.so", "libjvm.dylib"):
            if (library := home / "lib" / "server" / name).is_file():
                return library
    return None


def browser() -> Path | None:
    """The path of Chromium or Chrome: on the path, else a macOS application; None if neither."""
    found = next(filter(None, map(shutil.which, _BROWSERS)), None)
    return Path(found) if found else next(filter(Path.is_file, map(Path, _BROWSER_APPS)), None)


def calibre(tool: str) -> Path | None:
    """The path of one of Calibre's tools (``ebook-convert``, ``calibre-debug``), or None."""
    found = shutil.which(tool)
    bundled = _CALIBRE_APP / tool
    return Path(found) if found else bundled if bundled.is_file() else None


def library_versions() -> dict[str, str]:
    """The versions of Pango and HarfBuzz, by name; "" for one that cannot be loaded.

    Both shape and break lines of text, so another version may lay out other pages.
    """
    versions = {}
    for name, names, call in (
        ("pango", _LIBRARIES[0], "pango_version_string"),
        ("harfbuzz", ("libharfbuzz.so.0", "libharfbuzz.0.dylib"), "hb_version_string"),
    ):
        versions[name] = ""
        for library in (folder + file for folder in _LIBRARY_FOLDERS for file in names):
            try:
                function = getattr(ctypes.CDLL(library), call)
            except (OSError, AttributeError):
                continue
            function.restype = ctypes.c_char_p
            versions[name] = function().decode()
            break
    return versions


def _loads(names: tuple[str, ...]) -> bool:
    for folder in _LIBRARY_FOLDERS:
        for name in names:
            try:
                ctypes.CDLL(folder + name)
            except OSError:
                continue
            return True
    return False


def _has_venv() -> bool:
    # Debian keeps ensurepip in the package python3-venv; without it ``python3 -m venv`` fails.
    importlib.invalidate_caches()  # apt may have installed it since this process started
    try:
        import ensurepip
    except ImportError:
        return False
    return bool(ensurepip.version())


def is_there(what: Need) -> bool:
    """Whether the system meets the requirement."""
    match what:
        case Need.PANGO:
            return all(_loads(names) for names in _LIBRARIES)
        case Need.JAVA:
            return java_library() is not None
        case Need.CHROMIUM:
            return browser() is not None and (
                platform.system() != "Linux" or _loads(("libatomic.so.1",))
            )
        case Need.CALIBRE:
            return calibre("ebook-convert") is not None
        case Need.VENV:
            return _has_venv()


def system_family() -> str:
    """The key of this system in :data:`COMMANDS`; "" for an unknown one.

    Linux distributions are told by ``ID``, then by ``ID_LIKE``, of os-release(5).
    """
    match platform.system():
        case "Darwin":
            return "macos"
        case "Windows":
            return "windows"
    try:
        lines = OS_RELEASE.read_text(encoding="utf-8").splitlines()
    except OSError:
        return ""
    fields = dict(line.split("=", 1) for line in lines if "=" in line)
    ids = " ".join(fields.get(key, "").strip("\"'") for key in ("ID", "ID_LIKE")).split()
    aliases = {"rhel": "fedora", "centos": "fedora", "archlinux": "arch"}
    known = (aliases.get(name, name) for name in ids)
    return next((name for name in known if name in PACKAGES), "")


def packages(needs: Iterable[Need], family: str) -> list[str]:
    """The names of the system packages that hold ``needs``, for a ``family`` of systems."""
    table = PACKAGES.get(family, {})
    return [name for what in needs for name in table.get(what, ())]


def install_command(needs: Iterable[Need], family: str) -> str:
    """The shell command that installs ``needs``; "" on an unknown system."""
    return COMMANDS.get(family, "").format(packages=" ".join(packages(needs, family)))


def need(*needs: Need, language: str = "it") -> None:
    """Make sure that the system has ``needs``; as root on Debian or Ubuntu, install them.

    Raises :class:`SystemNeeds` when one is missing and this process cannot install it.
    """
    missing = tuple(what for what in needs if not is_there(what))
    if not missing:
        return
    family = system_family()
    command = install_command(missing, family)
    if family not in WITH_APT or os.geteuid() != 0 or not shutil.which("apt-get"):
        raise SystemNeeds(missing, command)
    names = packages(missing, family)
    say = translate(N_("Installing from the system's packages: {packages}"), language)
    print(say.format(packages=" ".join(names)), file=sys.stderr, flush=True)
    reason = _apt_install(names)
    if reason or any(not is_there(what) for what in missing):
        raise SystemNeeds(missing, command, reason)


def _apt_install(names: list[str]) -> str:
    """Install packages with apt, as root. Returns apt's error message, "" when all went well."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8"}

    def apt(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["apt-get", "-q", *arguments],
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
        )

    # The result of the update is ignored: one package source that does not answer makes it fail,
    # while the installation may still succeed from the others.
    apt("update")
    done = apt("install", "-y", "--no-install-recommends", *names)
    return (done.stderr or done.stdout).strip() if done.returncode else ""
