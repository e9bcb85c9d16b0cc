timeline = كلمات
# Test
broken
