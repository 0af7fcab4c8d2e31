"""Histories written by hand: every public function of a module here is one."""
