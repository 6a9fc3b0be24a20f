#!/bin/sh
# Delivers an event as Stripe does: deliver.sh ADDRESS BODY [SECRET [SECONDS-AGO]]
body=$2 secret=${3:-whsec_development} time=$(($(date +%s) - ${4:-0}))
signature=$(printf '%s.%s' "$time" "$body" | openssl dgst -sha256 -hmac "$secret" -r | cut -d ' ' -f 1)
curl -s -w ' %{http_code}\n' "$1/hooks/stripe" -d "$body" -H 'Content-Type: application/json' \
    -H "Stripe-Signature: t=$time,v1=$signature"
