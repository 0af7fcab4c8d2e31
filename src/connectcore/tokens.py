"""Tokens: texts that only whoever holds a key can make, and read back.

What a token says cannot be read from it, so it may pass through mail, addresses and logs.
It is the keyed digest of what it says, followed by that, hidden under a stream that the digest and
the key make: nothing has to be kept to read it back, and one altered character shows.
"""

from __future__ import annotations

import base64
import hashlib
import hmac

from connectcore.errors import InvalidToken

__all__ = ["seal_token", "unseal_token"]

_PROOF_BYTES = 16


def seal_token(key: bytes, purpose: str, text: str) -> str:
    """Make the token that says *text*, fit for a URL; it is always the same, and good for one *purpose*."""
    said = text.encode()
    proof = _digest(key, f"{purpose} proof", said)[:_PROOF_BYTES]
    return base64.urlsafe_b64encode(proof + _hidden(key, purpose, proof, said)).decode().rstrip("=")


def unseal_token(key: bytes, purpose: str, token: str) -> str:
    """Read back what a token says; raise `InvalidToken` unless it is whole and was made with *key*."""
    try:
        sealed = base64.b64decode(token + "=" * (-len(token) % 4), b"-_", validate=True)
        proof, hidden = sealed[:_PROOF_BYTES], sealed[_PROOF_BYTES:]
        text = _hidden(key, purpose, proof, hidden).decode()
        whole = hmac.compare_digest(seal_token(key, purpose, text).encode(), token.encode())
    except (ValueError, TypeError):
        raise InvalidToken from None
    if not whole:
        raise InvalidToken
    return text


def _digest(key: bytes, purpose: str, said: bytes) -> bytes:
    return hmac.digest(key, purpose.encode() + b"\0" + said, "sha256")


def _hidden(key: bytes, purpose: str, proof: bytes, said: bytes) -> bytes:
    """What is *said*, under its stream; done twice, it is bare again."""
    stream = hashlib.shake_256(_digest(key, f"{purpose} stream", proof)).digest(len(said))
    return bytes(one ^ other for one, other in zip(said, stream, strict=True))
