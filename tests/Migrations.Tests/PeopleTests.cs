using Mes.Persistence;
using static Mes.Migrations.Tests.OldDatabase;

namespace Mes.Migrations.Tests;

/// <summary>Users, the operators of badges and those of WorkOrders go on as people.</summary>
public class PeopleTests
{
    [Fact]
    public async Task Users_and_the_operators_of_badges_become_people_who_are_told_of()
    {
        await using var database = await Before("identity", "202611300330_DropStamps", """
            insert into users (id, user_name, normalized_user_name, display_name, roles, password_hash, must_change_password,
                created_at, revoked_at) values
                ('00000000-0000-0000-0000-000000000001', 'boss', 'BOSS', 'The boss', '{administrator}', 'h', false, now(), null),
                ('00000000-0000-0000-0000-000000000002', 'P1', 'P1', 'One', '{planner}', 'h', false, now(), null),
                ('00000000-0000-0000-0000-000000000003', 'gone', 'GONE', 'Gone', '{operator}', 'h', false, now(),
                    now() - interval '9 days'),
                ('00000000-0000-0000-0000-000000000004', '..', '..', 'Dots', '{quality}', 'h', false, now(), null),
                ('00000000-0000-0000-0000-000000000005', 'P5', 'P5', 'Five', '{administrator}', 'h', true, now(),
                    now() - interval '9 days');
            insert into badges (id, code, operator_code, name, roles, created_at, revoked_at) values
                ('00000000-0000-0000-0000-000000000011', 'b1', 'P1', 'One', '{operator}', now(), null),
                ('00000000-0000-0000-0000-000000000012', 'b2', 'P2', 'Two once', '{foreman}', now() - interval '2 days', now()),
                ('00000000-0000-0000-0000-000000000013', 'b3', 'P2', 'Two', '{operator}', now() - interval '3 days', null),
                ('00000000-0000-0000-0000-000000000014', 'b4', 'P5', 'Five', '{operator}', now(), null),
                ('00000000-0000-0000-0000-000000000015', 'b5', 'boss', 'The boss', '{administrator}', now(), null);
            insert into sessions (id, secret_hash, user_id, badge_id, created_at, expires_at) values
                (gen_random_uuid(), '1', '00000000-0000-0000-0000-000000000001', null, now(), now()),
                (gen_random_uuid(), '2', null, '00000000-0000-0000-0000-000000000013', now(), now()),
                (gen_random_uuid(), '3', '00000000-0000-0000-0000-000000000005', null, now(), now()),
                (gen_random_uuid(), '4', null, '00000000-0000-0000-0000-000000000014', now(), now());
            """);

        (await Rows(database, "select code || ' ' || name || ' ' || roles::text || ' ' || (off_floor_since is null) from people"))
            .ShouldBe(["boss The boss {administrator} true", "P1 One {planner} true", "gone Gone {operator} false",
                "user-00000000-0000-0000-0000-000000000004 Dots {quality} false", "P2 Two {operator} true",
                "P5 Five {operator} true"], ignoreOrder: true);
        (await Rows(database, """
            select code || ' ' || (user_name is null and normalized_user_name is null and password_hash is null
                and not must_change_password) from people where deactivated_at is null order by code
            """)).ShouldBe(["P1 false", "P2 true", "P5 true", "boss false", "user-00000000-0000-0000-0000-000000000004 false"],
                ignoreOrder: true);
        (await Rows(database, "select code from people where off_floor_since < now() - interval '1 day'"))
            .ShouldBeEmpty("until the upgrade they were on the floor");
        (await Rows(database, """
            select b.code || ' ' || p.code || ' ' || coalesce(b.roles::text, 'all')
            from badges b join people p on p.id = person_id
            """)).ShouldBe(["b1 P1 {operator}", "b2 P2 {foreman}", "b3 P2 all", "b4 P5 all", "b5 boss {administrator}"],
                ignoreOrder: true);
        (await Rows(database, """
            select p.code || ' ' || (s.revoked_at is null) from sessions s join people p on p.id = s.person_id
            """)).ShouldBe(["boss true", "P2 true", "P5 false", "P5 true"], ignoreOrder: true);
        (await Rows(database, "select body->>'code' || ' ' || (body->>'isActive') from outbox where type = 'PersonChanged'"))
            .ShouldBe(["boss true", "P1 true", "gone false", "user-00000000-0000-0000-0000-000000000004 true", "P2 true",
                "P5 true"], ignoreOrder: true);
        foreach (var body in await Rows(database, "select body::text from outbox"))
            System.Text.Json.JsonSerializer.Deserialize<Contracts.PersonChanged>(body, MessageJson.Options)!.Version.ShouldBe(1);
    }

    [Fact]
    public async Task People_are_told_of_in_UTC_whatever_the_zone_of_the_database()
    {
        await using var database = await Before("identity", "202611300330_DropStamps", """
            insert into users (id, user_name, normalized_user_name, display_name, roles, must_change_password, created_at)
                values (gen_random_uuid(), 'P1', 'P1', 'One', '{planner}', false, now());
            """, zone: "Asia/Kolkata");

        var told = System.Text.Json.JsonSerializer.Deserialize<Contracts.PersonChanged>(
            (await Rows(database, "select body::text from outbox")).Single(), MessageJson.Options)!;
        told.OffFloorSince!.Value.Offset.ShouldBe(TimeSpan.Zero);
        told.OffFloorSince.Value.ShouldBe(TimeProvider.System.GetUtcNow(), TimeSpan.FromMinutes(5));
    }

    [Fact]
    public async Task Operators_stay_valid_with_their_skills_and_are_known_only_there()
    {
        await using var database = await Before("workorders", "202611292130_KnowResources", """
            INSERT INTO operator (code, name, qualifications) VALUES ('P7', 'Seven', '{m1,m2}');
            INSERT INTO sign_on (id, operator, station, signed_on_at) VALUES (gen_random_uuid(), 'P7', 'm1', now());
            """);

        (await Rows(database, """
            SELECT concat_ws(' ', code, name, qualifications, version, is_active, off_floor_since IS NULL) FROM operator
            """)).ShouldBe(["P7 Seven {m1,m2} 0 t t"]);
        (await Rows(database, "SELECT operator FROM sign_on WHERE signed_off_at IS NULL")).ShouldBe(["P7"]);
    }
}
