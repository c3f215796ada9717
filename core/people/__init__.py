"""The people of a site: accounts in its book, waits after wrong passwords, what a password must be."""
