"""What the ground below Io's surface is like, by the heat it radiates at 0.6 to 22 GHz."""
