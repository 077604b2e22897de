print("Hello from Hello World")
