"""What holds for every item, every response and every attempt, not only for those somebody thought of."""

from fractions import Fraction
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from assessments.rules.drawing import draw, ranked
from assessments.rules.forms import form
from assessments.rules.marking import Marked, mark
from assessments.rules.numbers import exact, readings
from assessments.rules.scoring import score
from assessments.rules.text import normal_text
from tests.unit.assessments.rules.vectors import VECTORS

ITEMS: dict[str, dict[str, Any]] = {
    name: item for name, item in VECTORS["items"].items() if "key" in item
}
# The response that each of these items is looking for.
RIGHT = {
    "single": ["b"],
    "truefalse": ["f"],
    "multiple": ["a", "b", "c"],
    "order": ["c", "a", "d", "b"],
    "match": ["l1[.]r2", "l2[.]r1", "l3[.]r4"],
    "groups": ["c1[.]smuggling", "c2[.]trafficking", "c3[.]smuggling", "c4[.]neither"],
    "gaps": ["border guard", "48", "شہر"],
    "number": ["12.5"],
    "mass": ["1.5", "kg"],
    "spot": ["q"],
    "short": ["human trafficking"],
}
UNORDERED = ("multiple", "match", "groups")
SCORINGS = ("all", "partial", "penalty")
IDS = sorted({text for right in RIGHT.values() for text in right})
words = st.one_of(st.sampled_from([*IDS, "d", "e", "l1[.]r1", "c1[.]neither", "zz", ""]), st.text())
responses = st.lists(words, max_size=8)
anything = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), words),
    lambda inner: st.one_of(st.lists(inner), st.dictionaries(st.text(), inner)),
)
scorings = st.sampled_from(SCORINGS)
lists_of_ids = st.lists(st.text(min_size=1, max_size=4), max_size=8)


def scored(name: str, scoring: str) -> dict[str, Any]:
    item = ITEMS[name]
    return {**item, "key": {**item["key"], "scoring": scoring}}


def share(item: dict[str, Any], response: list[str]) -> Fraction:
    marked = mark(item, response)
    assert marked
    return Fraction(marked.points, marked.out_of)


@given(name=st.sampled_from(sorted(ITEMS)), scoring=scorings, response=anything)
def test_points_lie_between_nothing_and_all_whatever_the_response(
    name: str, scoring: str, response: Any
) -> None:
    marked = mark(scored(name, scoring), response)
    if marked is None:
        assert ITEMS[name]["kind"] == "long"
    else:
        assert 0 <= marked.points <= marked.out_of
        assert marked.out_of >= 1


@given(name=st.sampled_from(sorted(ITEMS)), scoring=scorings, response=responses)
def test_an_item_is_out_of_the_same_whatever_the_response(
    name: str, scoring: str, response: list[str]
) -> None:
    blank, marked = mark(scored(name, scoring), []), mark(scored(name, scoring), response)
    assert marked is None or (blank and marked.out_of == blank.out_of)


@given(name=st.sampled_from(UNORDERED), scoring=scorings, response=responses, data=st.data())
def test_the_order_of_choices_pairs_and_cards_is_irrelevant(
    name: str, scoring: str, response: list[str], data: st.DataObject
) -> None:
    other = data.draw(st.permutations(response))
    assert mark(scored(name, scoring), other) == mark(scored(name, scoring), response)


@given(chosen=st.sets(words), more=st.sets(st.sampled_from(RIGHT["multiple"])))
def test_more_right_choices_never_score_less_under_partial_credit(
    chosen: set[str], more: set[str]
) -> None:
    item = scored("multiple", "partial")
    assert share(item, [*chosen, *more]) >= share(item, [*chosen])


@given(chosen=st.sets(words), more=st.sets(words))
def test_no_choice_at_all_takes_anything_under_partial_credit(
    chosen: set[str], more: set[str]
) -> None:
    item = scored("multiple", "partial")
    assert share(item, [*chosen, *more]) >= share(item, [*chosen])


@given(name=st.sampled_from(["match", "groups"]), data=st.data())
def test_more_right_pairs_never_score_less_under_partial_credit(
    name: str, data: st.DataObject
) -> None:
    pairs = st.sets(st.sampled_from(RIGHT[name]))
    fewer, more = data.draw(pairs), data.draw(pairs)
    item = scored(name, "partial")
    assert share(item, [*fewer, *more]) == Fraction(len(fewer | more), len(RIGHT[name]))


@given(chosen=st.sets(words))
def test_a_penalty_never_gives_more_than_partial_credit_nor_all_or_nothing_more_than_a_penalty(
    chosen: set[str],
) -> None:
    by = {name: share(scored("multiple", name), [*chosen]) for name in SCORINGS}
    assert by["all"] <= by["penalty"] <= by["partial"]


@given(
    name=st.sampled_from(["single", "truefalse", "spot", "multiple", "match", "groups", "order"]),
    scoring=scorings,
    response=responses,
    data=st.data(),
)
def test_repeated_ids_change_nothing(
    name: str, scoring: str, response: list[str], data: st.DataObject
) -> None:
    again = data.draw(st.lists(st.sampled_from(response))) if response else []
    item = scored(name, scoring)
    assert mark(item, [*response, *again]) == mark(item, response)


