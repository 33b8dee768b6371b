"""Workbooks and Parquet files are taken apart in a process of their own, with bounds on its memory and time.

Their libraries can be made to ask for more memory than there is, or to end the process that called them, by a few
bytes in the wrong place; and what they say then may hold a cell's text. A run must survive such a file.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import polars as pl
import pyarrow as pa

from pipelines.reading.table import Table, UnreadableFileError

MEMORY_BYTES = 2**31
CPU_SECONDS = 300
ROWS_IN_MESSAGE = 100_000
# Pools of threads and memory set aside 2 GB of addresses before the first cell is read: the bound would strike at once.
FRUGAL = {
    "ARROW_DEFAULT_MEMORY_POOL": "system",
    "MALLOC_ARENA_MAX": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "POLARS_MAX_THREADS": "1",
    "RAYON_NUM_THREADS": "1",
}


def read_apart(reader: str, path: Path) -> Table:
    """The file as the module `reader` of this package reads it. Raises UnreadableFileError, OSError."""
    # The process itself has no use for it, and it is slow to import.
    from pipelines.settings import child_environment

    with path.open("rb"):
        process = subprocess.Popen(
            [sys.executable, "-m", "pipelines.reading.apart", reader, str(path.absolute())],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=Path(__file__).resolve().parents[2],
            env=child_environment(without=("INVOLVE_PSEUDONYM_KEY", "INVOLVE_PSEUDONYM_KEY_FILE"), **FRUGAL),
        )
    messages = _messages(process)
    head = next(messages)
    return Table(tuple(json.loads(head.schema.metadata[b"headings"])), _frames(messages))


def _frames(messages: Iterator[pa.Table]) -> Iterator[pl.DataFrame]:
    for message in messages:
        yield pl.DataFrame(message)


def _messages(process: "subprocess.Popen[bytes]") -> Iterator[pa.Table]:
    """An empty table with the headings, then the chunks. Raises UnreadableFileError where the process gave up."""
    assert process.stdout is not None
    try:
        with process.stdout as stream:
            while length := int.from_bytes(stream.read(8), "little"):
                data = stream.read(length)
                if len(data) < length:
                    break
                table = pa.ipc.open_stream(data).read_all()
                metadata = table.schema.metadata or {}
                if b"wrong" in metadata:
                    raise UnreadableFileError(metadata[b"wrong"].decode(), metadata[b"advice"].decode())
                yield table
            else:
                if process.wait() == 0:
                    return
        raise UnreadableFileError("it cannot be taken apart: it is damaged or far too large", "export it again, as CSV")
    finally:
        process.kill()
        process.wait()


def _send(table: pa.Table) -> None:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    data = sink.getvalue()
    sys.stdout.buffer.write(data.size.to_bytes(8, "little"))
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def _said(**words: str) -> pa.Table:
    return pa.schema([], metadata=words).empty_table()


def _bound() -> None:
    try:
        import resource
    except ImportError:  # there is none on Windows
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main(reader: str, path: str) -> None:
    """The process: sends headings, then chunks, or what is wrong."""
    _bound()
    try:
        table = import_module(f"pipelines.reading.{reader}").read(Path(path))
        _send(_said(headings=json.dumps(table.headings)))
        for chunk in table.chunks:
            for piece in chunk.iter_slices(ROWS_IN_MESSAGE):
                _send(piece.to_arrow(compat_level=pl.CompatLevel.oldest()))
    except UnreadableFileError as error:
        _send(_said(wrong=error.wrong, advice=error.advice))
    except MemoryError:
        sys.exit(1)


if __name__ == "__main__":
    main(*sys.argv[1:])
