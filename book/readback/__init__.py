"""Finished PDFs and EPUBs read back: what they hold, show, and say to assistive technology."""
