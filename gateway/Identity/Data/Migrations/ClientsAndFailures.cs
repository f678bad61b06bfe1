using Mes.Persistence;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Mes.Gateway.Identity.Data.Migrations;

/// <summary>
/// Keys of one name are keys of one client, under whose id its commands go on: that of its newest key in force, so that
/// what that key has sent is still known. Failed sign-ins are counted by account and origin, no longer at the account.
/// </summary>
[DbContext(typeof(IdentityDb)), Migration("202611291300_ClientsAndFailures")]
sealed class ClientsAndFailures : Migration
{
    protected override void Up(MigrationBuilder migration) => migration.Sql("""
        create table api_clients (
            id uuid primary key,
            name text not null unique,
            created_at timestamptz not null
        );
        insert into api_clients (id, name, created_at)
            select distinct on (name) id, name, created_at from api_keys
            order by name, revoked_at is not null, created_at desc;
        alter table api_keys add column client_id uuid references api_clients;
        update api_keys set client_id = c.id from api_clients c where c.name = api_keys.name;
        alter table api_keys alter column client_id set not null;
        create index api_keys_client_id on api_keys (client_id);
        alter table api_keys drop column name;

        create table sign_in_failures (
            account text not null,
            origin text not null,
            address text not null,
            failures integer not null,
            last_at timestamptz not null,
            locked_until timestamptz,
            primary key (account, origin)
        );
        create index sign_in_failures_last_at on sign_in_failures (last_at);
        alter table users drop column lockout_end, drop column lockout_enabled, drop column access_failed_count;
        alter table badges drop column lockout_end, drop column access_failed_count;
        """ + MesSchema.Grants());
}
