#!/bin/sh
# Follows a password reset link to its end, with nothing but curl: follow_link.sh CURL CA_FILE LINK PASSWORD
# Prints the status of each page.
set -eu
curl=$1 ca=$2 link=$3 password=$4
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

page() {
  "$curl" --silent --show-error --max-time 20 --cacert "$ca" --cookie "$folder/jar" --cookie-jar "$folder/jar" \
    --output "$folder/page" --write-out '%{http_code}\n' "$@"
}

field() {
  sed -n "s/.*name=\"$1\" value=\"\([^\"]*\)\".*/\1/p" "$folder/page"
}

base=${link%%\?*}
page "$link"
page --location --data-urlencode "req=$(field req)" "$base"
page --location --data-urlencode "csrf=$(field csrf)" --data-urlencode "password=$password" \
  --data-urlencode "repeated=$password" "${base}password"
