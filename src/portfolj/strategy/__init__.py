"""Did the money follow the priorities that the board had stated?"""
