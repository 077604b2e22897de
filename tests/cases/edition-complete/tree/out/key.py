ANSWERS = {"one": "hidden answer"}
