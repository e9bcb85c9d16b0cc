timeline = Test
broken
