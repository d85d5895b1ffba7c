"""Runs pandoc on chapters: which Markdown it reads, and its limits of time and memory."""

from __future__ import annotations

import math
import resource
import subprocess
import sys
from contextlib import suppress
from functools import cache

import pypandoc

TIME_LIMIT = 10.0
"""Seconds. A chapter of 30,000 words takes less than one."""
MEMORY_LIMIT = "512M"
"""Pandoc's heap, as the option ``-M`` of its Haskell runtime takes it."""

# Pandoc's own Markdown without the extensions that surprise an editor or lose text:
READER = "markdown" + "".join(
    (
        "-raw_tex",  # \word vanishes from HTML
        "-latex_macros",  # \newcommand vanishes
        "-tex_math_dollars",  # «costa 5$ o 6$» is no formula
        "-raw_attribute",  # `x`{=latex} vanishes
        "-yaml_metadata_block",  # the loader reads front matter; a table between --- is text
        "-pandoc_title_block",  # a first line with % vanishes
        "-citations",  # «@comune» is text: there is no bibliography data
        "-smart",  # quotes and dashes are set by the typography pass, in Italian
        "-implicit_header_references",  # «[Presentazione]» is text, not a link
        "+ascii_identifiers",  # ids without accents survive every reading system
    )
)


class PandocFailed(Exception):
    """Pandoc gave no result: it took too long, too much memory, or refused the text."""


@cache
def executable() -> str:
    """The path of the pandoc that pypandoc brings."""
    return str(pypandoc.get_pandoc_path())


def run(source: str | bytes, *options: str, time_limit: float = TIME_LIMIT) -> str:
    """Pandoc's output for ``source`` on its standard input. Raises PandocFailed."""
    command = [executable(), "--sandbox", *options, "+RTS", f"-M{MEMORY_LIMIT}", "-RTS"]
    content = source.encode() if isinstance(source, str) else source
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe) as process:
        _limit(process.pid, time_limit)
        try:
            output, said = process.communicate(content, timeout=time_limit)
        except subprocess.TimeoutExpired:
            raise PandocFailed(f"more than {time_limit:.0f} s") from None
        finally:
            process.kill()
    if process.returncode:
        message = said.decode(errors="replace").strip().splitlines()
        raise PandocFailed(message[0] if message else f"exit code {process.returncode}")
    return output.decode()


def _limit(process: int, seconds: float) -> None:
    """Limit pandoc's CPU time in the kernel (Linux).

    This process may be killed before it can stop pandoc itself.
    """
    if sys.platform == "linux":
        with suppress(ProcessLookupError):
            limit = math.ceil(seconds) + 1
            resource.prlimit(process, resource.RLIMIT_CPU, (limit, limit))


def to_json(text: str) -> str:
    """Pandoc's document of a chapter's text, as JSON. Raises PandocFailed."""
    return run(text, f"--from={READER}", "--to=json")


def to_html(document: str, slug: str) -> str:
    """``document`` (JSON) as an HTML fragment whose ids start with ``<slug>.``.

    Raises PandocFailed.
    """
    return run(
        document,
        "--from=json",
        "--to=html5",
        "--wrap=none",
        f"--id-prefix={slug}.",
        "--syntax-highlighting=none",
    )
