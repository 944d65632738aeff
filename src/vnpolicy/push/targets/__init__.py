"""Trackers, a module each: ``Options``, the table of the configuration, and ``connect``, which
gives the :class:`~vnpolicy.push.entry.Target`."""
