"""Mutation testing: the code is changed in one place after another, and tests have to notice.

`python -m tests.mutation` needs the dependency group `mutation`, and is a command for the night:
`uv run --group mutation python -m tests.mutation rules feed`, or without names for all there are.
"""
