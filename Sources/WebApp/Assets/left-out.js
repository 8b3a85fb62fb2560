// left-out
