"""The state's allocation model: how a frame is shared among federations, to the krona, and what moves one's share."""
