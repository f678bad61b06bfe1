using Mes.Persistence;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Mes.Gateway.Identity.Data.Migrations;

[DbContext(typeof(IdentityDb)), Migration("20261120_CreateIdentity")]
sealed class CreateIdentity : Migration
{
    protected override void Up(MigrationBuilder migration) => migration.Sql(MesSchema.Sql + """
        create table users (
            id uuid primary key,
            user_name text not null,
            normalized_user_name text not null unique,
            display_name text not null,
            roles text[] not null,
            password_hash text,
            security_stamp text,
            concurrency_stamp text,
            lockout_end timestamptz,
            lockout_enabled boolean not null,
            access_failed_count integer not null,
            must_change_password boolean not null,
            created_at timestamptz not null,
            revoked_at timestamptz
        );
        create table badges (
            id uuid primary key,
            code text not null,
            operator_code text not null,
            name text not null,
            roles text[] not null,
            pin_hash text,
            access_failed_count integer not null,
            lockout_end timestamptz,
            created_at timestamptz not null,
            revoked_at timestamptz
        );
        -- a lost badge is revoked and its code may be printed again
        create unique index badges_code on badges (code) where revoked_at is null;
        create table api_keys (
            id uuid primary key,
            name text not null,
            prefix text not null,
            secret_hash bytea not null unique,
            roles text[] not null,
            created_at timestamptz not null,
            expires_at timestamptz,
            revoked_at timestamptz
        );
        create table devices (
            id uuid primary key,
            name text not null,
            equipment text[] not null,
            roles text[] not null,
            secret_hash bytea not null unique,
            created_at timestamptz not null,
            revoked_at timestamptz
        );
        create table sessions (
            id uuid primary key,
            secret_hash bytea not null unique,
            user_id uuid references users,
            badge_id uuid references badges,
            device_id uuid references devices,
            created_at timestamptz not null,
            expires_at timestamptz not null,
            revoked_at timestamptz,
            check (num_nonnulls(user_id, badge_id) = 1)
        );
        create index sessions_user on sessions (user_id) where revoked_at is null;
        create index sessions_badge on sessions (badge_id) where revoked_at is null;
        create index sessions_expiry on sessions (expires_at);
        """ + MesSchema.Grants());
}
