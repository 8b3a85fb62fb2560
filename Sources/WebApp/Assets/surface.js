// surface
