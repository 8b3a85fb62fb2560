// new-screen
