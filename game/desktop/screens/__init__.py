"""The window's screens, one file each."""
