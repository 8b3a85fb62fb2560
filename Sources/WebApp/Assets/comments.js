// comments
