#!/bin/sh
# Makes, beside this script, the secrets and settings (desk.env for the desks, database.env and qdrant.env with only what those two need)
# and desk.pem, a certificate for trials that no browser and no Telegram trusts. What is there already stays.
set -eu
umask 077
cd "$(dirname "$0")"

if [ ! -e desk.env ]; then
    database=$(openssl rand -hex 24)
    qdrant=$(openssl rand -hex 32)
    master=$(openssl rand -base64 32)
    upload=$(openssl rand -hex 32)
    superuser=$(openssl rand -hex 24)
    # A heredoc: nothing secret stands on a command line.
    cat > desk.env <<END
# Settings of the desks; docs/settings.md explains each. Keep this file where you keep passwords.
Support__Telegram__Token=
Support__Telegram__PublicUrl=
Support__Desk__Tenant=default
Support__Database__ConnectionString=postgres://support:$database@postgres:5432/support
Support__Security__MasterKey=$master
Support__Http__UploadKey=$upload
Support__Qdrant__Url=http://qdrant:6333
Support__Qdrant__ApiKey=$qdrant
END
    printf 'POSTGRES_PASSWORD=%s\nSUPPORT_DATABASE_PASSWORD=%s\n' "$superuser" "$database" > database.env
    printf 'QDRANT__SERVICE__API_KEY=%s\n' "$qdrant" > qdrant.env
    echo "desk.env is made. Write the bot's token and the public address into it."
fi
if [ ! -e desk.pem ]; then
    openssl req -x509 -newkey rsa:2048 -nodes -days 90 -subj /CN=localhost -keyout desk.pem -out desk.crt 2>/dev/null
    cat desk.crt >> desk.pem
    rm desk.crt
    # HAProxy reads it as a user of its own.
    chmod 644 desk.pem
    echo "desk.pem is made, for trials. Put a real certificate with its chain and key there before Telegram calls."
fi
