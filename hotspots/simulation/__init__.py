"""Forward model: scenes of Io and the frames that the camera would take of them.

Built from published facts alone.  Whatever those leave open is a `ranges.Range` that is
drawn anew for every visit.
"""
