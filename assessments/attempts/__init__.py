"""Attempts: a reader of the statement log that says what became of each sitting of a test, and marks it.

Told from the log to the mark: `said` reads one statement; `tests` and `keys` find what was asked and what is
right; `sitting` puts together what was said of one attempt; `chain`, `flags` and `neighbours` look at whether
it can be trusted; `marking` marks it; `verdicts` says what the mark is, `tablet_keys` whose key has sealed it,
and `writing` writes both into the log; `rows` keeps what was found; `reader` does it for what is new, and for
everything (docs/decisions/0014-the-server-marks.md).
"""
