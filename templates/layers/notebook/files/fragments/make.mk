.PHONY: notebook

notebook: | $(PY) ## Open the notebooks (installs Jupyter on first use)
	@$(PY) -m jupyterlab --version >/dev/null 2>&1 || $(PY) -m pip install --quiet -e '.[notebook]'
	@$(PY) -m jupyterlab notebooks

