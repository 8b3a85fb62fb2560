// sign-out
