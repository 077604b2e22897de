.PHONY: setup-ui test-ui screenshot

setup-ui: | $(PY) ## Install what the browser tests need (chromium itself comes from the system)
	@if command -v uv >/dev/null 2>&1; then \
		uv pip install --quiet --python $(PY) -e '.[ui]'; \
	else \
		$(PY) -m pip install --quiet -e '.[ui]'; \
	fi

test-ui: | $(PY) ## Run the browser tests, and fail where there is no browser
	@REQUIRE_UI=1 $(PY) -m pytest --quiet -m ui tests/ui

screenshot: | $(PY) ## Take the README's picture of the page, from the real service
	@REQUIRE_UI=1 SCREENSHOTS=reports/figures $(PY) -m pytest --quiet -m ui -k screenshot tests/ui

