"""The crontab: the line that is written, the others that are kept, the real program and its daemon."""

from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from system_stand_ins import HOSTILE, in_own_mounts, job, need, need_own_mounts, program, stand_in_crontab, what_it_got

from portfolj.errors import PortfoljError
from portfolj.schedule import crontab
from portfolj.schedule.times import When

OTHERS = b"# egna rader\r\n\n\tMAILTO=anna\n17 3 * * 0  /bin/true \xe5 # portfolj:natten\n@daily x # portfolj:natt2\n"


def as_cron_runs_it(line: str) -> str:
    """The command that a cron hands to the shell: after five fields, with \\% as %."""
    return line.split(" ", 5)[5].replace("\\%", "%")


def test_the_shell_gets_every_argument_path_and_variable_as_it_was(tmp_path: Path) -> None:
    made = job(tmp_path, *HOSTILE)
    line = crontab.crontab_line(made)
    assert line.replace("\\%", "").count("%") == 0
    subprocess.run(["/bin/sh", "-c", as_cron_runs_it(line)], check=True, cwd="/", env={"PATH": "/usr/bin:/bin"})
    assert json.loads(made.log.read_text(encoding="utf-8")) == what_it_got(made)


@pytest.mark.parametrize(
    ("when", "fields"), [(When(2, 5), "5 2 * * *"), (When(23, 0, 0), "0 23 * * 1"), (When(0, 59, 6), "59 0 * * 0")]
)
def test_the_fields_are_minute_hour_and_a_day_whose_sunday_is_0(tmp_path: Path, when: When, fields: str) -> None:
    assert crontab.crontab_line(job(tmp_path, when=when)).startswith(f"{fields} cd ")


@pytest.mark.parametrize("sign", ["\n", "\r", "\\"])
def test_a_sign_that_a_crontab_can_not_carry_is_refused(tmp_path: Path, sign: str) -> None:
    with pytest.raises(PortfoljError, match="crontab"):
        crontab.crontab_line(job(tmp_path, f"a{sign}b"))


def test_a_line_longer_than_a_crontab_holds_is_refused_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(PortfoljError, match="--all"):
        crontab.crontab_line(job(tmp_path, *[f"forbund-{n}" for n in range(100)]))


lines = st.lists(st.binary(max_size=30).filter(lambda text: b"\n" not in text and b"\r" not in text), max_size=8)


@given(before=lines, after=lines, ends=st.booleans())
def test_every_other_line_is_kept_byte_for_byte_and_the_own_one_never_doubled(
    before: list[bytes], after: list[bytes], ends: bool
) -> None:
    other = b"\n".join(before + after) + (b"\n" if ends and before + after else b"")
    once = crontab.with_line(other, "0 2 * * * ett # portfolj:natt", name="natt")
    assert once == other + (b"" if not other or other.endswith(b"\n") else b"\n") + b"0 2 * * * ett # portfolj:natt\n"
    twice = crontab.with_line(once, "0 3 * * * annat # portfolj:natt", name="natt")
    assert twice == once.replace(b"0 2 * * * ett ", b"0 3 * * * annat ")
    assert crontab.without_line(twice, name="natt") in (other, other + b"\n")


def test_a_line_that_somebody_doubled_or_switched_off_becomes_one_in_the_first_ones_place() -> None:
    tab = b"a\n#0 2 * * * gammal # portfolj:natt\nb\n0 2 * * * kopia # portfolj:natt\nc\n"
    assert crontab.with_line(tab, "NY # portfolj:natt", name="natt") == b"a\nNY # portfolj:natt\nb\nc\n"


