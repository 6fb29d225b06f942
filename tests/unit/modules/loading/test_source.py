from pathlib import Path
from uuid import uuid4

import pytest

from modules.loading.source import ContentError, read
from modules.loading.streams import Streams

QUESTION = """
questions:
  - key: q1
    kind: single
    text: Which?
    explanation: Because.
    source: Somewhere, par. 1
    choices:
      - {key: a, text: One, correct: true, feedback: Yes it is}
      - {key: b, text: Two, correct: %s, feedback: %s}
"""


def streams_error(tmp_path: Path, text: str) -> str:
    path = tmp_path / "module" / "test.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        Streams(uuid4(), lambda node: 1).questions(read(path, tmp_path))
    return str(caught.value)


@pytest.mark.parametrize(
    ("correct", "feedback", "sentence"),
    [
        ("true", "No", "choices must have exactly one that is correct."),
        ("maybe", "No it is not", "choices[b].correct is neither true nor false."),
        ("false", "''", "choices[b].feedback is empty."),
        ("false", "12", "choices[b].feedback is not text; quote it."),
    ],
)
def test_a_mistake_is_told_by_file_and_key(
    tmp_path: Path, correct: str, feedback: str, sentence: str
) -> None:
    text = QUESTION % (correct, feedback if feedback != "No" else "No it is not")
    error = streams_error(tmp_path, text)
    assert error == f"module/test.yaml: questions[q1].{sentence}"


def test_a_key_that_is_used_twice_is_refused(tmp_path: Path) -> None:
    text = (QUESTION % ("false", "No it is not")).replace("key: b", "key: a")
    assert "'a' is used twice" in streams_error(tmp_path, text)


def test_a_file_that_is_not_yaml_is_named_with_the_line(tmp_path: Path) -> None:
    assert (
        streams_error(tmp_path, "a: b\nc: [d\n") == "module/test.yaml: this is not YAML in line 3."
    )


def test_ids_are_made_from_keys_so_that_rewording_keeps_them(tmp_path: Path) -> None:
    path = tmp_path / "test.yaml"
    page = uuid4()
    ids = []
    for feedback in ("No it is not", "Read it again"):
        path.write_text(QUESTION % ("false", feedback), encoding="utf-8")
        [question] = Streams(page, lambda node: 1).questions(read(path, tmp_path))
        ids.append([question["id"], *(choice["id"] for choice in question["value"]["choices"])])
    assert ids[0] == ids[1]
    assert len(set(ids[0])) == 3
