"""Commands: what the command line does and prints."""
