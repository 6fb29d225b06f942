"""A small module with a bank and all four tests, as files."""

from pathlib import Path

MODULE = """
id: 11111111-1111-4111-8111-111111111111
slug: borders
heading: Borders
summary: All about borders.
minutes: 30
objectives:
  - {key: find, text: You can find a border.}
  - {key: cross, text: You can cross a border.}
lessons: [1-one.yaml]
pretest: pretest.yaml
test: test.yaml
posttest: posttest.yaml
graded: graded.yaml
"""

LESSON = """
id: 22222222-2222-4222-8222-222222222222
slug: one
heading: One
summary: The first.
minutes: 10
body:
  - {key: text, type: text, html: <p>This is one.</p>}
  - {key: try, type: practice, item: order}
"""

BANK = """
items:
  - key: single
    kind: single
    objective: find
    difficulty: 1
    confidence: true
    text: Which one?
    choices:
      - {key: a, text: This one, correct: true, feedback: "Yes, this one."}
      - {key: b, text: That one, correct: false, feedback: "No, not that one."}
    explanation: It is this one.
    source: A/1, par. 1
  - key: multiple
    kind: multiple
    objective: cross
    difficulty: 2
    scoring: penalty
    text: Which ones?
    choices:
      - {key: a, text: This one, correct: true, feedback: "Yes."}
      - {key: b, text: That one, correct: false, feedback: "No."}
    explanation: These.
    source: A/1, par. 2
  - key: truefalse
    kind: truefalse
    objective: find
    difficulty: 1
    text: Is it so?
    choices:
      - {key: "yes", text: It is, correct: true, feedback: "Yes."}
      - {key: "no", text: It is not, correct: false, feedback: "No."}
    explanation: So it is.
    source: A/1, par. 3
  - key: order
    kind: order
    objective: cross
    difficulty: 2
    scoring: partial
    text: In which order?
    steps:
      - {key: a, text: First}
      - {key: b, text: Second}
      - {key: c, text: Third}
    explanation: In this one.
    source: A/1, par. 4
  - key: match
    kind: match
    objective: find
    difficulty: 3
    text: What belongs together?
    pairs:
      - {key: a, left: Left a, right: Right a}
      - {key: b, left: Left b, right: Right b}
    extra:
      - {key: c, right: Right c}
    explanation: These.
    source: A/1, par. 5
  - key: groups
    kind: groups
    objective: cross
    difficulty: 3
    text: Where does it belong?
    groups:
      - key: in
        text: In
        cards:
          - {key: a, text: A card}
          - {key: b, text: Another card}
      - {key: out, text: Out, cards: []}
    explanation: There.
    source: A/1, par. 6
  - key: gaps
    kind: gaps
    objective: find
    difficulty: 2
    text: What is missing?
    text_with_gaps: "Article {{a}} of the {{b}}."
    gaps:
      - {key: a, accepted: ["3", three]}
      - {key: b, accepted: [Protocol]}
    explanation: This.
    source: A/1, par. 7
  - key: number
    kind: number
    objective: cross
    difficulty: 2
    text: How far?
    value: "1.5"
    tolerance: "0.1"
    units:
      - {key: km, text: km, factor: "1"}
      - {key: m, text: m, factor: "0.001"}
    explanation: So far.
    source: A/1, par. 8
  - key: spot
    kind: spot
    objective: find
    difficulty: 2
    text: Where was it changed?
    file: elements-of-the-offence.svg
    description: A drawing.
    areas:
      - {key: a, text: Here, x: 0, y: 0, width: 100, height: 100, correct: true, feedback: "Yes."}
      - {key: b, text: There, x: 500, y: 0, width: 100, height: 100, correct: false, feedback: "No."}
    explanation: Here.
    source: A/1, par. 9
  - key: short
    kind: short
    objective: cross
    difficulty: 1
    text: What is it called?
    accepted: [Border, the border]
    explanation: Border.
    source: A/1, par. 10
  - key: long
    kind: long
    objective: cross
    difficulty: 3
    text: What would you do?
    words: 120
    rubric:
      - key: facts
        text: Facts
        levels:
          - {key: none, text: None, points: 0}
          - {key: all, text: All, points: 2}
    explanation: This.
    source: A/1, par. 11
"""

PRETEST = """
id: 33333333-3333-4333-8333-333333333333
slug: before
heading: Before
summary: What you know.
minutes: 5
forms:
  A: [single, multiple]
  B: [truefalse, short]
"""

TEST = """
id: 44444444-4444-4444-8444-444444444444
slug: practice
heading: Practice
summary: Try it.
pass_mark: 80
sections:
  - {key: all, pick: 2, items: [order, gaps]}
"""

POSTTEST = """
id: 55555555-5555-4555-8555-555555555555
slug: after
heading: After
summary: What you know now.
minutes: 5
"""

GRADED = """
id: 66666666-6666-4666-8666-666666666666
slug: graded
heading: Graded
summary: It decides.
minutes: 20
pass_mark: 70
attempts: 2
limit: 30
one_by_one: true
sections:
  - {key: easy, pick: 1, items: [match, groups]}
  - {key: long, pick: 1, items: [long]}
"""

FILES = {
    "module.yaml": MODULE,
    "lessons/1-one.yaml": LESSON,
    "bank.yaml": BANK,
    "pretest.yaml": PRETEST,
    "test.yaml": TEST,
    "posttest.yaml": POSTTEST,
    "graded.yaml": GRADED,
}


def write(folder: Path) -> Path:
    """The folder of all modules, with this one in it."""
    for name, text in FILES.items():
        path = folder / "borders" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def change(folder: Path, name: str, old: str, new: str) -> None:
    path = folder / "borders" / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
