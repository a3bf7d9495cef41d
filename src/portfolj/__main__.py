"""``python -m portfolj``."""

from portfolj.cli import main

if __name__ == "__main__":
    main()
