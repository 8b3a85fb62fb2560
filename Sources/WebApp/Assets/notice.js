// notice
