print("Hello from My Bot")
