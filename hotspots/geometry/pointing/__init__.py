"""Where the frames of a visit really looked: `solve` gathers what the others find."""
