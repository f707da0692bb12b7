"""Names as they may be shown and stored: a password that a person typed goes no further."""

from __future__ import annotations

import re

# Parsers of addresses take no notice of tabs and line breaks, nor of blanks in front.
_HTTP = r"[\0- ]*" + r"[\t\r\n]*".join("http") + r"(?:[\t\r\n]*s)?[\t\r\n]*:"
# Up to the last @ before the path. What follows a colon there and is no port is a password, whatever it is made of.
_USER = r"(?:[^/\\?#]*@|[^/\\?#:\[]*:(?!\d*(?:[/\\?#]|\Z)).*@)"
_IN_ADDRESS = re.compile(rf"\A({_HTTP}[\s/\\]*+){_USER}", re.IGNORECASE | re.DOTALL)
_IN_TEXT = re.compile(rf"((?:\A|:)\s*[/\\]{{2}}){_USER}", re.DOTALL)
_IS_ADDRESS = re.compile(_HTTP, re.IGNORECASE)


def shown_name(name: str) -> str:
    """The name of a source without user name and password, if it holds them."""
    if _IS_ADDRESS.match(name):
        return _IN_ADDRESS.sub(r"\1", name, count=1)
    return _IN_TEXT.sub(r"\1", name)
