"""The thin shell: settings, logging, exit codes and the `accord` command."""
