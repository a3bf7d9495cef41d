# The two commands that matter: `make report` and `make test`. Both set up .venv the first time.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: report test harness lab check fix lock benchmark model agreement clean

report: $(READY)
	$(BIN)/portfolj run --all

# On every core, at most eight. The tests of a file stay together, so that what they share is made once.
test: $(READY)
	$(BIN)/python -m pytest -q -n logical --maxprocesses 8 --dist loadfile --no-loadscope-reorder

# The attack on 1,000 random sets of linked tables: is any hidden count given away by what is shown? And 200 kills of
# runs at random moments: does a reader always find a whole site?
harness: $(READY)
	$(BIN)/python -m pytest -q -s -m harness tests

lab: $(READY)
	$(BIN)/jupyter lab notebooks

check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

fix: $(READY)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

benchmark: $(READY)
	$(BIN)/python benchmarks/one_report.py
	$(BIN)/python benchmarks/kernels.py
	$(BIN)/python benchmarks/expressions.py
	$(BIN)/python benchmarks/coding.py
	$(BIN)/python benchmarks/economics.py
	$(BIN)/python benchmarks/nightly.py --sample 4 --plain 3
	$(BIN)/python benchmarks/ten_million.py --rows 1000000

# The weights of the second opinions on orientation and on goals, from the coded texts in training/ and benchmarks/.
model: $(READY)
	$(BIN)/python training/second_opinion.py --check
	$(BIN)/python training/second_opinion.py
	$(BIN)/python training/goal_opinion.py --check
	$(BIN)/python training/goal_opinion.py

# How right the shipped codebook is on the half of the coded set that it was made with; renews coding_quality.toml
# and the tables in the documentation.
agreement: $(READY)
	$(BIN)/python benchmarks/accuracy.py --write
	UPDATE_DOCS=1 $(BIN)/python -m pytest -q tests/docs/test_doc_quality.py

# A new lock: the newest versions that pyproject.toml admits, for every platform and Python 3.11-3.13.
lock:
	uv pip compile pyproject.toml --all-extras --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --custom-compile-command "make lock" --upgrade -o requirements.lock

clean:
	rm -rf $(VENV)

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' || \
	  { echo "portfolj behöver Python 3.11, 3.12 eller 3.13. Ange den så: make PYTHON=python3.12 report" >&2; exit 2; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@
