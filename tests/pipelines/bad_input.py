"""A landing folder with every kind of bad file beside good ones, in two deliveries, and two runs over it."""

import ctypes
import subprocess
import zipfile
from pathlib import Path
from threading import Event, Thread
from typing import NamedTuple

import xlsxwriter

from tests.pipelines.bench import TEAMS, attended, meeting, write_csv
from tests.pipelines.terminal import KEY, command

PERSON = "Jane Doe"
HEADINGS = b"meeting_id,person,attendance\n"
LONG_NAME = "x" * 246 + ".csv"
NEWLINE_IN_NAME = "a\nb.csv"
# CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH: what lets root read a file that nobody may read.
RIGHTS_OF_ROOT = (1, 2)
PR_CAPBSET_DROP = 24
MEGABYTE = 2**20


class Ended(NamedTuple):
    """What a run said and its exit code."""

    said: str
    exit_code: int


def deliver_first(landing: Path) -> None:
    """The good files, and beside them one of every bad kind."""
    write_csv(landing / "teams" / "a.csv", TEAMS)
    _meetings(landing / "meetings")
    _attendance(landing / "attendance")
    _files_that_are_none(landing)
    _workbooks(landing / "attendance")


def deliver_again(landing: Path) -> None:
    """Another file under a name that was there before; a cancelled meeting that was held, and the reverse."""
    write_csv(landing / "attendance" / "good.csv", [attended("G2", "S1")])
    write_csv(
        landing / "meetings" / "b correction.csv",
        [meeting("CANCELLED"), meeting("HELD", status="cancelled")],
    )


def _meetings(folder: Path) -> None:
    write_csv(
        folder / "a.csv",
        [meeting(name) for name in ("G1", "G2", "007", "7", "N1", "R1", "U1", "E1", "Q1", "L1", "C1", "HELD")]
        + [
            meeting("CANCELLED", status="cancelled"),
            # The hour that London leaves out, and the hour it has twice.
            meeting("SPRING", held_at="2026-03-29 01:30"),
            meeting("AUTUMN", held_at="2025-10-26 01:30"),
            meeting("MIDNIGHT", held_at="2026-03-31T23:30:00Z"),
        ],
    )
    write_csv(
        folder / "years.csv",
        [meeting(f"Y{year}", held_at=f"{year}-05-04 10:00") for year in (1900, 2999)]
        + [meeting(f"Z{place}") for place in range(8)],
    )


def _attendance(folder: Path) -> None:
    good = [attended(name, "S1") for name in ("G1", "SPRING", "AUTUMN", "MIDNIGHT", "CANCELLED", "HELD")]
    write_csv(folder / "good.csv", good)
    write_csv(folder / "leading zeros.csv", [attended("007", "P1"), attended("7", "P2")])
    files = {
        "nul.csv": b"N1,P1,attended\n" * 9 + b"N1,P2,att\0ended\n",
        "megabyte.csv": b"G1,P%d,attended\n" * 9 % tuple(range(9)) + b"G1,P9," + b"x" * MEGABYTE + b"\n",
        "ragged.csv": b"R1,P%d,attended\n" * 9 % tuple(range(9)) + b"R1,P9,attended,more\n",
        "unclosed.csv": b"U1,P%d,attended\n" * 9 % tuple(range(9)) + b'U1,"P9,attended\n',
        "latin.csv": b"G1,Ren\xe9,attended\n",
        "mixed ends.csv": b"E1,P1,attended\r\nE1,P2,attended\nE1,P3,attended\r\n",
        "a fifth.csv": b"L1,P%d,attended\n" * 8 % tuple(range(8)) + b"L1,P8,maybe\n" * 2,
        "a fifth and one.csv": b"G1,P%d,attended\n" * 79 % tuple(range(79)) + b"G1,P80,maybe\n" * 21,
        "formula.csv": b"=1+1,P1,attended\n" + b"C1,P%d,attended\n" * 9 % tuple(range(9)),
        'it\'s "quoted".csv': b"Q1,P1,attended\n",
        NEWLINE_IN_NAME: b"Q1,P2,attended\n",
        LONG_NAME: b"Q1,P3,attended\n",
        "no rights.csv": b"G1,P1,attended\n",
        "growing.csv": b"G1,P1,attended\n" * 100_000,
    }
    for name, rows in files.items():
        (folder / name).write_bytes(HEADINGS + rows)
    (folder / "no rights.csv").chmod(0)
    (folder / "no headings.csv").write_text(f"{PERSON},jane.doe@nhs.example\n{PERSON},1\n", encoding="utf-8")
    wide = [*HEADINGS.decode().strip().split(","), *(f"column {place}" for place in range(10_000))]
    (folder / "wide.csv").write_text(f"{','.join(wide)}\nG1,W1,attended{',x' * 10_000}\n", encoding="utf-8")


def _files_that_are_none(landing: Path) -> None:
    (landing / "attendance" / "folder.csv").mkdir()
    (landing.parent / "outside.csv").write_bytes(HEADINGS + b"G1,OUTSIDE,attended\n")
    (landing / "attendance" / "link.csv").symlink_to(landing.parent / "outside.csv")
    (landing / "moodle").mkdir()
    (landing / "moodle").chmod(0)
    # Of the feed that is read last, so that it can go while others are read.
    write_csv(landing / "annotations" / "vanishing.csv", [{"place_level": "trust", "place_id": "trust"}])


def _workbooks(folder: Path) -> None:
    for name in ("formula.xlsx", "truncated.xlsx"):
        with xlsxwriter.Workbook(folder / name) as book:
            sheet = book.add_worksheet()
            sheet.write_row(0, 0, HEADINGS.decode().strip().split(","))
            sheet.write_row(1, 0, ["C1", "F1"])
            sheet.write_formula(1, 2, '="atten"&"ded"', value="attended")
    whole = (folder / "truncated.xlsx").read_bytes()
    (folder / "truncated.xlsx").write_bytes(whole[: len(whole) // 2])
    with (
        zipfile.ZipFile(folder / "bomb.xlsx", "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet,
    ):
        for _ in range(1100):
            sheet.write(bytes(MEGABYTE))


def run(folder: Path) -> Ended:
    """`involve run` in `folder`, by somebody who may read only what they have the right to, while two files change."""
    started = command("run", "--as-at", "2026-07-10", folder=folder, pseudonym_key=KEY)
    process = subprocess.Popen(
        **started, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, preexec_fn=_without_rights_of_root
    )
    over = Event()
    restless = Thread(target=_keep_changing, args=(folder, over))
    restless.start()
    said, _ = process.communicate(timeout=300)
    over.set()
    restless.join()
    return Ended(said, process.returncode)


def _without_rights_of_root() -> None:
    libc = ctypes.CDLL(None)
    for right in RIGHTS_OF_ROOT:
        libc.prctl(PR_CAPBSET_DROP, right, 0, 0, 0)


def _keep_changing(folder: Path, over: Event) -> None:
    """Adds to one file as long as the run lasts, and takes another away when the first file has been read."""
    growing, vanishing = folder / "landing" / "attendance" / "growing.csv", folder / "landing" / "annotations"
    while not over.wait(0.002):
        with growing.open("ab") as file:
            file.write(b"G1,P1,attended\n")
        if any('"event": "file"' in log.read_text() for log in (folder / "data" / "logs").glob("*.jsonl")):
            (vanishing / "vanishing.csv").unlink(missing_ok=True)
