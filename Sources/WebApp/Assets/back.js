// back
