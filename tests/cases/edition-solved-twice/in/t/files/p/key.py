# HIDDEN FILE
ANSWERS = {"one": "hidden answer"}
