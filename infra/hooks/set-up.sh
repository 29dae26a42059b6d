#!/bin/sh
# After `azd deploy`: POST /set-up brings the database to its newest shape, makes company and bot, and registers the webhook. Twice is fine.
set -eu
umask 077

: "${SUPPORT_FUNCTIONS_URL:?is made by azd provision: run that first}"
: "${SUPPORT_UPLOAD_KEY:?is made by infra/hooks/make-secrets.sh: run azd provision first}"

answer=$(mktemp)
trap 'rm -f "$answer"' EXIT
trap 'exit 130' INT TERM

# A new app answers 404, 502 or 503 for a while; 4xx of the desk itself are final.
tries=0
while :; do
    # The key goes in through standard input: a command line can be read by everybody on the machine.
    status=$(printf 'header = "Authorization: Bearer %s"\n' "$SUPPORT_UPLOAD_KEY" |
        curl --silent --show-error --config - --request POST --data '' --max-time 230 --output "$answer" --write-out '%{http_code}' "$SUPPORT_FUNCTIONS_URL/set-up") || status=000
    tries=$((tries + 1))
    case $status in
        200)
            # A bot whose webhook was refused, or an index that is not ready, stands in the answer, with the reason.
            if grep -q '"problem":"' "$answer"; then
                echo "The desk is set up, but something is wrong: $(head -c 500 "$answer" | tr '\n' ' ')" >&2
                exit 1
            fi
            echo "The desk is set up."
            exit 0
            ;;
        000 | 404 | 5*) if [ "$tries" -lt "${SUPPORT_SET_UP_TRIES:-30}" ]; then sleep "${SUPPORT_SET_UP_PAUSE:-10}"; continue; fi ;;
    esac
    echo "POST $SUPPORT_FUNCTIONS_URL/set-up answered $status: $(head -c 500 "$answer" | tr '\n' ' ')" >&2
    exit 1
done
