all: run
