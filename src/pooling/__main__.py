"""``python -m pooling`` is the command ``pooling``."""

import sys

from pooling.cli import main

sys.exit(main())
