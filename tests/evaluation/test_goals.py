"""Goals: figures beside the range they are wanted in."""

from dataclasses import replace

from hotspots.evaluation.goals import Goal, goals
from hotspots.evaluation.measurements import measurements
from hotspots.evaluation.outputs import MeasuredPower


def test_a_goal_is_met_within_its_ends():
    goal = Goal("median", 1.0, 0.97, 1.03, 7)
    assert goal.met is True
    assert replace(goal, value=1.04).met is False
    assert replace(goal, value=0.5, low=None).met is True
    assert replace(goal, value=9.0, high=None).met is True
    assert replace(goal, value=None).met is None


def test_goals_are_those_of_the_figures(make):
    power = MeasuredPower(2.02, 1.9, 2.1, 1.8, 2.2)
    visit = make.visit([make.source()], [make.detection(m_power=power)])
    listed = {goal.name: goal for goal in goals(measurements([visit], 10.0))}
    median = listed["M power, measured / true, median"]
    assert (median.value, median.n, median.met) == (1.01, 1, True)
    # one interval out of one is no 68 %
    assert listed["M power, 68 % intervals that hold it"].met is False
    assert listed["saturated: 95 % intervals that hold M"].met is None
    assert listed["place, median px"].met is True
