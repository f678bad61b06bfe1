using Mes.Web.Problems;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Shouldly;
using Xunit;

namespace Mes.Jobs.Tests;

/// <summary>A database that dies under a command is an outage, not a defect, however many layers wrap it.</summary>
public sealed class ProblemMapperTests
{
    [Theory]
    [InlineData(PostgresErrorCodes.AdminShutdown, 503, "database-unavailable")]
    [InlineData(PostgresErrorCodes.CrashShutdown, 503, "database-unavailable")]
    [InlineData(PostgresErrorCodes.CannotConnectNow, 503, "database-unavailable")]
    [InlineData(PostgresErrorCodes.ConnectionFailure, 503, "database-unavailable")]
    [InlineData(PostgresErrorCodes.DeadlockDetected, 409, "changed-meanwhile")]
    [InlineData(PostgresErrorCodes.UndefinedTable, 500, "unexpected")]
    public void What_the_database_says_is_told_alike_however_it_is_wrapped(string sqlState, int status, string code)
    {
        var bare = new PostgresException("as told", "FATAL", "FATAL", sqlState);
        var saved = new DbUpdateException("while saving", bare);
        Exception[] wrappings = [bare, saved, new InvalidOperationException("likely passing", saved)];

        foreach (var wrapping in wrappings)
        {
            var problem = ProblemMapper.Map(wrapping);
            problem.Status.ShouldBe(status);
            problem.Extensions["code"].ShouldBe(code);
        }
    }
}
