from __future__ import annotations

from pathlib import Path

import pytest

from book.system import needs as system
from book.system.needs import Need, SystemNeeds, install_command, need, system_family


@pytest.mark.parametrize(
    ("release", "family"),
    [
        ("ID=debian\n", "debian"),
        ('NAME="Ubuntu"\nID=ubuntu\nID_LIKE=debian\n', "ubuntu"),
        ('ID="linuxmint"\nID_LIKE="ubuntu debian"\n', "ubuntu"),
        ("ID=raspbian\nID_LIKE=debian\n", "debian"),
        ("ID=fedora\n", "fedora"),
        ('ID="rocky"\nID_LIKE="rhel centos fedora"\n', "fedora"),
        ("ID=arch\n", "arch"),
        ("ID=plan9\n", ""),
    ],
)
def test_a_linux_is_known_by_its_release_file(
    release: str, family: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "os-release").write_text(release)
    monkeypatch.setattr(system, "OS_RELEASE", tmp_path / "os-release")
    monkeypatch.setattr("book.system.needs.platform.system", lambda: "Linux")
    assert system_family() == family


@pytest.mark.parametrize(("name", "family"), [("Darwin", "macos"), ("Windows", "windows")])
def test_other_systems_are_known_by_name(
    name: str, family: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("book.system.needs.platform.system", lambda: name)
    assert system_family() == family


@pytest.mark.parametrize(
    ("family", "command"),
    [
        (
            "debian",
            "sudo apt-get install -y libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
            " chromium libatomic1",
        ),
        (
            "ubuntu",
            "sudo apt-get install -y libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
            " chromium-browser libatomic1",
        ),
        ("fedora", "sudo dnf install -y pango harfbuzz chromium libatomic"),
        ("arch", "sudo pacman -S --needed pango harfbuzz chromium"),
        ("macos", "brew install pango harfbuzz chromium"),
        ("windows", "wsl --install -d Debian"),
        ("", ""),
    ],
)
def test_each_system_has_one_command(family: str, command: str) -> None:
    assert install_command([Need.PANGO, Need.CHROMIUM], family) == command


class Machine:
    """A machine that lacks everything until apt has run."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, family: str, user: int) -> None:
        self.installed: list[str] = []
        self.works = True
        monkeypatch.setattr(system, "is_there", lambda what: bool(self.installed) and self.works)
        monkeypatch.setattr(system, "system_family", lambda: family)
        monkeypatch.setattr("book.system.needs.os.geteuid", lambda: user)
        monkeypatch.setattr("book.system.needs.shutil.which", lambda name: f"/usr/bin/{name}")
        monkeypatch.setattr(system, "_apt_install", self.apt_install)

    def apt_install(self, names: list[str]) -> str:
        self.installed += names
        return "" if self.works else "E: Unable to locate package"


@pytest.mark.parametrize(
    ("family", "browser"), [("debian", "chromium"), ("ubuntu", "chromium-browser")]
)
def test_root_with_apt_gets_it_installed(
    family: str, browser: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine = Machine(monkeypatch, family, 0)
    need(Need.JAVA, Need.CHROMIUM)
    assert machine.installed == ["default-jre-headless", browser, "libatomic1"]


def test_an_installation_that_fails_says_what_apt_said(monkeypatch: pytest.MonkeyPatch) -> None:
    machine = Machine(monkeypatch, "debian", 0)
    machine.works = False
    with pytest.raises(SystemNeeds) as raised:
        need(Need.JAVA)
    message = raised.value.message("en")
    assert "sudo apt-get install -y default-jre-headless" in message
    assert "E: Unable to locate package" in message


@pytest.mark.parametrize(("family", "user"), [("debian", 1000), ("fedora", 0), ("macos", 501)])
def test_others_are_told_the_command(
    family: str, user: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine = Machine(monkeypatch, family, user)
    with pytest.raises(SystemNeeds) as raised:
        need(Need.PANGO)
    assert machine.installed == []
    assert install_command([Need.PANGO], family) in raised.value.message("en")


def test_an_unknown_system_is_told_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    Machine(monkeypatch, "", 1000)
    with pytest.raises(SystemNeeds) as raised:
        need(Need.PANGO)
    assert raised.value.message("en") == (
        "Missing on this system: pango. Install it and try again."
    )


@pytest.mark.parametrize("family", system.PACKAGES)
def test_every_need_has_packages_on_every_system(family: str) -> None:
    assert set(system.PACKAGES[family]) == set(Need)


def test_calibre_is_there_when_its_tools_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system, "_CALIBRE_APP", Path("/nowhere"))
    monkeypatch.setattr("book.system.needs.shutil.which", lambda name: None)
    assert not system.is_there(Need.CALIBRE)
    monkeypatch.setattr("book.system.needs.shutil.which", lambda name: f"/opt/{name}")
    assert system.is_there(Need.CALIBRE)
    assert system.calibre("ebook-meta") == Path("/opt/ebook-meta")


def test_nothing_is_asked_for_what_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system, "is_there", lambda what: True)
    monkeypatch.setattr(system, "system_family", lambda: pytest.fail("not asked"))
    need(*Need)
