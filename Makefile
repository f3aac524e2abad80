# Every target makes the virtual environment it needs; nothing else has to be installed but Python and make.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed
OLDER  := .cache/gremlin-3.7
DEMO   := demo
JOBS   ?= 2

.PHONY: demo test test-all check format bench bench-graph bench-resolution conformance lock clean

demo: $(STAMP)
	$(BIN)/c360 demo --workspace $(DEMO)

test: $(STAMP)
	$(BIN)/pytest -n $(JOBS) -m "not slow"

test-all: $(STAMP)
	$(BIN)/pytest -n $(JOBS)

check: $(STAMP)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports
	$(BIN)/mypy
	$(BIN)/pyright
	$(BIN)/python tools/reference.py --check
	$(BIN)/python tools/vendor.py --check

format: $(STAMP)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(STAMP)
	$(BIN)/python -m benchmarks

# Our engine beside others, each in an environment of its own below .cache/rivals; C360_DATA names the labelled sets.
bench-resolution: $(STAMP)
	$(BIN)/python -m benchmarks.rivals $(SETS)

# TinkerPop's scenarios; C360_CONFORMANCE names their folder. The suite of 3.7 runs under gremlinpython 3.7.
conformance: $(STAMP) $(OLDER)/.installed
	$(BIN)/python -m tests.graph.conformance 3.8
	$(OLDER)/bin/python -m tests.graph.conformance 3.7
	$(BIN)/python tools/reference.py

# Needs Java and Maven, for TinkerGraph in a Gremlin Server beside our graph.
bench-graph: $(STAMP)
	$(BIN)/python -m benchmarks.graph

# Needs uv; the lock names no index, so pip reads it from wherever it is set up to read.
lock:
	uv pip compile --quiet pyproject.toml --extra aws --extra postgres --group dev --universal --generate-hashes --python-version 3.11 \
		--no-emit-index-url --no-header --no-annotate --output-file requirements.lock

# All but gremlinpython comes from the first environment.
$(OLDER)/.installed: tests/graph/requirements-3.7.txt | $(STAMP)
	$(PYTHON) -m venv $(OLDER)
	$(OLDER)/bin/python -m pip install --quiet --no-deps --require-hashes --requirement $<
	$(BIN)/python -c "import sysconfig; print('import site; site.addsitedir(%r)' % sysconfig.get_path('purelib'))" \
		> $$($(OLDER)/bin/python -c "import sysconfig; print(sysconfig.get_path('purelib'))")/first.pth
	touch $@

$(VENV): $(STAMP)

$(STAMP): requirements.lock pyproject.toml
	@echo "Installing into $(VENV), about a minute and 1.3 GB on disk, this once."
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	touch $(STAMP)

clean:
	rm -rf $(VENV) $(DEMO) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
