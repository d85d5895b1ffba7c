"""The exit codes of all commands; scripts and workflows rely on them."""

from __future__ import annotations

DONE = 0
FAILED = 1
"""Something is to be mended: in the sources, in what was built, or where it is written to."""
WRONG_USE = 2
"""Something was asked for that is not there."""
PIPELINE_FAILED = 3
INTERRUPTED = 130
"""What a shell reports of a program that Ctrl-C ended: 128 and the signal's number."""
