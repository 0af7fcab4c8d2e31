"""The parts of README.md and docs that are made from the code, one module each.

`python -m tests.docs` writes them anew; `tests/test_docs.py` fails when they are out of date.
"""
