from collections.abc import Iterator

import pytest
from django.core.files.storage import default_storage, storages
from django.test import Client

from elearning.users import services
from elearning.users.models import User
from elearning.users.roles import Role
from modules.loading import ensure_catalogue, grant_author_rights


@pytest.fixture(autouse=True)
def empty_storage() -> Iterator[None]:
    """The storage of the test settings is in memory; the database is emptied, so it must be too."""
    yield
    storages._storages.clear()
    default_storage._wrapped = storages["default"]


@pytest.fixture
def author(db: None) -> Client:
    ensure_catalogue()
    grant_author_rights()
    user = User.objects.create_user("author1", password="x")
    services.give_role(user, Role.AUTHOR)
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client
