### Transport: play, steps, speed.
