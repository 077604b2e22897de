.PHONY: docker

docker: ## Build the image and start it with compose
	@docker compose up --build --detach --wait

