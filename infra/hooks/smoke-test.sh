#!/bin/sh
# Both apps can work, and a question is decided on. An empty desk decides to call a person: that is an answer, too.
set -eu
umask 077

: "${SUPPORT_FUNCTIONS_URL:?is made by azd provision: run that first}"
: "${SUPPORT_INGESTION_URL:?is made by azd provision: run that first}"
: "${SUPPORT_UPLOAD_KEY:?is made by infra/hooks/make-secrets.sh: run azd provision first}"

answer=$(mktemp)
trap 'rm -f "$answer"' EXIT
trap 'exit 130' INT TERM

fail() {
    echo "$1: $(head -c 500 "$answer" | tr '\n' ' ')" >&2
    exit 1
}

for app in "$SUPPORT_FUNCTIONS_URL" "$SUPPORT_INGESTION_URL"; do
    curl --silent --show-error --fail-with-body --max-time 60 --retry "${SUPPORT_SMOKE_TRIES:-6}" --retry-delay 5 --retry-all-errors --output "$answer" "$app/health" || fail "GET $app/health failed"
    echo "$app can work."
done

printf 'header = "Authorization: Bearer %s"\n' "$SUPPORT_UPLOAD_KEY" |
    curl --silent --show-error --fail-with-body --config - --max-time 60 --header 'Content-Type: application/json' \
        --data '{"question": "Can you hear me?"}' --output "$answer" "$SUPPORT_FUNCTIONS_URL/ask" || fail "POST $SUPPORT_FUNCTIONS_URL/ask failed"
grep -q '"decision"' "$answer" || fail "POST $SUPPORT_FUNCTIONS_URL/ask gave no decision"
echo "A question was decided on. The owner's one-time link: https://t.me/YOUR_BOT?start=CODE with CODE from: azd env get-value SUPPORT_OWNER_CODE"
