"""How good it is: sets, metrics, runner, report."""
