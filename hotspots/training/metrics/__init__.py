"""Scores of probability maps against labels, from sums that add over maps and devices."""
