"""One settings module; the environment says what differs.

``MODE`` is ``production`` unless it says ``demo`` or ``test``. Production is safe by default: it does not
start without ``SECRET_KEY``, ``DATABASE_URL``, ``REDIS_URL``, ``SITE_URL`` and ``EMAIL_URL``, nor with ``DEBUG`` on,
nor with links that would go out in plain http.
"""

from pathlib import Path
from urllib.parse import urlsplit

import environ
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"
env = environ.Env()

MODE = env.str("MODE", default="production")
if MODE not in {"production", "demo", "test"}:
    raise ImproperlyConfigured("MODE is production, demo or test.")
DEMO = MODE == "demo"
PRODUCTION = MODE == "production"

if env.bool("DEBUG", default=False):
    raise ImproperlyConfigured("DEBUG is never on: error pages would show private data.")
DEBUG = False


def required(name: str, default: str) -> str:
    """Return the environment's value of ``name``; ``default`` serves the demonstration and the tests only."""
    value: str = env.str(name, default="" if PRODUCTION else default)
    if not value:
        raise ImproperlyConfigured(f"Set {name}: production does not start without it.")
    return value


SECRET_KEY = required("SECRET_KEY", f"only-for-{MODE}-" + "0" * 50)

# Former keys: what they signed, sessions and links in mails, is believed until they are taken off the list.
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])

# Links in mails come from this address, never from the Host header (I10).
SITE_URL = required("SITE_URL", "http://127.0.0.1:8000").rstrip("/")
_site = urlsplit(SITE_URL)
if _site.scheme not in {"http", "https"} or not _site.hostname:
    raise ImproperlyConfigured("SITE_URL is an address such as https://seminars.example.org.")
HTTPS = _site.scheme == "https"
if PRODUCTION and not HTTPS and _site.hostname not in {"localhost", "127.0.0.1"}:
    raise ImproperlyConfigured("SITE_URL must be https, except for a trial on this very machine.")
# The supervisor of this machine asks for /healthz/ by 127.0.0.1.
# Prometheus asks each web container for /metrics by the service's name, which is no name on the internet.
ALLOWED_HOSTS = [_site.hostname, *env.list("ALLOWED_HOSTS", default=[]), "127.0.0.1", "localhost"]
ALLOWED_HOSTS += ["web"] if PRODUCTION else []
CSRF_TRUSTED_ORIGINS = [SITE_URL]
PROXIES = env.int("TRUSTED_PROXIES", default=0)
if PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

INSTALLED_APPS = [
    "accounts",
    "reviews",
    "seminars",
    "accounts.administration.AdministrationConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "config.static.StaticFiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "bootstrap",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "django_filters",
    "django_htmx",
    "phonenumber_field",
    "django.forms",
]

MIDDLEWARE = [
    "config.middleware.arrival",
    "config.tracing.identified",
    "config.metrics.measured",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.middleware.private_pages",
    "config.middleware.clean_cookies",
    "config.middleware.forms_in_utf8",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.preferences",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "config.middleware.clean_text",
]
if DEMO:
    # No proxy stands before the demonstration, so it compresses its pages itself.
    MIDDLEWARE.insert(MIDDLEWARE.index("config.middleware.private_pages"), "django.middleware.gzip.GZipMiddleware")

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
# What Django 6 does anyway: an address typed without its scheme is https.
FORMS_URLFIELD_ASSUME_HTTPS = True
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.context.site",
            ],
        },
    },
    {
        "NAME": "mail",
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        # Plain text: escaping would turn L'École into L&#x27;École.
        "OPTIONS": {"autoescape": False},
    },
]

DATABASES = {"default": env.db_url_config(required("DATABASE_URL", f"sqlite:///{VAR_DIR}/{MODE}.sqlite3"))}
DATABASES["default"]["ATOMIC_REQUESTS"] = False
DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=60)
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
SQLITE = DATABASES["default"]["ENGINE"].endswith("sqlite3")
if SQLITE and PRODUCTION:
    raise ImproperlyConfigured("DATABASE_URL must name a PostgreSQL database in production.")
if SQLITE:
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Sessions live in the database, so that a broken Redis signs nobody out (SAFETY 10).
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 60 * 60 * 12
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_AGE = 60 * 60 * 24 * 365
# The sign-in limits count here, across all web processes and with or without Redis; see docs/decisions/0005.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache_entries",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}

SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz/", r"^metrics$"]
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "config.errors.csrf_failure"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_SIGNUP_FORM_CLASS = "accounts.forms.signup.SignupForm"
ACCOUNT_FORMS = {
    "login": "accounts.forms.entrance.LoginForm",
    "signup": "accounts.forms.entrance.SignupForm",
    "reset_password": "accounts.forms.entrance.ResetPasswordForm",
    "reset_password_from_key": "accounts.forms.entrance.ResetPasswordKeyForm",
    "change_password": "accounts.forms.entrance.ChangePasswordForm",
    "set_password": "accounts.forms.entrance.SetPasswordForm",
    "add_email": "accounts.forms.entrance.ChangeEmailForm",
    "reauthenticate": "accounts.forms.entrance.ReauthenticateForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
# In the browser that has just signed up, and there only: an invited person comes back to the invitation.
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = _site.scheme
ALLAUTH_TRUSTED_PROXY_COUNT = PROXIES
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
# Nobody signs in before their address is verified, so a second factor never locks an owner out (allauth's reason).
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = "Joint Seminars"
# A clock a little off is no reason to lock somebody out.
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION and not HTTPS
MFA_ADAPTER = "accounts.adapter.FactorAdapter"
MFA_FORMS = {
    "authenticate": "accounts.forms.entrance.AuthenticateForm",
    "reauthenticate": "accounts.forms.entrance.ReauthenticateFactorForm",
    "activate_totp": "accounts.forms.entrance.ActivateAppForm",
    "add_webauthn": "accounts.forms.entrance.AddPasskeyForm",
    "edit_webauthn": "accounts.forms.entrance.RenamePasskeyForm",
    "login_webauthn": "accounts.forms.entrance.LoginPasskeyForm",
    "authenticate_webauthn": "accounts.forms.entrance.AuthenticatePasskeyForm",
    "reauthenticate_webauthn": "accounts.forms.entrance.ReauthenticatePasskeyForm",
}

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("fr", _("French")), ("ja", _("Japanese"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = USE_TZ = True
USE_THOUSAND_SEPARATOR = False
TIME_ZONE = "UTC"

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": env.str("FILES_ROOT", default=str(VAR_DIR / f"{MODE}-files"))},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ["br", "gif", "gz", "jpg", "map", "png", "webp", "woff", "woff2", "zip"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "seminars.files.uploads.BoundedUpload",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
# nginx serves private files by X-Accel-Redirect from here; empty means that Django streams them itself.
FILES_ACCEL_PREFIX = env.str("FILES_ACCEL_PREFIX", default="")
CLAMAV_ADDRESS = env.str("CLAMAV_ADDRESS", default="")
# Where pg_dump and pg_restore are, of the server's version or later; empty means on the path.
POSTGRES_PROGRAMS = env.str("POSTGRES_PROGRAMS", default="")

# What each app holds on a person; see accounts.personal.
PERSONAL_DATA = ["accounts.personal", "seminars.queries.personal", "reviews.queries.personal"]

# What each app takes away when a person is erased; the account goes last.
ERASERS = ["reviews.actions.erasure.erase_traces", "seminars.actions.erasure.erase_traces"]

# What is taken out of what each app keeps on a pair when the period of its records has ended.
PERIOD_ENDERS = ["reviews.actions.erasure.end_period"]

# What goes of what each app keeps on a call when the last of its periods has ended.
CALL_ENDERS = ["reviews.actions.erasure.end_call"]

CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "bootstrap5"
CRISPY_FAIL_SILENTLY = False

REDIS_URL = required("REDIS_URL", "memory://localhost")
CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_TIME_LIMIT = 120
CELERY_TASK_SOFT_TIME_LIMIT = 100
CELERY_TASK_PUBLISH_RETRY = False
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
# A Redis that is down or frozen costs a request half a second: one attempt, and no other (SAFETY 10).
CELERY_BROKER_TRANSPORT_OPTIONS = (
    {"socket_timeout": 0.5, "socket_connect_timeout": 0.5, "max_retries": 0, "visibility_timeout": 600}
    if REDIS_URL.startswith("redis")
    else {}
)
CELERY_TIMEZONE = "UTC"
# What is due is a row in the database: beat has nothing to remember from one start to the next.
CELERY_BEAT_SCHEDULER = "celery.beat:Scheduler"
# Seconds between sweeps. One that no worker took in five minutes is dropped: the next finds what it would have found.
EVERY_MINUTE, EVERY_FIVE_MINUTES, EVERY_HOUR = 60, 300, 3600
SWEEPS = {
    "accounts.tasks.note_beat": EVERY_MINUTE,
    "accounts.tasks.send_messages": EVERY_MINUTE,
    "seminars.tasks.lapse_proposals": EVERY_MINUTE,
    "seminars.tasks.import_lists": EVERY_MINUTE,
    "seminars.tasks.close_corrections": EVERY_MINUTE,
    "seminars.tasks.send_notices": EVERY_MINUTE,
    "seminars.tasks.ask_scanner": EVERY_MINUTE,
    "seminars.tasks.tend_packs": EVERY_MINUTE,
    "seminars.tasks.tend_copies": EVERY_MINUTE,
    "seminars.tasks.plan_reminders": EVERY_FIVE_MINUTES,
    "seminars.tasks.send_reminders": EVERY_MINUTE,
    "reviews.tasks.announce_due": EVERY_MINUTE,
    "seminars.tasks.sweep_files": EVERY_HOUR,
    "reviews.tasks.sweep_files_of_reports": EVERY_HOUR,
    "seminars.tasks.tell_periods": EVERY_HOUR,
}
CELERY_BEAT_SCHEDULE = {
    task: {"task": task, "schedule": seconds, "options": {"expires": 300}} for task, seconds in SWEEPS.items()
}

# From when on officers and supervisors are told that something is wrong behind the pages; 0 looks away. A worker gives
# four signs in this time; beat's come once a minute, and have that minute more.
WORK_SILENT_SECONDS = env.int("WORK_SILENT_SECONDS", default=0 if MODE == "test" else 120)
MAIL_WAITING_SECONDS = env.int("MAIL_WAITING_SECONDS", default=0 if MODE == "test" else 900)
MAIL_FAILURES = env.int("MAIL_FAILURES", default=0 if MODE == "test" else 3)

vars().update(env.email_url_config(required("EMAIL_URL", "dummymail://")))
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="Joint Seminars <seminars@example.org>")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"},
        "json": {"()": "config.logs.JsonFormatter"},
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json" if PRODUCTION else "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}

METRICS_TOKEN = env.str("METRICS_TOKEN", default="")
SENTRY_DSN = env.str("SENTRY_DSN", default="")
if SENTRY_DSN:
    from config import reporting

    reporting.start(SENTRY_DSN, environment=MODE)

if MODE == "test":
    # Static files straight from the sources, and a hash that takes no time: nothing else differs from production.
    STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
