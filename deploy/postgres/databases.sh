#!/bin/bash
# Runs once, when the PostgreSQL container makes its data: one database per service, owned by the role that runs its migrations, and a
# role without DDL for the running service.
set -euo pipefail
: "${MES_DATABASE_PASSWORD:?}"
connect=(psql -v ON_ERROR_STOP=1 --username "$POSTGRES_USER")
[ -S /tmp/.s.PGSQL.5432 ] && connect+=(-h /tmp)
for service in identity workorders scheduling quality inventory equipment; do
  "${connect[@]}" --dbname postgres -v password="$MES_DATABASE_PASSWORD" <<SQL
    CREATE ROLE mes_${service}_owner LOGIN PASSWORD :'password';
    CREATE ROLE mes_${service}_app LOGIN PASSWORD :'password';
    CREATE DATABASE mes_${service} OWNER mes_${service}_owner TEMPLATE template0 ENCODING 'UTF8';
    REVOKE ALL ON DATABASE mes_${service} FROM PUBLIC;
    GRANT CONNECT ON DATABASE mes_${service} TO mes_${service}_app;
SQL
done
