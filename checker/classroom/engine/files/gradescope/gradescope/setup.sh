#!/usr/bin/env bash
# Gradescope runs this once, when it builds the image of the autograder.
set -euo pipefail

# Where racelab's source is, and which branch or tag of it.
RACELAB_SOURCE=${RACELAB_SOURCE:-https://git.example.edu/racelab.git}
RACELAB_REF=${RACELAB_REF:-main}
GO_VERSION=${GO_VERSION:-1.26.0}

apt-get update
apt-get install -y --no-install-recommends ca-certificates curl gcc git libc6-dev
curl -fsSL "https://go.dev/dl/go$GO_VERSION.linux-amd64.tar.gz" | tar -C /usr/local -xz
export PATH=/usr/local/go/bin:$PATH HOME=/root

git clone --quiet --depth 1 --branch "$RACELAB_REF" "$RACELAB_SOURCE" /usr/local/src/racelab
go build -C /usr/local/src/racelab -o /usr/local/bin/racelab ./cmd/racelab
# This fills Go's caches.
racelab doctor
