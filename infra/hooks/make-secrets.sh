#!/bin/sh
# Before `azd provision`: what the desk's secrets are missing is made, and what only a person knows is asked for. Each once; the azd
# environment (.azure/NAME/.env, on this computer) keeps them. Secrets pass through a private file, never through a command line.
set -eu
umask 077

new=$(mktemp)
trap 'rm -f "$new"' EXIT
trap 'exit 130' INT TERM

is_set() { eval "[ -n \"\${$1:-}\" ]"; }

keep() { printf '%s="%s"\n' "$1" "$2" >> "$new"; }

make() {
    name=$1
    shift
    if is_set "$name"; then return 0; fi
    value=$("$@")
    keep "$name" "$value"
}

# ask NAME "question" hidden|shown
ask() {
    if is_set "$1"; then return 0; fi
    if [ ! -t 0 ]; then
        echo "$1 is not set, and nobody can be asked here. Put it into a file as $1=… and run: azd env set --file FILE" >&2
        exit 1
    fi
    printf '%s: ' "$2" >&2
    if [ "$3" = hidden ]; then stty -echo; fi
    IFS= read -r answer || answer=
    if [ "$3" = hidden ]; then stty echo; echo >&2; fi
    case $answer in
        '') echo "$1 is needed." >&2; exit 1 ;;
        *[!A-Za-z0-9:@._+-]*) echo "$1 holds a character that no such value has. Copy it anew." >&2; exit 1 ;;
    esac
    keep "$1" "$answer"
}

# Azure wants three kinds of characters in the administrator's password.
azure_password() { printf 'Aa1-%s' "$(openssl rand -hex 24)"; }

ask TELEGRAM_BOT_TOKEN "Token of the bot, from @BotFather (not shown)" hidden
ask SUPPORT_ALERT_EMAIL "Mail address for alerts and the budget" shown
make SUPPORT_MASTER_KEY openssl rand -base64 32
make SUPPORT_UPLOAD_KEY openssl rand -hex 32
make SUPPORT_OWNER_CODE openssl rand -hex 16
make SUPPORT_DATABASE_ADMIN_PASSWORD azure_password
make SUPPORT_DATABASE_PASSWORD openssl rand -hex 24
make SUPPORT_QDRANT_API_KEY openssl rand -hex 32
make SUPPORT_BUDGET_START date -u +%Y-%m-01

if [ -s "$new" ]; then
    azd env set --file "$new"
    echo "Kept in the azd environment: $(cut -d= -f1 "$new" | tr '\n' ' ')"
fi
