# BEGIN SOLUTON rank
x = 1
# END SOLUTION
# Begin Solution
# SOLUTION
