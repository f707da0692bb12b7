"""OpenVINO without its telemetry: import it from here and from nowhere else.

`import openvino` alone reports the import to a web service and writes an id into the home folder, unasked. With its
telemetry package out of reach it takes a stub of its own that does nothing.
"""

import sys

sys.modules.setdefault("openvino_telemetry", None)  # type: ignore[arg-type] # None is how Python spells "not there"

import openvino  # type: ignore[import-untyped] # noqa: E402 - only after the line above; it carries no types
from openvino import opset13 as opset  # noqa: E402 - only after the line above

__all__ = ["openvino", "opset"]
