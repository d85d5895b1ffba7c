"""The machine: what it must have, processes, temporary folders, locks, whole folders."""
