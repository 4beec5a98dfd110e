"""From antenna temperatures to maps of brightness temperature: a linear inverse."""
