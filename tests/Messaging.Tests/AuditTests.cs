using System.Text.Json;
using Mes.Persistence;
using Mes.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
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

    [Fact]
    public async Task Who_waits_for_a_commit_is_told_once_after_it_and_never_of_what_was_rolled_back()
    {
        await using var database = await Node.CreateDatabase();
        await using var node = await Node.Start(database, broker: null);
        var told = 0;
        Action tell = () => told++;
        await Should.ThrowAsync<InvalidDataException>(node.InTransaction(db =>
        {
            db.AfterCommit(tell);
            throw new InvalidDataException("no");
        }));
        told.ShouldBe(0);
        await node.InTransaction(db =>
        {
            db.AfterCommit(tell);
            db.AfterCommit(tell);
            told.ShouldBe(0);
            return Task.CompletedTask;
        });
        told.ShouldBe(1);
    }

    [Fact]
    public async Task A_changed_entry_shows_and_the_whole_chain_can_be_checked_again()
    {
        await using var database = await Node.CreateDatabase();
        await using var node = await Node.Start(database, broker: null);
        await Enter(node, 20);
        await using var app = NpgsqlDataSource.Create(database.AppConnectionString);
        (await AuditChain.Check(app, whole: false, default)).ShouldBe(new AuditCheck(null, 20, 20));
        await node.Execute(Change("actor_id = 'somebody else'", 7));
        (await AuditChain.Check(app, whole: true, default)).ShouldBe(new AuditCheck(7, 6, 20));
        await Enter(node, 5);
        (await AuditChain.Check(app, whole: false, default))
            .ShouldBe(new AuditCheck(null, 25, 25), "only what is new was looked at");
    }

    [Fact]
    public async Task What_moves_from_one_field_to_the_next_shows()
    {
        await using var database = await Node.CreateDatabase();
        await using var node = await Node.Start(database, broker: null);
        await Enter(node, 3);
        await node.Execute(Change("actor_id = '2|x', actor_name = 'test', action = 'why', reason = null", 2));
        await using var app = NpgsqlDataSource.Create(database.AppConnectionString);
        (await AuditChain.Check(app, whole: true, default)).FirstBreak.ShouldBe(2);
    }

    [Fact]
    public async Task A_tail_that_was_cut_off_shows_for_ever()
    {
        await using var database = await Node.CreateDatabase();
        await using var node = await Node.Start(database, broker: null);
        await Enter(node, 20);
        await node.Execute("DELETE FROM audit_chain WHERE position > 18");
        await using var app = NpgsqlDataSource.Create(database.AppConnectionString);
        (await AuditChain.Check(app, whole: true, default)).ShouldBe(new AuditCheck(19, 18, 20));
        await Enter(node, 2);
        (await AuditChain.Check(app, whole: false, default)).FirstBreak.ShouldBe(19);
        await Should.ThrowAsync<PostgresException>(async () =>
        {
            await using var move = app.CreateCommand("UPDATE audit_chain_head SET position = 18");
            await move.ExecuteNonQueryAsync();
        });
    }

    [Fact]
    public async Task A_chain_hashed_by_the_first_encoding_still_fits_and_goes_on()
    {
        await using var database = await Node.CreateDatabase();
        await using var node = await Node.Start(database, broker: null);
        await node.Query<long>("""
            WITH entry AS (
                INSERT INTO audit (id, actor_kind, actor_id, actor_name, action, changes)
                VALUES (gen_random_uuid(), 'ApiClient', '1', 'x', 'test', '[]') RETURNING *),
            chained AS (
                INSERT INTO audit_chain (position, audit_id, hash)
                SELECT 1, a.id, sha256(decode(repeat('00', 32), 'hex') || convert_to(
                    concat_ws('|', a.id, extract(epoch from a.at), a.actor_kind, a.actor_id, a.actor_name, a.device,
                        a.action, a.reason, a.changes), 'UTF8'))
                FROM entry a RETURNING 1)
            SELECT count(*) FROM chained
            """);
        await Enter(node, 1);
        await using var app = NpgsqlDataSource.Create(database.AppConnectionString);
        (await AuditChain.Check(app, whole: true, default)).ShouldBe(new AuditCheck(null, 2, 2));
        await node.InTransaction(async db =>
        {
            var kinds = await db.AuditEntries.OrderBy(entry => entry.At).Select(entry => entry.ActorKind).ToListAsync();
            kinds.ShouldBe([ActorKind.ApiClient, ActorKind.System]);
        });
    }

    [Fact]
    public async Task Old_message_ids_and_commands_are_forgotten_and_young_ones_kept()
    {
        await using var database = await Node.CreateDatabase();
        await using var node = await Node.Start(database, broker: null);
        await node.Execute("""
            INSERT INTO inbox SELECT gen_random_uuid(), 'x', now() - make_interval(days => d)
            FROM generate_series(1, 12000), unnest(ARRAY[31, 29]) d
            """);
        await node.Execute("""
            INSERT INTO command_log SELECT 'x', gen_random_uuid(), '', 200, null, now() - make_interval(days => d)
            FROM unnest(ARRAY[91, 89]) d
            """);
        (await node.Services.GetRequiredService<InboxCleaner<NodeDb>>().Clean(default)).ShouldBe(12_001);
        (await node.Query<long>("SELECT count(*) FROM inbox")).ShouldBe(12_000);
        (await node.Query<long>("SELECT count(*) FROM command_log")).ShouldBe(1);
    }

    /// <summary>Makes so many entries of other programs and waits until they are chained.</summary>
    static async Task Enter(Node node, int count)
    {
        var before = await node.Query<long>("SELECT position FROM audit_chain_head");
        await node.Query<long>($"""
            WITH entry AS (
                INSERT INTO audit (id, actor_kind, actor_id, actor_name, action, reason, changes)
                SELECT gen_random_uuid(), 'system', n::text, 'x', 'test', 'why', '[]' FROM generate_series(1, {count}) n
                RETURNING id),
            unchained AS (INSERT INTO audit_unchained SELECT id FROM entry RETURNING 1)
            SELECT count(*) FROM unchained
            """);
        await Poll.Until(async () => await node.Query<long>("SELECT position FROM audit_chain_head") == before + count,
            Node.Bound, "the chain is closed");
    }

    static string Change(string set, int position) =>
        $"UPDATE audit SET {set} WHERE id = (SELECT audit_id FROM audit_chain WHERE position = {position})";
}
