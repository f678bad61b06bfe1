using System.Text.Json;
using Mes.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace Mes.Messaging.Tests;

/// <summary>Who changed what, and why; and that nobody can alter it unseen.</summary>
public sealed class AuditTests
{
    [Fact]
    public async Task A_change_made_in_SQL_leaves_an_entry_with_who_what_and_why()
    {
        await using var database = await Node.CreateDatabase();
        await using var node = await Node.Start(database, broker: null);
        await node.InTransaction(async db =>
        {
            db.Actor = Actor.System("a job");
            db.Action = "test";
            await db.Database.ExecuteSqlAsync($"INSERT INTO applied VALUES ('x', 1)");
            db.Audit("applied", "x", old: null, @new: new { Times = 1 }, why: "it was asked for");
            db.Audit("applied", new { Code = "y", Line = 2 }, old: new { Times = 2 }, @new: null);
        });
        (await node.Query<string>("SELECT actor_id || '/' || action || '/' || reason FROM audit"))
            .ShouldBe("a job/test/it was asked for");
        var changes = JsonDocument.Parse(await node.Query<string>("SELECT changes::text FROM audit")).RootElement;
        changes.GetArrayLength().ShouldBe(2);
        changes[0].GetProperty("table").GetString().ShouldBe("applied");
        changes[0].GetProperty("key").GetString().ShouldBe("x");
        changes[0].GetProperty("old").ValueKind.ShouldBe(JsonValueKind.Null);
        changes[0].GetProperty("new").GetProperty("Times").GetInt32().ShouldBe(1);
        changes[1].GetProperty("old").GetProperty("Times").GetInt32().ShouldBe(2);
        await Poll.Until(async () => await node.Query<long>("SELECT count(*) FROM audit_chain") == 1, Node.Bound,
            "it is in the chain");
    }

    [Fact]
    public async Task A_change_that_is_rolled_back_leaves_no_entry()
    {
        await using var database = await Node.CreateDatabase();
        await using var node = await Node.Start(database, broker: null);
        await Should.ThrowAsync<InvalidDataException>(node.InTransaction(db =>
        {
            db.Audit("applied", "x", null, new { Times = 1 });
            throw new InvalidDataException("no");
        }));
        (await node.Query<long>("SELECT count(*) FROM audit")).ShouldBe(0);
    }
}
