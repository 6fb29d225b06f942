"""Settings that every kind of installation shares."""

import os
from pathlib import Path

import dj_database_url

from elearning import languages

BASE_DIR = Path(__file__).resolve().parents[2]
VAR_DIR = Path(os.environ.get("ELEARNING_VAR", BASE_DIR / "var"))
DEMO = False
DEBUG = False

INSTALLED_APPS = [
    "modeltranslation",
    "courses",
    "assessments",
    "modules",
    "elearning.offline",
    "elearning.users",
    "elearning",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "axes",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "elearning.security.SecurityHeadersMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "axes.middleware.AxesMiddleware",
    "elearning.slow.SlowLineMiddleware",
]

ROOT_URLCONF = "elearning.urls"
WSGI_APPLICATION = "elearning.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        # An operator's own templates (a logo, a notice) come first.
        "DIRS": [
            *filter(None, [os.environ.get("ELEARNING_TEMPLATES")]),
            BASE_DIR / "elearning" / "templates",
        ],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "elearning.context.site",
            ],
        },
    },
]

DATABASES = {
    "default": dj_database_url.config(
        default=f"sqlite:///{VAR_DIR / 'elearning.sqlite3'}",
        conn_max_age=60,
        conn_health_checks=True,
    )
}
if "sqlite" in DATABASES["default"]["ENGINE"]:
    # WAL with DEFERRED transactions gave 1,000 lock errors in 1,200 writes; IMMEDIATE gave none.
    # synchronous=FULL: an answer that was acknowledged must survive a power cut.
    # cache_size: each of seventeen threads keeps pages for itself that the system has in memory anyway; half a
    # megabyte instead of two is 20 MB less on a site box.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-500;",
    }
    DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / "test.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = os.environ.get("REDIS_URL", "")
CACHES = {
    "default": (
        {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
        if REDIS_URL
        else {
            "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
            "LOCATION": VAR_DIR / "cache",
        }
    )
}

AUTH_USER_MODEL = "users.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "after-sign-in"
LOGOUT_REDIRECT_URL = "catalogue"
# Ten tablets of one room share an address: lock the pair of name and address, never the address.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_CLIENT_IP_CALLABLE = "elearning.users.addresses.client_address"
# How many proxies of ours a request passes, each appending to X-Forwarded-For.
TRUSTED_PROXIES = int(os.environ.get("TRUSTED_PROXIES", "0"))
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 0.25
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_TEMPLATE = "sign_in_locked.html"
AXES_ENABLE_ACCESS_FAILURE_LOG = False
AXES_VERBOSE = False

languages.register_with_django()
LANGUAGE_CODE = languages.SOURCE.code
LANGUAGES = [(language.code, language.name) for language in languages.ALL]
MODELTRANSLATION_DEFAULT_LANGUAGE = languages.SOURCE.code
MODELTRANSLATION_FALLBACK_LANGUAGES = (languages.SOURCE.code,)
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = os.environ.get("TIME_ZONE", "UTC")
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_SAMESITE = "Lax"

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "elearning" / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = Path(os.environ.get("ELEARNING_MEDIA", VAR_DIR / "media"))
# The largest sound or video file of a lesson, in bytes.
MEDIA_MAX_BYTES = int(os.environ.get("MEDIA_MAX_BYTES", "64000000"))
ILLUSTRATIONS_DIR = BASE_DIR / "media" / "illustrations"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "elearning.storage.StaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = False

CSRF_FAILURE_VIEW = "django.views.csrf.csrf_failure"
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
# Our SecurityHeadersMiddleware sends X-Frame-Options itself, by path; tests hold it to that.
SILENCED_SYSTEM_CHECKS = ["security.W002"]

WAGTAIL_SITE_NAME = "E-learning"
# What Wagtail itself has not been translated into it says in English.
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAILADMIN_BASE_URL = os.environ.get("SITE_URL", "http://127.0.0.1:8000")
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAILADMIN_UNSAFE_PAGE_DELETION_LIMIT = 10
WAGTAILDOCS_EXTENSIONS = ["mp4", "webm", "mp3", "m4a", "ogg", "vtt", "svg", "pdf"]
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}

# Who an xAPI account belongs to: the same on every site server and at the centre, so that a
# statement that is carried upstream still names the same person.
XAPI_HOME_PAGE = os.environ.get("XAPI_HOME_PAGE", "https://elearning.example/people")

# The next server up, to which this one passes its log and from which it takes people, assignments
# and editions: its address and a credential (NAME:SECRET) with the scopes "forward" and "roster" there.
UPSTREAM_URL = os.environ.get("UPSTREAM_URL", "").rstrip("/")
UPSTREAM_CREDENTIAL = os.environ.get("UPSTREAM_CREDENTIAL", "")

# The private keys with which this server seals and opens files for other servers; without it they
# lie in VAR_DIR/exchange.key (`manage.py exchange_identity`).
EXCHANGE_KEY = os.environ.get("EXCHANGE_KEY", "")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"elearning": {"level": "INFO"}, "axes": {"level": "ERROR"}},
}
