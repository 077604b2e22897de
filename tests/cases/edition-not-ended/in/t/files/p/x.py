x = 1
# BEGIN SOLUTION rank
y = 2
