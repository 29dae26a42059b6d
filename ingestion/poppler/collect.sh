#!/bin/sh
# Fills a folder with this machine's pdftotext and all that it needs to run on another Linux (x64): its libraries, the loader that
# finds them, and everyone's licence. A function app's machine has neither poppler nor a way to install it.
set -eu

target=${1:?give the folder to fill}
program=$(command -v pdftotext) || {
    echo "pdftotext is not installed here, so it cannot be shipped: apt-get install poppler-utils (Debian, Ubuntu), or publish with -p:ShipPdfToText=false and do without PDF." >&2
    exit 1
}
case "$(uname -sm)" in
    'Linux x86_64') ;;
    *) echo "pdftotext can be shipped from Linux on x64 only; this is $(uname -sm). Publish in a Debian container, or with -p:ShipPdfToText=false and do without PDF." >&2; exit 1 ;;
esac

rm -rf "$target"
mkdir -p "$target/lib" "$target/licences"
cp -L "$program" "$target/pdftotext"

# "libz.so.1 => /lib/x86_64-linux-gnu/libz.so.1 (0x…)"; the loader stands alone: "/lib64/ld-linux-x86-64.so.2 (0x…)".
ldd "$program" | awk '$2 == "=>" && $3 ~ /^\// { print $3 } $1 ~ /^\// { print $1 }' | while read -r library; do
    cp -L "$library" "$target/lib/"
done
mv "$target"/lib/ld-linux-*.so.* "$target/loader"
# nss loads these by name, when a document is signed or encrypted.
for name in libsoftokn3.so libfreebl3.so libfreeblpriv3.so libnssdbm3.so; do
    for folder in /usr/lib/x86_64-linux-gnu /usr/lib/x86_64-linux-gnu/nss /usr/lib64; do
        if [ -f "$folder/$name" ]; then cp -L "$folder/$name" "$target/lib/"; fi
    done
done

if command -v dpkg >/dev/null 2>&1; then
    { echo "$program"; ldd "$program" | awk '$2 == "=>" && $3 ~ /^\// { print $3 }'; } | while read -r file; do
        dpkg -S "$(readlink -f "$file")" 2>/dev/null || dpkg -S "$file" 2>/dev/null || true
    done | sed 's/:.*//' | sort -u | while read -r package; do
        cp -L "/usr/share/doc/$package/copyright" "$target/licences/$package.txt"
    done
fi
# poppler is under the GPL, version 2 or 3: whoever passes this folder on passes on the right to its source.
if [ -z "$(ls -A "$target/licences")" ]; then
    echo "pdftotext and its libraries come from this machine's packages; their licences and sources are with its distribution." >"$target/licences/README.txt"
fi
