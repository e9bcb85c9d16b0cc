#!/bin/sh
# Uploads a site to S3: deploy/s3.sh BUCKET[/PATH] [FOLDER]. Untested: it has not run against AWS yet.
#
# A file is uploaded if its size or time differs. Builds keep the times of files that did not change, so a machine that keeps its
# output folder uploads only what changed. Do not use --size-only: a correction may have the size of the mistake.
set -eu
to=s3://$1
from=${2-public}

# Pages come last, so that they never refer to files that are not there yet; stale files go at the end.
sync() { aws s3 sync "$from" "$to" --exclude .annals "$@"; }
sync --exclude '*.html' --cache-control no-cache
sync --exclude '*' --include '*.html' --cache-control no-cache --content-type 'text/html; charset=utf-8'
aws s3 sync "$from" "$to" --exclude .annals --delete
