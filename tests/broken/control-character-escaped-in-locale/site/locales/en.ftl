timeline = Time{"\uFFFF"}line
