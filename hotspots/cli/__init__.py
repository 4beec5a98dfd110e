"""What a person types and sees; no science below this line of the tree depends on it."""
