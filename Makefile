# Every target sets up what it needs; all a machine must bring is make and Python 3.11 or later with venv.

PORT ?= 8000
PYTHON3 ?= python3
UV := .uvenv/bin/uv
PROGRAMS := chromium-headless-shell fonts-ipaexfont-gothic nginx curl
CATALOGUES := $(wildcard locale/*/LC_MESSAGES/django.po)

export UV_PYTHON_DOWNLOADS := never
export UV_PROJECT_ENVIRONMENT := .venv
export PORT

.PHONY: help setup demo demo-reset test check bench endurance worlds messages browser

help:
	@echo 'make demo         the demonstration on http://127.0.0.1:8000 (PORT=8001 changes the port)'
	@echo 'make demo-reset   forget what was entered in the demonstration'
	@echo 'make test         all tests, on real PostgreSQL, Valkey, nginx and Chromium'
	@echo 'make check        style, types, imports, migrations, settings, translations'
	@echo 'make bench        speed, as multiples of a bare view; also in var/bench.json (PART=panel takes one page)'
	@echo 'make endurance    kill, freeze, stop and restart everything in the middle of the work (20 minutes)'
	@echo 'make worlds       every page of everybody in 200 random worlds: nobody can tell what is sealed (10 minutes)'
	@echo 'make messages     bring the French and Japanese catalogues in line with the code'

# --- set-up: quick when there is nothing to do

setup: .venv/ready $(CATALOGUES:.po=.mo)

.uvenv/ready:
	@$(PYTHON3) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo 'Python 3.11 or later is needed; name it with: make PYTHON3=python3.12 …'; exit 1; }
	@$(PYTHON3) -m venv .uvenv || \
		{ rm -rf .uvenv; echo 'Python lacks venv. On Debian or Ubuntu: apt install python3-venv'; exit 1; }
	@.uvenv/bin/python -m pip install --quiet --disable-pip-version-check 'uv>=0.9,<1'
	@touch $@

.venv/ready: .uvenv/ready pyproject.toml uv.lock
	@$(UV) sync --frozen --quiet --python .uvenv/bin/python
	@touch $@

%.mo: %.po .venv/ready
	@.venv/bin/python -m config.catalogues compile

# --- what people run

demo: setup
	@.venv/bin/python -m config.demo

demo-reset: setup
	@.venv/bin/python -m config.demo reset

messages: .venv/ready
	@.venv/bin/python -m config.catalogues update

test: setup browser
	@.venv/bin/python -m pytest $(PYTEST)

check: setup
	@.venv/bin/python .ci/check.py

bench: setup
	@.venv/bin/python -m tests.bench "$(PART)"

endurance: setup
	@.venv/bin/python -m tests.endurance $(PART)

worlds: setup
	@.venv/bin/python -m tests.worlds $(PART)

browser:
	@{ command -v chromium-headless-shell || command -v chromium || command -v chromium-browser || command -v google-chrome; } >/dev/null && \
	PATH=$$PATH:/usr/sbin command -v nginx >/dev/null && command -v curl >/dev/null || \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y $(PROGRAMS); \
	else \
		echo 'The tests drive Chromium and nginx. Install them and run make test again:'; \
		echo '  sudo apt-get update && sudo apt-get install -y $(PROGRAMS)'; exit 1; \
	fi
