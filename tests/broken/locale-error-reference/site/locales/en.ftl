timeline = { no-such-words }
