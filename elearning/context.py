"""What every server-rendered template knows."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from elearning import languages


def site(request: HttpRequest) -> dict[str, Any]:
    code = get_language() or languages.SOURCE.code
    names = languages.names_in(code)
    return {
        "demo": settings.DEMO,
        "language": languages.BY_CODE[code],
        "languages": [(other, names.get(other.code, "")) for other in languages.ALL],
    }
