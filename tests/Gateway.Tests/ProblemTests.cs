using Mes.Kernel;
using Mes.Web.Problems;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Shouldly;
using Xunit;

namespace Mes.Gateway.Tests;

/// <summary>What a problem says: its own members keep their meaning, and the database's words stay inside.</summary>
public sealed class ProblemTests
{
    [Theory]
    [InlineData("code")]
    [InlineData("hint")]
    [InlineData("traceId")]
    [InlineData("type")]
    [InlineData("title")]
    [InlineData("detail")]
    [InlineData("instance")]
    public void A_value_never_takes_the_place_of_a_problems_own_member(string name)
    {
        var problem = ProblemMapper.Map(RuleViolation.Malformed("invalid-code", "Use another.", (name, "value")));

        problem.Extensions["code"].ShouldBe("invalid-code");
        problem.Extensions["hint"].ShouldBe("Use another.");
        problem.Extensions.Where(member => member.Key != name && (member.Value as string) == "value")
            .ShouldHaveSingleItem().Key.ShouldStartWith("given");
    }

    [Theory]
    [InlineData("work_order", "work_order_pkey", "id", "work order")]
    [InlineData("badges", "badges_code", "code", "badges")]
    [InlineData("people", "people_normalized_user_name_key", "normalized user name", "people")]
    public void What_is_there_already_is_named_without_words_of_the_database(
        string table, string constraint, string key, string what)
    {
        var problem = ProblemMapper.Map(new PostgresException(
            "duplicate key value violates unique constraint", "ERROR", "ERROR", PostgresErrorCodes.UniqueViolation,
            detail: "Detail redacted as it may contain sensitive data. Specify 'Include Error Detail' in the connection string.",
            tableName: table, constraintName: constraint));

        problem.Status.ShouldBe(409);
        problem.Extensions["code"].ShouldBe("already-exists");
        problem.Extensions["key"].ShouldBe(key);
        problem.Extensions["what"].ShouldBe(what);
        var text = string.Join('\n', problem.Extensions.Values);
        text.ShouldNotContain("onstraint");
        text.ShouldNotContain("Detail");
        text.ShouldNotContain("_");
    }

    [Theory]
    [InlineData(PostgresErrorCodes.DiskFull, "disk-full")]
    [InlineData(PostgresErrorCodes.ReadOnlySqlTransaction, "database-read-only")]
    public void What_keeps_the_database_from_writing_is_told_by_name(string state, string code)
    {
        var problem = ProblemMapper.Map(new PostgresException("could not extend file", "ERROR", "ERROR", state));
        (problem.Status, problem.Extensions["code"]).ShouldBe((503, code));
    }

    public static TheoryData<Exception, string> Failures
    {
        get
        {
            var (slow, cut) = (new NpgsqlException("x", new TimeoutException()), new NpgsqlException("x", new IOException()));
            return new()
            {
                { slow, "database-timeout" }, { new DbUpdateException("x", slow), "database-timeout" },
                { new InvalidOperationException("x", slow), "database-timeout" }, { new TimeoutException(), "database-timeout" },
                { cut, "database-unavailable" }, { new DbUpdateException("x", cut), "database-unavailable" },
                { new InvalidOperationException("x", cut), "database-unavailable" },
                { new InvalidOperationException("x"), "unexpected" }
            };
        }
    }

    [Theory, MemberData(nameof(Failures))]
    public void A_database_that_is_slow_is_not_told_as_one_that_is_away(Exception failure, string code) =>
        ProblemMapper.Map(failure).Extensions["code"].ShouldBe(code);
}
