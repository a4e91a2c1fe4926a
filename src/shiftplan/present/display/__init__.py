"""What the command shows on a terminal or in a pipe: a file for each kind of result."""
