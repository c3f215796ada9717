"""Configuration files of EVlink stations: kept byte for byte, explained, compared, edited."""
