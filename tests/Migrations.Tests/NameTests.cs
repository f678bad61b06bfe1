namespace Mes.Migrations.Tests;

/// <summary>What is kept as JSON is read under the names of today.</summary>
public class NameTests
{
    [Fact]
    public async Task Plans_name_their_operation_wherever_they_are_kept()
    {
        await using var database = await OldDatabase.Before("quality", "202611292110_FindByTime", """
            INSERT INTO inspection_plan (code, version, definition, operation_code, is_active, changed_at) VALUES
                ('Q1', 1, '{"name": "One", "operationCode": "saw"}', 'saw', true, now()),
                ('Q2', 1, '{"name": "Two"}', null, true, now());
            INSERT INTO plan_version (code, version, definition, changed_at)
                VALUES ('Q1', 1, '{"name": "One", "operationCode": null}', now());
            """);

        (await OldDatabase.Rows(database, "SELECT definition::text FROM inspection_plan ORDER BY code"))
            .ShouldBe(["""{"name": "One", "operation": "saw"}""", """{"name": "Two"}"""]);
        (await OldDatabase.Rows(database, "SELECT definition::text FROM plan_version"))
            .ShouldBe(["""{"name": "One", "operation": null}"""]);
    }

    [Fact]
    public async Task Kept_answers_with_secrets_can_be_told_again()
    {
        await using var database = await OldDatabase.Before("identity", "202611300400_OnePerson", """
            insert into command_log (scope, command_id, content_hash, status, answer) values
                ('s', gen_random_uuid(), '', 201, '{"id": "7", "secret": null, "madeAt": "2026-11-30T00:00:00Z"}'),
                ('s', gen_random_uuid(), '', 200, '{"code": "madeAt"}'), ('s', gen_random_uuid(), '', 204, null);
            """);

        (await OldDatabase.Rows(database, "select answer::text from command_log where answer is not null")).ShouldBe(
            ["""{"id": "7", "secret": null, "createdAt": "2026-11-30T00:00:00Z"}""", """{"code": "madeAt"}"""],
            ignoreOrder: true);
    }
}
