using Dapper;
using FluentValidation;
using Mes.Kernel;
using Mes.Web;
using Mes.Web.Auth;
using Mes.Web.Commands;
using Mes.WorkOrders.Data;
using Mes.WorkOrders.Domain;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Mes.WorkOrders.Features.SignOns;

/// <summary>Signs an operator on at a station.</summary>
/// <param name="Operator">Code of the operator: the caller, except where the caller may act for others.</param>
/// <param name="Station">Where: a work center or terminal; at a bound terminal one of the equipment it is bound to.</param>
/// <param name="At">Since when, UTC; now where none is given. More than five minutes ago only for who may act for
/// others.</param>
public sealed record SignOnOperator(string Operator, string Station, DateTimeOffset? At = null);

/// <summary>Signs an operator off.</summary>
/// <param name="At">When, UTC; now where none is given.</param>
public sealed record SignOffOperator(DateTimeOffset? At = null);

/// <summary>An operator's presence at a station.</summary>
/// <param name="Id">Identity: the id of the command.</param>
/// <param name="Operator">Code of the operator.</param>
/// <param name="Station">Where.</param>
/// <param name="SignedOnAt">From when, UTC.</param>
/// <param name="SignedOffAt">Until when, UTC, or null while present.</param>
/// <param name="AlsoAt">Other stations where the operator was signed on at the same time: right for who minds several machines,
/// else forgotten, or a badge in other hands.</param>
public sealed record SignOnView(
    Guid Id, string Operator, string Station, DateTimeOffset SignedOnAt, DateTimeOffset? SignedOffAt,
    IReadOnlyList<string> AlsoAt);

sealed class SignOnOperatorValidator : AbstractValidator<SignOnOperator>
{
    public SignOnOperatorValidator()
    {
        RuleFor(signOn => signOn.Operator).IsCode();
        RuleFor(signOn => signOn.Station).IsCode();
        RuleFor(signOn => signOn.At!.Value).IsTime().When(signOn => signOn.At is not null);
    }
}

sealed class SignOffOperatorValidator : AbstractValidator<SignOffOperator>
{
    public SignOffOperatorValidator() => RuleFor(signOff => signOff.At!.Value).IsTime().When(signOff => signOff.At is not null);
}

static class SignOnEndpoint
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapPost("/sign-ons", On).RequireAuthorization(Permissions.SignOn);
        api.MapPost("/sign-ons/{id:guid}/sign-off", Off).RequireAuthorization(Permissions.SignOn);
        api.MapGet("/sign-ons", Present).RequireAuthorization(Permissions.ReadWorkOrders);
    }

    static async Task<Ok<SignOnView>> On(
        SignOnOperator request, [FromHeader(Name = CommandHeader.Name)] Guid commandId, WorkOrdersDb db, Caller caller,
        TimeProvider clock, CancellationToken ct)
    {
        db.ActAs(caller, request.Operator);
        caller.MustServe(request.Station);
        var at = SignOn.TimeOf(request.At, clock.GetUtcNow(), mayBackdate: caller.May(Permissions.ActForOthers));
        if (!await db.Operators.AnyAsync(person => person.Code == request.Operator, ct))
        {
            throw new RuleViolation("operator-not-found", "No operator has this code. Check the badge.", ("operator", request.Operator));
        }
        var signOn = new SignOn
        {
            Id = commandId, Operator = request.Operator, Station = request.Station, SignedOnAt = at
        };
        db.SignOns.Add(signOn);
        return TypedResults.Ok((await Views([signOn], db, ct))[0]);
    }

    static async Task<Ok<SignOnView>> Off(
        Guid id, SignOffOperator request, WorkOrdersDb db, Caller caller, TimeProvider clock, CancellationToken ct)
    {
        var signOn = await db.SignOns.FromSql($"SELECT * FROM sign_on WHERE id = {id} FOR UPDATE").SingleOrDefaultAsync(ct)
            ?? throw RuleViolation.NotFound("sign-on", id);
        db.ActAs(caller, signOn.Operator);
        signOn.SignOff(SignOn.TimeOf(request.At, clock.GetUtcNow(), mayBackdate: true));
        return TypedResults.Ok((await Views([signOn], db, ct))[0]);
    }

    static async Task<Page<SignOnView>> Present(
        WorkOrdersDb db, Code? station, [AsParameters] PageRequest page, CancellationToken ct)
    {
        var after = page.AfterId();
        var rows = await db.SignOns.AsNoTracking()
            .Where(s => s.Id > after && s.SignedOffAt == null && (station == null || s.Station == station))
            .OrderBy(s => s.Id).Take(page.Size + 1).ToListAsync(ct);
        return Page.Of(await Views(rows, db, ct), page.Size, signOn => signOn.Id.ToString());
    }

    /// <summary>Where else somebody is follows from all sign-ons there are, in whatever order they arrived.</summary>
    static async Task<IReadOnlyList<SignOnView>> Views(IReadOnlyList<SignOn> signOns, WorkOrdersDb db, CancellationToken ct)
    {
        var others = (await db.Connection.QueryAsync<(Guid Id, string Station)>(new CommandDefinition(
            """
            SELECT DISTINCT s.id, o.station
            FROM unnest(@ids, @operators, @stations, @froms, @untils) AS s (id, operator, station, since, until)
            JOIN sign_on o ON o.operator = s.operator AND o.station <> s.station
                AND tstzrange(o.signed_on_at, o.signed_off_at) && tstzrange(s.since, s.until)
            ORDER BY 1, 2
            """,
            new
            {
                ids = signOns.Select(s => s.Id).ToArray(), operators = signOns.Select(s => s.Operator).ToArray(),
                stations = signOns.Select(s => s.Station).ToArray(), froms = signOns.Select(s => s.SignedOnAt).ToArray(),
                untils = signOns.Select(s => s.SignedOffAt).ToArray()
            }, db.Transaction, cancellationToken: ct))).ToLookup(row => row.Id, row => row.Station);
        return [.. signOns.Select(s => new SignOnView(
            s.Id, s.Operator, s.Station, s.SignedOnAt, s.SignedOffAt, [.. others[s.Id]]))];
    }
}
