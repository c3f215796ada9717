"""What was read from the devices of a site at one moment, kept in files that people read without the program."""
