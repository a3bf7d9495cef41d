"""The settings of letters: what is taken, what is refused, and that no password is ever shown."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from portfolj.errors import InputRefused, PortfoljError
from portfolj.mail.settings import load_settings

RIGHT = """server = "post.exempel.se"
security = "starttls"
from = "rapporter@exempel.se"
on_failure = ["anna@exempel.se"]
"""
SECRET = "hemligt-losen!"


def write(folder: Path, text: str) -> Path:
    path = folder / "brev.toml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(("security", "port"), [("starttls", 587), ("tls", 465), ("none", 25)])
def test_the_port_follows_the_security_where_none_is_given(tmp_path: Path, security: str, port: int) -> None:
    settings, password = load_settings(write(tmp_path, RIGHT.replace("starttls", security)))
    assert (settings.server_port, password.get_secret_value()) == (port, "")
    assert load_settings(write(tmp_path, RIGHT + "port = 2525"))[0].server_port == 2525


def test_the_password_comes_from_a_variable_or_a_file_of_ones_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BREV_LOSEN", SECRET)
    _, password = load_settings(write(tmp_path, RIGHT + 'user = "u"\npassword_variable = "BREV_LOSEN"'))
    assert password.get_secret_value() == SECRET
    (tmp_path / "losen").write_text(f"{SECRET}\n", encoding="utf-8")
    (tmp_path / "losen").chmod(0o600)
    monkeypatch.setenv("HOME", str(tmp_path))
    for place in ("losen", "~/losen", str(tmp_path / "losen")):
        settings, password = load_settings(write(tmp_path, RIGHT + f'user = "u"\npassword_file = "{place}"'))
        assert password.get_secret_value() == SECRET
    assert password.get_secret_value() == SECRET
    assert SECRET not in repr((settings, password))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o620])
def test_a_password_that_others_can_read_is_refused(tmp_path: Path, mode: int) -> None:
    (tmp_path / "losen").write_text(SECRET, encoding="utf-8")
    (tmp_path / "losen").chmod(mode)
    with pytest.raises(InputRefused, match="chmod 600") as refused:
        load_settings(write(tmp_path, RIGHT + 'user = "u"\npassword_file = "losen"'))
    assert SECRET not in str(refused.value)


@pytest.mark.parametrize(
    ("line", "key", "says"),
    [
        (f'password = "{SECRET}"', "password", "får inte stå i filen"),
        (f'losenord = "{SECRET}"', "losenord", "får inte stå i filen"),
        (f'user = "u"\npassword_variable = "{SECRET}"', "password_variable", "aldrig lösenordet"),
        ('user = "u"\npassword_variable = "INTE_SATT_XYZ"', "password_variable", "inte satt"),
        ('user = "u"\npassword_file = "saknas"', "password_file", "går inte att läsa"),
        ('user = "u"\npassword_variable = "BREV_MED_RINGAR"', "password_variable", "inte å, ä eller ö"),
        ('user = "u"', "user", "password_variable eller password_file"),
        ('user = "u"\npassword_variable = "PATH"\npassword_file = "x"', "user", "två ställen"),
        ('password_variable = "PATH"', "password_variable", "ingen user"),
        ('user = "å"\npassword_variable = "PATH"', "user", "inte å, ä eller ö"),
        ("port = 70000", "port", "1-65535"),
        ('port = "587"', "port", "1-65535"),
        ("timeout_seconds = 0", "timeout_seconds", "högst 600"),
        ('on_succes = ["a@exempel.se"]', "on_succes", "Menade du on_success"),
        ('on_success = "a@exempel.se"', "on_success", "en lista"),
        ('on_success = ["anna"]', "on_success.0", "e-postadress"),
        ('on_success = ["Anna <a@exempel.se>"]', "on_success.0", "e-postadress"),
        ('on_success = ["a@exempel.se\\nBcc: b@exempel.se"]', "on_success.0", "e-postadress"),
        ('on_success = ["å@exempel.se"]', "on_success.0", "e-postadress"),
    ],
)
def test_a_wrong_setting_is_told_by_its_key_and_never_by_what_stands_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: str, key: str, says: str
) -> None:
    monkeypatch.setenv("BREV_MED_RINGAR", "å" + SECRET)
    with pytest.raises(InputRefused) as refused:
        load_settings(write(tmp_path, RIGHT + line))
    assert [fault.cell for fault in refused.value.faults] == [key]
    assert says in str(refused.value)
    assert SECRET not in str(refused.value)


@pytest.mark.parametrize(
    ("old", "new", "key", "says"),
    [
        ('server = "post.exempel.se"\n', "", "server", "saknas"),
        ('from = "rapporter@exempel.se"\n', "", "from", "saknas"),
        ('security = "starttls"\n', "", "security", "saknas"),
        ('"starttls"', '"ssl"', "security", "'starttls', 'tls' eller 'none'"),
        ('on_failure = ["anna@exempel.se"]\n', "", "on_failure", "Ingen får några brev"),
        ('"starttls"', '"none"\nuser = "u"\npassword_variable = "PATH"', "security", "oskyddat"),
    ],
)
def test_a_lacking_or_unsafe_setting_is_told(tmp_path: Path, old: str, new: str, key: str, says: str) -> None:
    assert old in RIGHT
    with pytest.raises(InputRefused) as refused:
        load_settings(write(tmp_path, RIGHT.replace(old, new)))
    assert [fault.cell for fault in refused.value.faults] == [key]
    assert says in str(refused.value)


def test_all_faults_come_at_once(tmp_path: Path) -> None:
    with pytest.raises(InputRefused) as refused:
        load_settings(write(tmp_path, 'security = "ssl"\nport = 0\nuser = "u"\nfel = 1\n'))
    assert sorted(fault.cell for fault in refused.value.faults) == sorted(
        ["server", "from", "security", "port", "fel", "on_failure", "user"]
    )


@pytest.mark.parametrize(
    ("content", "says"),
    [(b"server = post", "TOML på rad 1"), (b'server = "\xe5"', "UTF-8"), (None, "går inte att läsa")],
)
def test_a_file_that_is_not_settings_at_all_is_refused(tmp_path: Path, content: bytes | None, says: str) -> None:
    path = tmp_path / "brev.toml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(PortfoljError, match=re.escape(says)):
        load_settings(path)
