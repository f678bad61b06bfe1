using System.Security.Cryptography;
using System.Text.Json;
using FluentValidation;
using Mes.Kernel;
using Mes.Persistence;
using Mes.Web.Auth;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Mes.Web.Commands;

/// <summary>
/// Runs each changing request as one command: validated, in one transaction with its audit entry, events and answer, and at most once per
/// client-made id. The same id again gets the first answer, also when both race; other content under it is refused.
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
            return await next(invocation);
        }
        var command = new Command(Caller.Of(http.User)!.Scope, IdOf(http), Hash(invocation));
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

    sealed record Command(string Scope, Guid Id, byte[] ContentHash);

    static async Task<object?> Run(
        HttpContext http, Command command, EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        var db = http.RequestServices.GetRequiredService<TDb>();
        var ct = http.RequestAborted;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await Logged((NpgsqlConnection)db.Database.GetDbConnection(), command, ct) is { } logged)
        {
            return Repeat(logged, command);
        }
        Attribute(db, http);
        var answer = Answer.From(await next(invocation), JsonOf(http));
        if (answer.Status < 400)
        {
            await db.SaveChangesAsync(ct);
            await db.Commit(http.RequestServices.GetRequiredService<OutboxSignal<TDb>>(), new LoggedCommand
            {
                Scope = command.Scope, CommandId = command.Id, ContentHash = command.ContentHash,
                Status = answer.Status, Answer = answer.Json
            });
        }
        return answer.ToResult();
    }

    static async Task<object?> FirstAnswer(HttpContext http, Command command)
    {
        // The failed transaction has given its connection back: one that were kept while this waits would exhaust the pool.
        var database = http.RequestServices.GetRequiredService<ServiceDatabase<TDb>>();
        await using var connection = await database.Source.OpenConnectionAsync(http.RequestAborted);
        var logged = await Logged(connection, command, http.RequestAborted);
        return logged is null ? null : Repeat(logged, command);
    }

    static Task<LoggedCommand?> Logged(NpgsqlConnection connection, Command command, CancellationToken ct) =>
        CommandLog.Find(connection, command.Scope, command.Id, ct);

    static object Repeat(LoggedCommand logged, Command command) => logged.ContentHash.AsSpan().SequenceEqual(command.ContentHash)
        ? new Answer(logged.Status, logged.Answer).ToResult()
        : throw RuleViolation.Conflict("command-id-reused",
            "This id was used for a command with other content. Give each command an id of its own.", ("commandId", command.Id));

    static void Attribute(TDb db, HttpContext http)
    {
        db.Actor = Caller.Of(http.User)!.ToActor();
        db.Action = $"{http.Request.Method} {(http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText}";
    }

    byte[] Hash(EndpointFilterInvocationContext invocation)
    {
        var http = invocation.HttpContext;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(JsonSerializer.SerializeToUtf8Bytes($"{http.Request.Method} {PathOf(http)}{http.Request.QueryString}"));
        var contents = http.RequestServices.GetRequiredService<CommandContent>();
        foreach (var position in content)
        {
            hash.AppendData(contents.Of(invocation.Arguments[position]));
        }
        return hash.GetHashAndReset();
    }

    // The decoded path says not which of two codes a %2F in it belongs to
    static string PathOf(HttpContext http) => http.Request.Path.Value is { } path
        && path.Contains("%2F", StringComparison.OrdinalIgnoreCase) ? ExactAddresses.PathAsSent(http) : http.Request.Path;

    static Guid IdOf(HttpContext http) => Guid.TryParse(http.Request.Headers[CommandHeader.Name], out var id) && id != Guid.Empty
        ? id
        : throw RuleViolation.Malformed("command-id-missing",
            $"Send a UUID made by the client in the header {CommandHeader.Name}, the same one when the command is repeated.",
            ("value", http.Request.Headers[CommandHeader.Name].ToString()));

    static JsonSerializerOptions JsonOf(HttpContext http) =>
        http.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;

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
