timeline = { $
