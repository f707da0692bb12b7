"""CSS numbers and lengths, with their arithmetic (`calc`, `min`, `max`, `clamp`), in rough pixels."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

_PIXELS = {"": 1.0, "px": 1.0, "pt": 1.33, "pc": 16.0, "em": 16.0, "rem": 16.0, "ex": 8.0, "ch": 8.0}
_PIXELS |= {"vw": 12.0, "vh": 8.0, "vmin": 8.0, "vmax": 12.0, "in": 96.0, "cm": 38.0, "mm": 3.8}
_PERCENT = 12.0
NUMBER = r"[+-]?(?:\d{1,9}(?:\.\d{0,9})?|\.\d{1,9})(?:e[+-]?\d{1,2})?"
_LENGTH = re.compile(rf"(?P<number>{NUMBER})(?P<unit>[a-z%]{{0,4}})")
_LONGEST = 200
_OPERANDS = {"calc": 1, "min": None, "max": None, "clamp": 3}


def pixels(value: str | None, otherwise: float, percent: float = _PERCENT) -> float:
    """A length in rough pixels; `otherwise` when it is none. `percent` is what one per cent stands for."""
    found = measured(value, percent) if value else None
    return otherwise if found is None else found


def measured(value: str, percent: float = _PERCENT) -> float | None:
    """A length in rough pixels, a number as it is; None for what is neither."""
    found = _LENGTH.fullmatch(value.strip())
    if found:
        unit = percent if found["unit"] == "%" else _PIXELS.get(found["unit"])
        return None if unit is None else float(found["number"]) * unit
    if "(" not in value or len(value) > _LONGEST:
        return None
    from tinycss2 import parse_component_value_list  # type: ignore[import-untyped] # tinycss2 carries no types

    result = _evaluated(parse_component_value_list(value), percent)
    # CSS takes what is no number for nothing.
    return 0.0 if result is not None and math.isnan(result) else result


def _evaluated(tokens: Iterable[Any], percent: float) -> float | None:
    parts = [token for token in tokens if token.type not in {"whitespace", "comment"}]
    values = [_operand(token, percent) for token in parts[::2]]
    known = [value for value in values if value is not None]
    if not known or len(known) < len(values) or len(parts) % 2 == 0:
        return None
    terms = [known[0]]
    for operator, value in zip(parts[1::2], known[1:], strict=True):
        if operator == "*":
            terms[-1] *= value
        elif operator == "/" and value:
            terms[-1] /= value
        elif operator in ("+", "-"):
            terms.append(value if operator == "+" else -value)
        else:
            return None
    return sum(terms)


def _operand(token: Any, percent: float) -> float | None:
    if token.type == "number":
        return float(token.value)
    if token.type == "percentage":
        return float(token.value) * percent
    if token.type == "dimension":
        unit = _PIXELS.get(token.lower_unit)
        return None if unit is None else float(token.value) * unit
    if token.type == "() block":
        return _evaluated(token.content, percent)
    return _called(token, percent) if token.type == "function" else None


def _called(function: Any, percent: float) -> float | None:
    if function.lower_name not in _OPERANDS:
        return None
    arguments: list[list[Any]] = [[]]
    for part in function.arguments:
        if part == ",":
            arguments.append([])
        else:
            arguments[-1].append(part)
    values = [value for one in arguments if (value := _evaluated(one, percent)) is not None]
    if len(values) != (_OPERANDS[function.lower_name] or len(arguments)) or len(values) != len(arguments):
        return None
    if function.lower_name == "clamp":
        least, wanted, most = values
        return max(least, min(wanted, most))
    return max(values) if function.lower_name == "max" else min(values)
