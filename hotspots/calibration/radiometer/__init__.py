"""The radiometer's counts to antenna temperatures, with their noise and their zero."""
