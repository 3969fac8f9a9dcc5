# Who Says So?  `make help` says what there is. On Windows without make: see README.md.

PYTHON ?= python3
BIN := .venv/bin
READY := .venv/ready
NODE_READY := node_modules/ready
# Two workers suit the smallest machine we promise to run on.
WORKERS ?= 2

export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help .venv book pdf serve lab test quick lock bench exercises notebooks clean
.DEFAULT_GOAL := help

help:
	@echo "make serve      build the book and show it at an address on this computer"
	@echo "make lab        open the exercise notebooks in JupyterLab"
	@echo "make book       build the book into _build/html"
	@echo "make pdf        print the book into _build/pdf (EDITION=classroom: without answers)"
	@echo "make quick      the checks that need no book and no browser"
	@echo "make test       everything the README promises"
	@echo "make exercises  make exercises/ anew from solutions/"
	@echo "make notebooks  run the worked notebooks and the book's again, in place"
	@echo "make bench      measure what the README gives figures for"
	@echo "make lock       renew constraints.txt"
	@echo "make clean      take away what was built (not .venv)"

.venv: $(READY)

$(READY): pyproject.toml constraints.txt tools/install.py
	@$(PYTHON) tools/install.py

$(NODE_READY): package.json package-lock.json $(READY)
	@echo "Installing the JavaScript checks ..."
	@$(BIN)/python tools/node.py npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

book: $(READY)
	@$(BIN)/python tools/build.py

pdf: $(READY)
	@$(BIN)/python tools/pdf.py --edition $(or $(EDITION),self-study)

serve: $(READY)
	@$(BIN)/python tools/serve.py

lab: $(READY)
	@mkdir -p exercises
	@$(BIN)/jupyter lab --ServerApp.root_dir=exercises --ServerApp.ip=127.0.0.1

quick: $(READY) $(NODE_READY)
	@$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder -m "not browser and not book and not slow"

test: $(READY) $(NODE_READY)
	@$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder

exercises: $(READY)
	@$(BIN)/workbook exercises

notebooks: $(READY)
	@$(BIN)/python tools/notebooks.py

bench: $(READY) $(NODE_READY)
	@$(BIN)/python tools/bench.py

lock:
	@$(PYTHON) tools/lock.py

clean:
	rm -rf _build .pytest_cache .mypy_cache .ruff_cache .hypothesis .jupyter_cache
