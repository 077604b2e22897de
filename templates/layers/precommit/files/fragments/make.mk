.PHONY: hooks

hooks: | $(PY) ## Check before every commit from now on
	@$(PY) -m pre_commit install

