# SOLUTION FILE zebra
x = 1
