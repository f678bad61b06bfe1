#!/bin/bash
# Runs once, when the PostgreSQL container makes its data: one database per service, owned by the role that runs its migrations, and a
# role without DDL for the running service. Each service has a password of its own: MES_IDENTITY_PASSWORD, MES_WORKORDERS_PASSWORD ...
set -euo pipefail
connect=(psql -v ON_ERROR_STOP=1 --username "$POSTGRES_USER")
[ -S /tmp/.s.PGSQL.5432 ] && connect+=(-h /tmp)
for service in identity workorders scheduling quality inventory equipment; do
  password=MES_${service^^}_PASSWORD
  "${connect[@]}" --dbname postgres -v password="${!password:?}" <<SQL
    CREATE ROLE mes_${service}_owner LOGIN PASSWORD :'password';
    CREATE ROLE mes_${service}_app LOGIN PASSWORD :'password';
    CREATE DATABASE mes_${service} OWNER mes_${service}_owner TEMPLATE template0 ENCODING 'UTF8';
    REVOKE ALL ON DATABASE mes_${service} FROM PUBLIC;
    GRANT CONNECT ON DATABASE mes_${service} TO mes_${service}_app;
SQL
done
