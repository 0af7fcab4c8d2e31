"""Write every made part of README.md and docs anew."""

from tests.docs.parts import documents, made_anew

for document in documents():
    text = document.read_text("utf-8")
    document.write_text(made_anew(text), "utf-8")
