"""What the blocks refuse, and what they become in an edition."""

import json
from typing import Any

import pytest
from wagtail.blocks import StreamBlockValidationError

from modules.blocks import LessonBody, blocks_json
from modules.editions.files import EditionFiles
from modules.models import EditionFile
from tests.integration.modules.pages import choice, document, question, text

pytestmark = pytest.mark.django_db
DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3"><script/><text class="ink">A</text></svg>'


def block(kind: str, /, **value: Any) -> dict[str, Any]:
    return {"type": kind, "id": "11111111-1111-4111-8111-111111111111", "value": value}


def clean(*raw: dict[str, Any]) -> Any:
    body = LessonBody()
    return body.clean(body.to_python(list(raw)))


def problem(*raw: dict[str, Any]) -> str:
    """The messages of a refused body, as the editor gets them."""
    with pytest.raises(StreamBlockValidationError) as caught:
        clean(*raw)
    return json.dumps(caught.value.as_json_data(), default=str)


def test_a_single_choice_has_exactly_one_right_answer() -> None:
    wrong = question(choices=[choice("One", True), choice("Two", True)])
    assert "Mark exactly one choice as right." in problem(block("check", **wrong))


def test_a_multiple_choice_has_a_right_and_a_wrong_answer() -> None:
    wrong = question(kind="multiple", choices=[choice("One", True), choice("Two", True)])
    assert "leave at least one wrong" in problem(block("check", **wrong))


def test_a_half_written_question_can_be_kept_as_a_draft() -> None:
    body = LessonBody()
    half = block("check", **question(choices=[choice("One", False)], source=""))
    assert body.clean_deferred(body.to_python([half]))


def test_each_choice_needs_feedback() -> None:
    silent = choice("Two", False)
    silent["value"]["feedback"] = ""
    assert "required" in problem(block("check", **question(choices=[choice("One", True), silent])))


def figure(**changes: Any) -> dict[str, Any]:
    words = {"caption": "A figure", "description": "What it shows.", "source": ""}
    return block("figure", **({"drawing": None, "picture": None} | words | changes))


def test_a_figure_needs_a_description() -> None:
    drawing = document("a.svg", DRAWING).pk
    assert "required" in problem(figure(drawing=drawing, description=""))


def test_a_figure_needs_a_drawing_or_a_picture() -> None:
    assert "Choose a drawing or a picture." in problem(figure())


def test_a_drawing_that_is_not_svg_is_refused_with_the_reason() -> None:
    assert "not well-formed XML" in problem(figure(drawing=document("a.svg", b"GIF89a").pk))


def video(**changes: Any) -> dict[str, Any]:
    fields = {"heading": "A clip", "captions": [], "transcript": "<p>A picture.</p>"}
    return block("video", **(fields | changes))


def test_a_video_needs_a_transcript() -> None:
    assert "required" in problem(video(file=document("clip.webm").pk, transcript=""))


def test_a_sound_file_is_not_a_video() -> None:
    assert "Choose one of: MP4, WEBM." in problem(video(file=document("tone.mp3").pk))


def test_a_page_that_calls_itself_a_video_is_refused() -> None:
    fake = document("clip.mp4", b"<html><script>alert(1)</script></html>")
    assert "Choose one of: MP4, WEBM." in problem(video(file=fake.pk))


@pytest.mark.parametrize(("size", "fits"), [(39_097, True), (39_096, False)])
def test_a_film_has_a_size_that_a_tablet_can_check(size: int, fits: bool, settings: Any) -> None:
    settings.MEDIA_MAX_BYTES = size
    film = video(file=document("clip.webm").pk)
    if fits:
        assert clean(film)
    else:
        assert "too large for a tablet. It may have at most 40 KB." in problem(film)


def test_captions_are_webvtt_and_one_for_each_language() -> None:
    film, vtt = document("clip.webm").pk, document("clip.vtt").pk
    not_vtt = {"language": "en", "file": document("b.vtt", b"1\n00:00").pk}
    assert "Choose one of: VTT." in problem(video(file=film, captions=[not_vtt]))
    twice = [{"language": "en", "file": vtt}, {"language": "en", "file": vtt}]
    assert "one captions file for each language" in problem(video(file=film, captions=twice))


def test_a_drawing_goes_out_inline_and_clean() -> None:
    [out] = blocks_json(clean(figure(drawing=document("a.svg", DRAWING).pk)), EditionFiles())
    assert out == {
        "id": "11111111-1111-4111-8111-111111111111",
        "type": "figure",
        "svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3"><text class="ink">A</text></svg>',
        "width": 4,
        "height": 3,
        "caption": "A figure",
        "description": "What it shows.",
        "source": "",
    }


def test_a_video_goes_out_with_its_captions_and_transcript() -> None:
    captions = [{"language": "ur", "file": document("clip-ur.vtt").pk}]
    film = video(file=document("clip.webm").pk, captions=captions)
    files = EditionFiles()
    [out] = blocks_json(clean(film), files)
    assert out["mime"] == "video/webm"
    assert out["transcript"] == "<p>A picture.</p>"
    assert out["captions"][0]["label"] == "اردو"
    assert [files.used[sha].mime for sha in (out["file"], out["captions"][0]["file"])] == [
        "video/webm",
        "text/vtt",
    ]
    assert EditionFile.objects.get(pk=out["file"]).size == 39097


def test_a_block_whose_upload_was_deleted_is_left_out() -> None:
    film = document("clip.webm")
    body = clean(text("<p>Stays.</p>"), video(file=film.pk))
    film.delete()
    body = LessonBody().to_python(body.get_prep_value())
    assert [out["type"] for out in blocks_json(body, EditionFiles())] == ["text"]


def test_a_check_and_its_choices_keep_the_ids_of_their_blocks() -> None:
    raw = block("check", **question())
    [out] = blocks_json(clean(raw), EditionFiles())
    assert out["question"]["id"] == out["id"] == raw["id"]
    assert [each["id"] for each in out["question"]["choices"]] == [
        each["id"] for each in raw["value"]["choices"]
    ]
