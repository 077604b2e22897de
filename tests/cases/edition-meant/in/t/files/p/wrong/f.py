# SOLUTION FLIE rank
secret
