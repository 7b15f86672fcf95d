# `make` alone lists what there is. Everything local needs cargo and python3 (3.10 or newer), no AWS
# account and no Docker; the tools it installs live in .local/.

local := python3 infra/local/launch.py

.DEFAULT_GOAL := help
.PHONY: help run sign-in stop clean doctor query redrive invoke test demo model planted bench utilization cost documents lint tables catalogue backup restore deploy application sign-in-aws simulate

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: ## Sellerport on this machine against simulated Amazon sellers; PORT=4566 chooses the port
	@$(local) run

sign-in: ## a fresh sign-in link for the running one
	@$(local) sign_in

stop: ## stop it from another terminal
	@$(local) stop

clean: ## forget what it did; the next run starts afresh
	@$(local) stop forget

doctor: ## what is wrong with the set-up and how to mend it; STACK=… AWS_REGION=… asks a deployed one
	@$(local) doctor

query: ## the landed data as tables in DuckDB: Q="select …", or four examples; STACK=… AWS_REGION=… of a deployed one
	@Q="$(Q)" $(local) query

redrive: ## send dead letters again: Q=orders, or all queues; STACK=… AWS_REGION=… of a deployed one
	@$(local) redrive "$(Q)"

invoke: ## run one function in it: F=dispatch E=events/dispatch-schedule.json
	@$(local) invoke "$(F)" "$(E)"

demo: ## two sellers connected, fetched, one revoked and reconnected; every figure checked
	@$(local) demo

test: ## all tests, then the demo and its search for leaked secrets
	@$(local) tests

model: ## the refresh protocol in every interleaving, 10 million states and more
	@cargo run --release --quiet -p sellerport-model -- --states 10000000

planted: ## each planted bug is noticed by a test: plants them in a copy; N="6 7" takes some
	@$(local) planted $(N)

simulate: ## days of every fault at once, each seed another order of things: SEEDS=1000 FROM=1
	@cargo run --profile simulate --quiet -p sellerport-tests --bin voyages -- $(or $(SEEDS),100) $(or $(FROM),1)

bench: ## what the functions cost: size, CPU, memory, next to a bare one; ARGS=--quick
	@$(local) bench $(ARGS)

utilization: ## how much of Amazon's buckets is used, beside what pollers do; ARGS=--json
	@$(local) utilization $(ARGS)

cost: ## what a seller costs a month, counted in simulated days; ARGS=--json
	@cargo run --profile figures --quiet --locked -p sellerport-figures --bin cost -- $(ARGS)

documents: ## CPU and memory of reading reports and pages, beside Python's readers; ARGS=--quick
	@$(local) documents $(ARGS)

lint: ## formatting, clippy, the template
	@cargo fmt --all --check
	@cargo clippy --workspace --all-targets --locked -- -D warnings
	@$(local) deploy_aws lint

tables: ## docs/tables.md, docs/views.sql and the template's tables anew, from shared/core/src/tables
	@cargo run --quiet --locked -p sellerport-tables --bin tables -- write .

catalogue: ## the list of Amazon's operations anew, from its models: MODELS=<folder>
	@python3 infra/catalogue/make.py $(MODELS)

backup: ## FILE=rows.jsonl: all connections, streams and audit rows, tokens sealed; STACK=… for a deployed stack
	@$(local) backup backup "$(FILE)"

restore: ## FILE=rows.jsonl: into an empty stack that uses the same key
	@$(local) backup restore "$(FILE)"

deploy: ## to AWS: build for arm64, show the changes, ask, deploy; DRY=1 stops short of calling AWS
	@$(local) deploy_aws deploy

application: ## enter an Amazon application (ids and secret) into the deployed stack; asks for them
	@$(local) deploy_aws application

sign-in-aws: ## a fresh sign-in link for the deployed stack
	@$(local) deploy_aws sign-in
