"""What shiftplan asks of the operating system: child processes, and files written whole."""
