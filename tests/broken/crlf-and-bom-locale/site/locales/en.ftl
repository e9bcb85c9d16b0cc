timeline = كلمات
# Test
بroken