@pytest.fixture
def tab(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file of a stand-in crontab, the only program of that name."""
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:/usr/bin:/bin")
    (tmp_path / "bin").mkdir()
    return stand_in_crontab(tmp_path / "bin")


def test_a_first_and_a_second_installation_and_a_removal_leave_the_others_alone(tab: Path, tmp_path: Path) -> None:
    tab.write_bytes(OTHERS)
    assert crontab.install(job(tmp_path)) is False
    assert crontab.install(job(tmp_path, when=When(4, 30))) is True
    assert crontab.install(job(tmp_path, name="vecka")) is False
    assert [line[:5] for line in tab.read_bytes().splitlines()[-2:]] == [b"30 4 ", b"0 2 *"]
    assert tab.read_bytes().startswith(OTHERS)
    assert crontab.remove("natt")
    assert crontab.remove("vecka")
    assert tab.read_bytes() == OTHERS
    assert not crontab.remove("natt")


def test_where_there_is_no_crontab_yet_one_is_made(tab: Path, tmp_path: Path) -> None:
    assert crontab.install(job(tmp_path)) is False
    assert tab.read_bytes().count(b"\n") == 1


def test_a_crontab_that_can_not_be_read_is_never_written_over(tab: Path, tmp_path: Path) -> None:
    program(tmp_path / "bin", "crontab", f"#!/bin/sh\n[ $1 = -l ] || touch '{tab}'\necho 'not allowed' >&2; exit 1\n")
    with pytest.raises(PortfoljError, match="not allowed"):
        crontab.install(job(tmp_path))
    assert not tab.exists()


def test_what_crontab_says_when_it_refuses_is_told_and_the_tab_stands(tab: Path, tmp_path: Path) -> None:
    tab.write_bytes(OTHERS)
    with pytest.raises(PortfoljError, match="bad minute"):
        crontab.install(job(tmp_path, when=When(2, 99)))
    assert tab.read_bytes() == OTHERS


def test_without_the_program_the_message_says_what_else_there_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(PortfoljError, match="--system systemd"):
        crontab.install(job(tmp_path))


_OWN_SPOOL = """
mount --bind "$1" /var/spool/cron
mkdir -p /var/spool/cron/crontabs && chgrp crontab /var/spool/cron/crontabs && chmod 1730 /var/spool/cron/crontabs
crontab "$2"
"$3" -c "$4" "$5"
crontab -l > "$6"
"""
_TWICE = """
import pickle, sys
from portfolj.schedule import crontab
made, later = pickle.load(open(sys.argv[1], "rb"))
print(crontab.install(made), crontab.install(later))
"""


def test_the_real_crontab_takes_the_line_twice_as_one_and_keeps_the_others(tmp_path: Path) -> None:
    need("crontab")
    need_own_mounts()
    others = b"# egna rader\n\n17 3 * * 0  /bin/true \xe5 \n"
    (tmp_path / "spool").mkdir()
    (tmp_path / "before").write_bytes(others)
    later = job(tmp_path, *HOSTILE, when=When(4, 30, 6))
    (tmp_path / "jobs").write_bytes(pickle.dumps((job(tmp_path, *HOSTILE), later)))
    places = [tmp_path / "spool", tmp_path / "before", sys.executable, _TWICE, tmp_path / "jobs", tmp_path / "tab"]
    done = in_own_mounts(_OWN_SPOOL, *places, PYTHONPATH=os.pathsep.join(sys.path))
    assert (done.returncode, done.stdout) == (0, "False True\n"), done.stderr
    assert (tmp_path / "tab").read_bytes() == others + crontab.crontab_line(later).encode() + b"\n"


@pytest.mark.harness
def test_the_real_cron_runs_the_line_with_everything_as_it_was(tmp_path: Path) -> None:
    """Takes up to two minutes: cron wakes once a minute."""
    need("crontab", "cron")
    need_own_mounts()
    soon = datetime.now() + timedelta(minutes=1)
    if datetime.now().second > 50:  # cron must have read the tab before the minute comes
        soon += timedelta(minutes=1)
    made = job(tmp_path, *HOSTILE, when=When(soon.hour, soon.minute))
    (tmp_path / "spool").mkdir()
    (tmp_path / "before").write_text(crontab.crontab_line(made) + "\n", encoding="utf-8")
    script = _OWN_SPOOL + 'cron -f & n=0; while [ ! -s "$7" ] && [ $n -lt 150 ]; do sleep 1; n=$((n+1)); done'
    places = [tmp_path / "spool", tmp_path / "before", sys.executable, "pass", "", tmp_path / "tab", made.log]
    done = in_own_mounts(script, *places)
    assert done.returncode == 0, done.stderr
    assert json.loads(made.log.read_text(encoding="utf-8")) == what_it_got(made)
