from collections.abc import Iterator

import pytest
from django.test import Client

from elearning.users import services
from elearning.users.models import User
from elearning.users.roles import Role
from modules.loading import ensure_catalogue, grant_author_rights
from tests.support.storage import forget_files


@pytest.fixture(autouse=True)
def empty_storage() -> Iterator[None]:
    yield
    forget_files()


@pytest.fixture
def author(db: None) -> Client:
    ensure_catalogue()
    grant_author_rights()
    user = User.objects.create_user("author1", password="x")
    services.give_role(user, Role.AUTHOR)
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client
