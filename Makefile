# Thin names for single commands. Every one of them first makes or completes .venv, which
# takes a minute the first time and a second afterwards.
#
#   make PYTHON=python3.13 course    uses another Python than python3
#   make PORT=8001 read              uses another port than 8000

ifeq ($(OS),Windows_NT)
PYTHON ?= py -3
else
PYTHON ?= python3
endif
PORT ?= 8000
TESTS ?= tests
RUN = $(PYTHON) src/bootstrap.py

.PHONY: course test book paper exercises class bank seeds read lab lint lock doctor clean help

## course      build the book, release the exercises, grade the rehearsal class
course:
	@$(RUN) pooling course

## test        run all the tests (or some: make test TESTS=tests/running/test_runner.py)
test:
ifeq ($(TESTS),tests)
# The tests of the book and of the class look at what this builds, two steps at a time and with
# visible progress. What fails here fails there too, so all the other tests still get their turn.
	-@$(RUN) pooling course
endif
	@$(RUN) pytest $(TESTS)

## book        build the book
book:
	@$(RUN) pooling course book

## paper       print the book as a PDF, and make an EPUB of it
paper:
	@$(RUN) pooling course paper

## exercises   generate exercises/ from solutions/
exercises:
	@$(RUN) pooling course release

## class       grade the rehearsal class and print its table
class:
	@$(RUN) pooling course rehearse

## read        show the built book in a browser
read:
	@$(RUN) pooling read --port $(PORT)

## bank        grade the rest of the corpus with nbgrader as well (half an hour)
bank:
	@$(RUN) pooling course bank

## seeds       run the chapters with five other seeds: do their claims hold? (an hour)
seeds:
	@$(RUN) pooling course seeds

## lab         open the exercises in JupyterLab
lab:
	@$(RUN) jupyter lab exercises

## lint        check style and types
lint:
	@$(RUN) ruff check
	@$(RUN) ruff format --check
	@$(RUN) pyright

## lock        resolve the dependencies anew and write requirements.lock
lock:
	@$(RUN) uv pip compile pyproject.toml --all-extras --universal --python-version 3.12 --upgrade --generate-hashes --only-binary :all: --no-emit-index-url --no-emit-find-links --no-header --annotation-style line --quiet --output-file requirements.lock

## doctor      check that this machine has what the course needs
doctor:
	@$(RUN) pooling doctor

## clean       remove .venv and everything built
clean:
	@$(PYTHON) -c "import shutil; [shutil.rmtree(name, ignore_errors=True) for name in ('.venv', 'build')]"

## help        print this list
help:
	@$(PYTHON) -c "print(*(line[3:].rstrip() for line in open('Makefile') if line.startswith('## ')), sep='\n')"
