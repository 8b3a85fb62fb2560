// remove-file
