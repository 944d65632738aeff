"""``python -m vnpolicy``: the command line."""

import sys

from vnpolicy.cli import main

sys.exit(main())
