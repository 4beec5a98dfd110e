"""Truth against catalogue: how much was found, how true it is, and what was made up.

The way through: `truth` and `outputs` read the two sides, `matching` pairs sources
with detections, `completeness`, `reliability`, `accuracy`, `measurements` and `frames`
turn the pairs into figures, `goals` sets those of measurement beside what is wanted,
`summary` gathers them per visit and pooled, `sections` and
`report` print them, `matches_table` lists every pair and leftover.

The radiometer has its own: `radiometer_truth` reads, `radiometer` scores its maps and lava.

Detectors beside each other: `comparison` gathers completeness by SNR and pixel scale,
`false_rates`, `lakes` and `probabilities` of each, `comparison_table` sets them in
columns, `side_by_side` draws truth and detections on the maps.
"""
