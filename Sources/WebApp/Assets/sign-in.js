// sign-in
