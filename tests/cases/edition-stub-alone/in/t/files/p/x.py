x = 1
# STUB: pass
