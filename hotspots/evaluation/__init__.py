"""Truth against catalogue: how much was found, how true it is, and what was made up.

The way through: `truth` and `outputs` read the two sides, `matching` pairs sources
with detections, `completeness`, `reliability`, `accuracy` and `frames` turn the
pairs into figures, `summary` gathers them per visit and pooled, `sections` and
`report` print them, `matches_table` lists every pair and leftover.
"""
