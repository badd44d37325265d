"""Makes `python -m game` the same as the command `rival-readings`."""

from game.cli.main import run

if __name__ == "__main__":
    run()
