"""An attempt as the officer saw it: the words and the order of then, the answers, and the key of then."""

from assessments.results.seen.attempt import SeenAttempt, SeenItem, seen_attempt

__all__ = ["SeenAttempt", "SeenItem", "seen_attempt"]
