#!/bin/sh
# After `azd provision`: runs the job make-database-role (infra/hooks/make-role.sql) inside the network and waits for its end.
set -eu

: "${SUPPORT_ROLE_JOB_ID:?is made by azd provision: run that first}"
api='api-version=2025-01-01'
job="https://management.azure.com$SUPPORT_ROLE_JOB_ID"

execution=$(az rest --only-show-errors --method post --url "$job/start?$api" --query name --output tsv)
echo "Making the desk's database role ($execution)"
tries=0
while [ "$tries" -lt 60 ]; do
    state=$(az rest --only-show-errors --method get --url "$job/executions/$execution?$api" --query properties.status --output tsv)
    case $state in
        Succeeded)
            echo "The desk's database role is there."
            exit 0
            ;;
        Failed | Stopped | Degraded)
            echo "The job make-database-role ended as $state. Its log: Log Analytics, table ContainerAppConsoleLogs_CL, ContainerGroupName_s starting with $execution." >&2
            exit 1
            ;;
    esac
    tries=$((tries + 1))
    sleep 5
done
echo "The job make-database-role did not end within 5 minutes; last state: ${state:-unknown}. Run: azd hooks run postprovision" >&2
exit 1
