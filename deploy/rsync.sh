#!/bin/sh
# Copies a site to a host by SSH: deploy/rsync.sh HOST:/srv/www/timeline [FOLDER].
#
# New files are complete before the first takes its place, and stale ones go at the end.
set -eu
rsync --archive --checksum --compress --delay-updates --delete-after --exclude=/.annals --chmod=D755,F644 "${2-public}/" "$1/"
