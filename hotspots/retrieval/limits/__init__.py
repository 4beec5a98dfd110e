"""How faint a source could have been and still be found: injection and recovery."""
