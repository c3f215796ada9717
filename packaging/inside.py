"""What is inside the packaged program, and why: ``inside.py dist/wattelier``.

``inside.csv`` gives reasons, and the first line that fits a file counts. A file without a reason that is large, and
many small ones in one place, fail the build: somebody has to say why it is there, or to leave it out.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath

TABLE = Path(__file__).resolve().parent / "inside.csv"
MOST_UNEXPLAINED = 200_000  # bytes of a file, or of many in one place
LARGE = 1_000_000  # bytes of a file that is listed by its name


@dataclass(frozen=True, slots=True)
class Reason:
    """Files of a pattern belong to a part, and why they are there."""

    part: str
    files: str
    why: str


class Unexplained(Exception):
    """Something is inside, and nobody has said why."""


def reasons(table: Path = TABLE) -> list[Reason]:
    """Every line of the table."""
    with table.open(encoding="utf-8", newline="") as file:
        return [Reason(**row) for row in csv.DictReader(file)]


def sizes(folder: Path) -> dict[str, int]:
    """Every file below a folder, without the folder ``_internal`` that is around most of them; links take nothing."""
    files = (path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    return {path.relative_to(folder).as_posix().removeprefix("_internal/"): path.stat().st_size for path in files}


def explained(found: Mapping[str, int], table: Sequence[Reason]) -> str:
    """The list; raise Unexplained with what has no reason."""
    parts, by_reason, unknown = Counter[str](), dict[Reason, Counter[str]](), Counter[str]()
    for file, size in found.items():
        reason = next((reason for reason in table if fnmatchcase(file, reason.files)), None)
        if reason is None:
            unknown[file if size > MOST_UNEXPLAINED else PurePosixPath(file).parts[0]] += size
            continue
        parts[reason.part] += size
        by_reason.setdefault(reason, Counter())[file] += size
    if large := [f"{place} ({_mb(size)})" for place, size in unknown.most_common() if size > MOST_UNEXPLAINED]:
        raise Unexplained(f"inside.csv does not say why this is inside: {', '.join(large)}")
    return "\n".join(_lines(sum(found.values()), parts, by_reason, sum(unknown.values())))


def _lines(whole: int, parts: Counter[str], by_reason: Mapping[Reason, Counter[str]], rest: int) -> Iterable[str]:
    yield f"{_mb(whole)}  the whole folder"
    for part, size in parts.most_common():
        yield f"\n{_mb(size)}  {part}"
        ours = [(sum(files.values()), reason, files) for reason, files in by_reason.items() if reason.part == part]
        for taken, reason, files in sorted(ours, key=lambda line: -line[0]):
            yield f"  {_mb(taken)}  {reason.files}: {reason.why}"
            yield from (f"    {_mb(size)}  {file}" for file, size in files.most_common() if size > LARGE)
    if rest:
        yield f"\n{_mb(rest)}  small files without a reason of their own"


def _mb(size: int) -> str:
    return f"{size / 1e6:6.2f} MB"


def main(arguments: Sequence[str]) -> int:
    """Print the list."""
    try:
        print(explained(sizes(Path(arguments[0] if arguments else "dist/wattelier")), reasons()))
    except Unexplained as unexplained:
        print(unexplained)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
