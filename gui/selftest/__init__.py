"""Whether this program is whole: what it needs is there and works, without a device and without a network.

``table.CHECKS`` lists the checks; each is a function that returns a few words, or raises what is wrong in a sentence.
"""
