// accounts, sign-in and sessions
