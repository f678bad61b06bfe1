using System.Security.Cryptography;
using System.Text.Json;
using FluentValidation;
using Mes.Kernel;
using Mes.Persistence;
using Mes.Web.Auth;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Mes.Web.Commands;

/// <summary>
/// Runs each changing request as one command: validated, in one transaction with its audit entry, events and answer, and at
/// most once per client-made id. The same id again gets the first answer, also when both race; other content under it is refused.
/// </summary>
/// <remarks>A handler neither saves nor commits. A refused command leaves no trace, so that it may be tried again.</remarks>
sealed partial class CommandFilter<TDb>(
    (int Position, IValidator Validator)[] validators, int[] content, ExactQuery query) where TDb : MesDbContext
{
    public static EndpointFilterDelegate Create(EndpointFilterFactoryContext context, EndpointFilterDelegate next)
    {
        var validators = RequestValidation.For(context.MethodInfo, context.ApplicationServices);
        var content = context.MethodInfo.GetParameters().Select((parameter, position) => (parameter, position))
            .Where(pair => pair.parameter.ParameterType.Assembly == typeof(TDb).Assembly && pair.parameter.ParameterType.IsClass
                           && !typeof(DbContext).IsAssignableFrom(pair.parameter.ParameterType)
                           && context.ApplicationServices.GetService<IServiceProviderIsService>()!
                               .IsService(pair.parameter.ParameterType) == false)
            .Select(pair => pair.position).ToArray();
        var filter = new CommandFilter<TDb>(validators, content, new ExactQuery(context.MethodInfo));
        return invocation => filter.Invoke(invocation, next);
    }

    async ValueTask<object?> Invoke(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        var http = invocation.HttpContext;
        query.Check(http.Request.Query);
        foreach (var (position, validator) in validators)
        {
            RequestValidation.Check(invocation.Arguments[position], validator);
        }
        if (HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method))
        {
            return await Read(invocation, next);
        }
        if (http.GetEndpoint()?.Metadata.GetMetadata<NoCommand>() is not null)
        {
            return await next(invocation);
        }
        var command = new Command(Caller.Of(http.User)!.Scope, IdOf(http), Hashes(invocation));
        try
        {
            return await Run(http, command, invocation, next);
        }
        catch (Exception failure) when (MayHaveLostARace(failure))
        {
            if (await FirstAnswer(http, command) is { } answer)
            {
                Raced(http.RequestServices.GetRequiredService<ILogger<CommandFilter<TDb>>>(), command.Id);
                return answer;
            }
            throw;
        }
    }

    /// <summary>Reads, as a command begins: where the connection has died in the pool, on a new one.</summary>
    static async ValueTask<object?> Read(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        try
        {
            return await next(invocation);
        }
        catch (Exception failure) when (Outage.Is(failure))
        {
            ForgetConnections(invocation.HttpContext);
            return await next(invocation);
        }
    }

    static void ForgetConnections(HttpContext http) =>
        http.RequestServices.GetRequiredService<ServiceDatabase<TDb>>().Source.Clear();

    /// <param name="Scope">Within which the id is unique.</param>
    /// <param name="Id">The client-made id.</param>
    /// <param name="Hashes">Of the content, one per key of the deployment; the first is kept.</param>
    sealed record Command(string Scope, Guid Id, byte[][] Hashes);

    static async Task<object?> Run(
        HttpContext http, Command command, EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        var db = http.RequestServices.GetRequiredService<TDb>();
        var ct = http.RequestAborted;
        var (transaction, logged) = await Begin(http, db, command, ct);
        await using var ended = transaction;
        if (logged is not null)
        {
            return await Repeat(http, logged, command);
        }
        Attribute(db, http);
        var answer = Answer.From(await next(invocation), ShownOnce.JsonOf(http));
        if (answer.Status < 400)
        {
            await db.SaveChangesAsync(ct);
            if (IsDryRun(http)) return answer.ToResult(); // the transaction ends here, uncommitted
            await db.Commit(http.RequestServices.GetRequiredService<OutboxSignal<TDb>>(), new LoggedCommand
            {
                Scope = command.Scope, CommandId = command.Id, ContentHash = command.Hashes[0],
                Status = answer.Status, Answer = Kept(http, answer)
            });
        }
        return answer.ToResult();
    }

    /// <summary>
    /// Begins and looks the command up. Connections that wait in the pool may have died there with their server: then on a
    /// new one.
    /// </summary>
    static async Task<(IDbContextTransaction Transaction, LoggedCommand? Logged)> Begin(
        HttpContext http, TDb db, Command command, CancellationToken ct)
    {
        for (var isFirst = true; ; isFirst = false)
        {
            var transaction = await db.Begin(ct);
            try
            {
                return (transaction, await Logged((NpgsqlConnection)db.Database.GetDbConnection(), command, ct));
            }
            catch (Exception failure)
            {
                await transaction.DisposeAsync();
                if (!isFirst || !Outage.Is(failure)) throw;
                ForgetConnections(http);
            }
        }
    }

    static async Task<object?> FirstAnswer(HttpContext http, Command command)
    {
        // The failed transaction has given its connection back: one that were kept while this waits would exhaust the pool.
        var database = http.RequestServices.GetRequiredService<ServiceDatabase<TDb>>();
        await using var connection = await database.Source.OpenConnectionAsync(http.RequestAborted);
        var logged = await Logged(connection, command, http.RequestAborted);
        return logged is null ? null : await Repeat(http, logged, command);
    }

    static Task<LoggedCommand?> Logged(NpgsqlConnection connection, Command command, CancellationToken ct) =>
        CommandLog.Find(connection, command.Scope, command.Id, ct);

    static async Task<object> Repeat(HttpContext http, LoggedCommand logged, Command command)
    {
        if (!command.Hashes.Any(hash => hash.AsSpan().SequenceEqual(logged.ContentHash)))
        {
            throw RuleViolation.Conflict("command-id-reused",
                "This id was used for a command with other content. Give each command an id of its own.",
                ("commandId", command.Id));
        }
        var answer = logged.Answer is { } kept && SecretAnswer.Of(http) is { } secret
            ? await secret.TellAgain(kept, http)
            : logged.Answer;
        return new Answer(logged.Status, answer).ToResult();
    }

    static string? Kept(HttpContext http, Answer answer) => answer.Json is { } json && SecretAnswer.Of(http) is { } secret
        ? secret.Keep(json, ShownOnce.JsonOf(http))
        : answer.Json;

    static void Attribute(TDb db, HttpContext http)
    {
        db.Actor = Caller.Of(http.User)!.ToActor();
        db.Action = $"{http.Request.Method} {(http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText}";
    }

    byte[][] Hashes(EndpointFilterInvocationContext invocation)
    {
        var contents = invocation.HttpContext.RequestServices.GetRequiredService<CommandContent>();
        return [.. Enumerable.Range(0, contents.Forms).Select(form => Hash(invocation, contents, form))];
    }

    byte[] Hash(EndpointFilterInvocationContext invocation, CommandContent contents, int form)
    {
        var http = invocation.HttpContext;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(JsonSerializer.SerializeToUtf8Bytes($"{http.Request.Method} {PathOf(http)}{http.Request.QueryString}"));
        foreach (var position in content)
        {
            hash.AppendData(contents.Of(invocation.Arguments[position], form));
        }
        return hash.GetHashAndReset();
    }

    // The decoded path says not which of two codes a %2F in it belongs to
    static string PathOf(HttpContext http) => http.Request.Path.Value is { } path
        && path.Contains("%2F", StringComparison.OrdinalIgnoreCase) ? ExactAddresses.PathAsSent(http) : http.Request.Path;

    static bool IsDryRun(HttpContext http) =>
        string.Equals(http.Request.Headers[CommandHeader.DryRun], "true", StringComparison.OrdinalIgnoreCase);

    static Guid IdOf(HttpContext http) => Guid.TryParse(http.Request.Headers[CommandHeader.Name], out var id) && id != Guid.Empty
        ? id
        : throw RuleViolation.Malformed("command-id-missing",
            $"Send a UUID made by the client in the header {CommandHeader.Name}, the same one when the command is repeated.",
            ("value", http.Request.Headers[CommandHeader.Name].ToString()));

    /// <summary>
    /// Whether the same command, running at the same time, may be what this one failed on: it has written the same rows, or
    /// has changed what a rule looked at.
    /// </summary>
    static bool MayHaveLostARace(Exception failure) => failure switch
    {
        DbUpdateException { InnerException: PostgresException postgres } => IsDuplicate(postgres),
        PostgresException postgres => IsDuplicate(postgres),
        _ => failure is RuleViolation or DbUpdateConcurrencyException
    };

    [LoggerMessage(1002, LogLevel.Warning, "A repeat of {CommandId} raced with it and was given its answer")]
    static partial void Raced(ILogger log, Guid commandId);

    static bool IsDuplicate(PostgresException failure) => failure.SqlState is PostgresErrorCodes.UniqueViolation
        or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure;
}
