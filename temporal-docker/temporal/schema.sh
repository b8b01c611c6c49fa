#!/bin/sh
# Makes both databases of Temporal, or brings them up to the schema of this version. Safe to run again.
set -eu
for database in temporal temporal_visibility; do
  case $database in
    temporal) schema=temporal ;;
    temporal_visibility) schema=visibility ;;
  esac
  sql() { temporal-sql-tool --plugin postgres12 --ep postgresql --port 5432 --user temporal --db "$database" "$@"; }
  sql create
  sql setup-schema --version 0.0 || echo "$database has a schema already"
  sql update-schema --schema-dir "/etc/temporal/schema/postgresql/v12/$schema/versioned"
done