@given(name=st.sampled_from(sorted(RIGHT)), scoring=scorings)
def test_the_right_response_gets_all_points(name: str, scoring: str) -> None:
    assert share(scored(name, scoring), RIGHT[name]) == 1


@given(
    name=st.sampled_from(sorted(ITEMS)),
    scoring=scorings,
    response=st.lists(st.sampled_from(["", " ", "\u200b", "\n"]), max_size=5),
)
def test_a_blank_response_gets_no_points(name: str, scoring: str, response: list[str]) -> None:
    marked = mark(scored(name, scoring), response)
    assert marked
    assert marked.points == 0


@given(st.text())
def test_a_normal_text_is_normal(text: str) -> None:
    assert normal_text(normal_text(text)) == normal_text(text)


@given(st.text(), st.sampled_from([" ", "\u200b", ".", "۔", "\u200f", "\n"]))
def test_what_is_not_read_makes_no_difference_behind_a_text(text: str, unread: str) -> None:
    assert normal_text(text + unread) == normal_text(text)


@given(st.integers(0, 10**18), st.integers(0, 6))
def test_a_decimal_reads_as_itself_among_others(whole: int, places: int) -> None:
    value = Fraction(whole, 10**places)
    text = f"{whole // 10**places}.{whole % 10**places:0{places}}" if places else str(whole)
    assert exact(readings(text)[0]) == value


@given(st.text())
def test_a_text_has_at_most_two_readings_and_each_is_a_decimal(text: str) -> None:
    found = readings(text)
    assert len(found) <= 2
    assert all(exact(each) is not None for each in found)


@given(st.lists(st.tuples(lists_of_ids, st.integers(-1, 9), st.booleans()), max_size=4), st.text())
def test_a_draw_asks_no_item_twice_and_no_more_than_were_to_be_picked(
    drafts: list[tuple[list[str], int, bool]], seed: str
) -> None:
    sections = [
        {"id": str(n), "items": items, "pick": pick, "fixed": fixed}
        for n, (items, pick, fixed) in enumerate(drafts)
    ]
    drawn = draw(seed, sections)
    assert len(set(drawn)) == len(drawn) <= sum(max(0, pick) for _, pick, _ in drafts)
    assert set(drawn) <= {each for items, _, _ in drafts for each in items}
    assert drawn == draw(seed, sections)


@given(lists_of_ids, st.integers(0, 9), st.text(), st.data())
def test_a_draw_does_not_depend_on_the_order_of_the_ids(
    items: list[str], pick: int, seed: str, data: st.DataObject
) -> None:
    other = data.draw(st.permutations(items))
    section = {"id": "s", "pick": pick}
    assert draw(seed, [{**section, "items": other}]) == draw(seed, [{**section, "items": items}])


@given(lists_of_ids, st.text())
def test_a_draw_that_picks_enough_asks_everything(items: list[str], seed: str) -> None:
    section = {"id": "s", "pick": len(items), "items": items}
    assert set(draw(seed, [section])) == set(items)


@given(lists_of_ids, lists_of_ids, st.text())
def test_more_ids_do_not_change_the_order_of_the_others(
    some: list[str], more: list[str], seed: str
) -> None:
    together = ranked(seed, [*some, *more])
    assert [each for each in together if each in some] == ranked(seed, some)


@given(st.text(), st.text())
def test_before_and_after_are_always_two_forms(officer: str, assignment: str) -> None:
    forms = {form(officer, assignment, "pre"), form(officer, assignment, "post")}
    assert forms == {"A", "B"}


def test_half_the_officers_begin_with_each_form() -> None:
    begun = [form(f"officer {n}", "assignment", "pre") for n in range(2000)]
    assert 900 < begun.count("A") < 1100


marks = st.integers(1, 12).flatmap(
    lambda out_of: st.builds(Marked, st.integers(0, out_of), st.just(out_of))
)


@given(st.lists(marks, max_size=60), st.integers(0, 100))
def test_a_score_lies_between_0_and_1_and_passes_by_the_exact_share(
    given_marks: list[Marked], pass_mark: int
) -> None:
    found = score(given_marks, pass_mark)
    exactly = sum((Fraction(each.points, each.out_of) for each in given_marks), Fraction(0))
    items = max(1, len(given_marks))
    assert found.raw is not None and found.scaled is not None
    assert 0 <= found.scaled <= 1
    assert 0 <= found.raw <= found.max == len(given_marks)
    assert abs(Fraction(found.scaled) - exactly / items) <= Fraction(1, 20_000)
    assert found.passed == (bool(given_marks) and exactly / items >= Fraction(pass_mark, 100))


@given(st.lists(marks, max_size=10), st.integers(0, 100))
def test_nothing_is_said_of_a_test_with_an_answer_to_be_marked(
    given_marks: list[Marked], pass_mark: int
) -> None:
    found = score([*given_marks, None], pass_mark)
    assert (found.raw, found.scaled, found.passed) == (None, None, None)
