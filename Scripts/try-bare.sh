#!/usr/bin/env bash
# The trial of a new user: a bare Debian in a folder of its own, Swift bound in, a fresh clone of HEAD, and the
# README's two commands, `make demo` and `make test`. By hand, not in CI; needs root, debootstrap and the network.
#
#   Scripts/try-bare.sh [TARGET…]      make targets to run (default: demo test)
#   KEEP=1                             leave the folder for a look inside (it is unmounted all the same)
#   ROOT=DIR                           where to build it (default: a new folder below ${TMPDIR:-/tmp})
#   SUITE=…                            Debian's release (default: this machine's)
#   ISOBOLE_REFERENCE=DIR              reference data, bound read-only (default: ../shared/reference if it is there)
set -euo pipefail

targets=("$@")
[ ${#targets[@]} -gt 0 ] || targets=(demo test)
cd "$(dirname "${BASH_SOURCE[0]}")/.."
[ "$(id -u)" = 0 ] || { echo "try-bare: needs root (mounts, chroot)" >&2; exit 2; }
for tool in debootstrap git swift; do
  command -v "$tool" >/dev/null || { echo "try-bare: $tool is not installed" >&2; exit 2; }
done

suite=${SUITE:-$(. /etc/os-release && echo "$VERSION_CODENAME")}
root=${ROOT:-$(mktemp -d "${TMPDIR:-/tmp}/isobole-bare.XXXXXX")}
swift=$(readlink -f "$(command -v swift)")
toolchain=${swift%/bin/*} # the folder that holds bin/ and lib/
case $toolchain in /usr | "") echo "try-bare: Swift lies in /usr, which the bare machine has of its own" >&2; exit 2 ;; esac
reference=${ISOBOLE_REFERENCE:-../shared/reference}
mounts=()

finish() {
  local status=$? index left=0
  trap - EXIT
  for ((index = ${#mounts[@]} - 1; index >= 0; index--)); do
    umount -l "${mounts[index]}" || left=1
  done
  if [ -n "${KEEP:-}" ]; then
    echo "try-bare: kept $root"
  elif [ "$left" = 0 ] && ! grep -qF " $root/" /proc/mounts; then
    rm -rf --one-file-system "$root"
  else
    echo "try-bare: something is still mounted below $root; left as it is" >&2
  fi
  exit "$status"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

bind() { # bind FROM [read-only]: the same path inside
  mkdir -p "$root$1"
  mount --bind "$1" "$root$1"
  mounts+=("$root$1")
  if [ "${2:-}" = read-only ]; then mount -o remount,ro,bind "$root$1"; fi
}

stage() { # stage NAME COMMAND…: runs it and says how long it took
  local name=$1 begin=$SECONDS
  shift
  echo "── $name"
  "$@"
  timings+=("$(printf '%-28s %5d s' "$name" $((SECONDS - begin)))")
}
timings=()

bare() { # a minimal Debian that takes its packages from where this machine does
  local mirror
  mirror=$(grep -rhoE 'https?://[^] ]+/debian/?( |$)' /etc/apt/sources.list /etc/apt/sources.list.d 2>/dev/null |
    grep -v security | head -1 | tr -d ' ' || true)
  debootstrap --variant=minbase --include=ca-certificates,make,git "$suite" "$root" ${mirror:+"$mirror"} >"$root.log" 2>&1 ||
    { tail -20 "$root.log" >&2; return 1; }
  rm -f "$root.log"
  for file in /etc/resolv.conf /etc/hosts; do cp -L --remove-destination "$file" "$root$file"; done
  rm -rf "$root/etc/apt/sources.list" "$root/etc/apt/sources.list.d"
  cp -rL /etc/apt/. "$root/etc/apt/"
  # A proxy's or company's certificates, and pip's settings, where this machine has them. The destination goes first:
  # a link in there leads to this machine's files.
  cp -L --remove-destination /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/ca-certificates.crt"
  [ ! -d /usr/local/share/ca-certificates ] || cp -rL /usr/local/share/ca-certificates "$root/usr/local/share/"
  [ ! -f /etc/pip.conf ] || cp -L /etc/pip.conf "$root/etc/pip.conf"
}

mount_all() {
  mount -t proc proc "$root/proc" # the toolchain finds its libraries through it
  mounts+=("$root/proc")
  bind /dev
  bind "$toolchain" read-only
  # Copies of Swift packages on this machine: `git config url.FOLDER.insteadOf ADDRESS`.
  local key address folder
  while read -r key address; do
    folder=${key#url.}
    folder=${folder%.insteadof}
    folder=${folder#file://}
    git config --file "$root/root/.gitconfig" --add "url.${folder}.insteadOf" "$address"
    folder=${folder%/}
    if [ -d "$folder" ] && ! mountpoint -q "$root$folder"; then bind "$folder" read-only; fi
  done < <(git config --get-regexp '^url\..*\.insteadof$' || true)
  git config --file "$root/root/.gitconfig" --add safe.directory '*'
  if [ -d "$reference" ]; then
    mkdir -p "$root/reference"
    mount --bind "$(realpath "$reference")" "$root/reference"
    mounts+=("$root/reference")
    mount -o remount,ro,bind "$root/reference"
  fi
}

inside() { # inside COMMAND…: in the bare machine, with nothing of this one's environment but proxies
  local pass=() name
  for name in http_proxy https_proxy no_proxy HTTP_PROXY HTTPS_PROXY NO_PROXY \
    PIP_INDEX_URL PIP_CERT SSL_CERT_FILE REQUESTS_CA_BUNDLE; do
    [ -z "${!name:-}" ] || pass+=("$name=${!name}")
  done
  [ ! -d "$root/reference" ] || pass+=(ISOBOLE_REFERENCE=/reference)
  chroot "$root" /usr/bin/env -i HOME=/root LANG=C.UTF-8 TERM=dumb SWIFT_BACKTRACE=enable=no \
    PATH="$toolchain/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin" "${pass[@]}" "$@"
}

# What Swift itself needs from Debian: a user with Swift installed has these.
swift_needs() {
  inside apt-get update -qq
  inside env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends binutils libc6-dev \
    libgcc-12-dev libstdc++-12-dev libcurl4 libedit2 libsqlite3-0 libxml2 libz3-4 zlib1g-dev libncurses6 >/dev/null
  inside swift --version
}

clone() {
  git clone -q --no-local --no-hardlinks . "$root/root/isobole"
  inside git -C /root/isobole log -1 --oneline
}

stage "bare $suite" bare
stage "mounts" mount_all
stage "what Swift needs" swift_needs
stage "clone" clone
for target in "${targets[@]}"; do stage "make $target" inside make -C /root/isobole "$target"; done
if [[ " ${targets[*]} " == *" demo "* ]]; then
  inside sh -c 'ls -l /root/isobole/Reports/demo && head -4 /root/isobole/Reports/demo/ranking.csv | cut -c1-100'
fi
echo "── times"
printf '%s\n' "${timings[@]}"
