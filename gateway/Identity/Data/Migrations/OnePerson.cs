using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Mes.Gateway.Identity.Data.Migrations;

/// <summary>
/// A person is entered once: users and the operators of badges become people with a code each, badges belong to them, and
/// everybody is told to who keeps them as operators. A user's code is the user name, an operator's their code: those of one
/// code are one person, who has the user's roles; a badge with others keeps its own until the person's change. Where the
/// user was revoked and a badge was still valid, the person is who the badge says, without the account.
/// </summary>
[DbContext(typeof(IdentityDb)), Migration("202611300400_OnePerson")]
sealed class OnePerson : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql("""
            alter table users rename to people;
            alter table people rename constraint users_pkey to people_pkey;
            alter table people rename constraint users_normalized_user_name_key to people_normalized_user_name_key;
            alter table people rename column display_name to name;
            alter table people rename column revoked_at to deactivated_at;
            alter table people alter user_name drop not null, alter normalized_user_name drop not null,
                add code text, add version bigint not null default 1, add off_floor_since timestamptz;
            alter table people alter version drop default;
            update people set code = case when user_name in ('.', '..') then 'user-' || id else normalize(user_name, NFC) end;
            update people p set code = code || '-' || id
                where exists (select from people other where other.code = p.code and other.id < p.id);

            insert into people (id, code, name, roles, must_change_password, created_at, version)
                select gen_random_uuid(), code, name, roles, false, created_at, 1 from (
                    select distinct on (1) normalize(operator_code, NFC) as code, name, roles, created_at from badges
                    order by 1, revoked_at is not null, created_at desc) as operator
                where not exists (select from people where people.code = operator.code);
            with at_work as (
                select distinct on (1) normalize(operator_code, NFC) as code, roles from badges where revoked_at is null
                order by 1, created_at desc)
            update people p set roles = w.roles, deactivated_at = null, user_name = null, normalized_user_name = null,
                    password_hash = null, must_change_password = false
                from at_work w where w.code = p.code and p.deactivated_at is not null;
            update sessions set revoked_at = now() from people p
                where p.id = user_id and p.user_name is null and sessions.revoked_at is null;
            alter table people alter code set not null, add constraint people_code_key unique (code);

            alter table badges add person_id uuid references people;
            update badges set person_id = p.id from people p where p.code = normalize(operator_code, NFC);
            alter table badges alter person_id set not null, alter roles drop not null;
            update badges set roles = null from people p where p.id = person_id and p.roles = badges.roles
                and p.roles <@ '{operator,foreman,quality,warehouse,maintenance}';
            alter table badges drop column operator_code, drop column name;
            create index badges_person_id on badges (person_id);

            alter table sessions drop constraint sessions_check;
            update sessions set user_id = b.person_id from badges b where b.id = badge_id;
            alter table sessions rename column user_id to person_id;
            alter table sessions alter person_id set not null;
            alter index sessions_user rename to sessions_person;
            """);
        migrationBuilder.Sql("""
            update people set off_floor_since = now() -- until now they worked, whatever the account was
            where deactivated_at is not null or not exists (
                select from unnest(roles || coalesce((select array_agg(role) from badges, unnest(badges.roles) as role
                    where person_id = people.id and revoked_at is null), '{}')) as role
                where role in ('operator', 'foreman', 'administrator'));
            insert into outbox (message_id, type, body)
            select gen_random_uuid(), 'PersonChanged', jsonb_build_object('code', code, 'version', version, 'name', name,
                'isActive', deactivated_at is null,
                'offFloorSince', to_char(off_floor_since at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))
            from people order by code;
            """);
    }
}
