"""The verbs of the command line, one module each; none of them imports Qt before it opens a window."""
