"""What the machine must bring: libraries and programs that no Python package holds.

A task asks for them when it needs them (:func:`need`). As root on Debian or Ubuntu they are
installed with apt; elsewhere the one command for that system is named. Only the standard
library is used here, because the environment itself may not be made yet.
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
    """Something that the system, not pip, brings."""

    PANGO = "pango"  # text layout, for WeasyPrint
    JAVA = "java"  # a Java runtime, for EPUBCheck and veraPDF
    CHROMIUM = "chromium"  # a browser, for looking at EPUB documents and reports
    CALIBRE = "calibre"  # a reading system and its tools, for opening the EPUBs in it
    VENV = "venv"  # Python's own venv, which Debian packs apart


PACKAGES: dict[str, dict[Need, tuple[str, ...]]] = {
    "debian": {
        Need.PANGO: ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0"),
        Need.JAVA: ("default-jre-headless",),
        # The driver of the browser, in the playwright wheel, wants libatomic beside it.
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
    # The wheels and the wrapper are those of Linux, so on Windows all of it runs in WSL.
    "windows": "wsl --install -d Debian",
}

WITH_APT = ("debian", "ubuntu")

# The names that WeasyPrint tries, for the three libraries that the others do not pull in.
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
    """Something is missing from the system and could not be installed from here.

    ``needs`` names it, ``command`` installs it, ``reason`` says why it was not done ("" when it
    was not tried).
    """

    def __init__(self, needs: tuple[Need, ...], command: str, reason: str = "") -> None:
        super().__init__(f"missing: {', '.join(needs)}; {command}")
        self.needs = needs
        self.command = command
        self.reason = reason

    def message(self, language: str) -> str:
        """What is missing and the one command that brings it, in ``language``."""
        if self.command:
            text = N_("Missing on this system: {needs}. Install it with: {command}")
        else:
            text = N_("Missing on this system: {needs}. Install it and try again.")
        said = translate(text, language).format(needs=", ".join(self.needs), command=self.command)
        return "\n".join(filter(None, (said, self.reason)))


def java_library() -> Path | None:
    """The Java virtual machine's shared library: of ``JAVA_HOME``, else of ``java`` on the path."""
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
    """Chromium or Chrome, wherever the system keeps it."""
    found = next(filter(None, map(shutil.which, _BROWSERS)), None)
    return Path(found) if found else next(filter(Path.is_file, map(Path, _BROWSER_APPS)), None)


def calibre(tool: str) -> Path | None:
    """One of Calibre's tools (``ebook-convert``, ``calibre-debug``), wherever it is installed."""
    found = shutil.which(tool)
    bundled = _CALIBRE_APP / tool
    return Path(found) if found else bundled if bundled.is_file() else None


def library_versions() -> dict[str, str]:
    """The versions of the text libraries that lay out pages; "" for one that is not there."""
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
    importlib.invalidate_caches()  # it may have come since this process started
    try:
        import ensurepip
    except ImportError:
        return False
    return bool(ensurepip.version())


def is_there(what: Need) -> bool:
    """Whether the system has it."""
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
    """``debian``, ``ubuntu``, ``fedora``, ``arch``, ``macos``, ``windows`` or "" (unknown).

    Linux distributions by ``ID`` and ``ID_LIKE`` of os-release(5).
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
    """The system packages that bring ``needs`` on a ``family`` of systems."""
    table = PACKAGES.get(family, {})
    return [name for what in needs for name in table.get(what, ())]


def install_command(needs: Iterable[Need], family: str) -> str:
    """The one command that brings ``needs``; "" on an unknown system."""
    return COMMANDS.get(family, "").format(packages=" ".join(packages(needs, family)))


def need(*needs: Need, language: str = "it") -> None:
    """Make sure that the system has ``needs``; as root on Debian and its kin, install them.

    Raises :class:`SystemNeeds` when something is missing and cannot be installed from here.
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
    """Install packages with apt, as root. Returns what apt complained of, "" when all went well."""
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

    # One source that does not answer fails the update and need not fail the installation.
    apt("update")
    done = apt("install", "-y", "--no-install-recommends", *names)
    return (done.stderr or done.stdout).strip() if done.returncode else ""
