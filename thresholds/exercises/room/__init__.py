"""A group in a room: sheets, the answers that come back, what they come to, and a course before and after."""
