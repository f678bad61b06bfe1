using FluentValidation;
using Mes.Web;
using Mes.Web.Auth;
using Mes.Web.Commands;
using Mes.WorkOrders.Data;
using Mes.WorkOrders.Domain;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Mes.WorkOrders.Features.MasterData;

/// <summary>Makes an operator known, or changes name and qualifications.</summary>
/// <param name="Code">Code, as on the badge.</param>
/// <param name="Name">Name to show.</param>
/// <param name="Qualifications">Codes of the equipment the person may work at.</param>
public sealed record DefineOperator(string Code, string Name, IReadOnlyList<string> Qualifications);

/// <summary>An operator.</summary>
/// <param name="Code">Code, as on the badge.</param>
/// <param name="Name">Name to show.</param>
/// <param name="Qualifications">Codes of the equipment the person may work at.</param>
public sealed record OperatorView(string Code, string Name, IReadOnlyList<string> Qualifications)
{
    internal static OperatorView Of(Operator person) => new(person.Code, person.Name, person.Qualifications);
}

sealed class DefineOperatorValidator : AbstractValidator<DefineOperator>
{
    public DefineOperatorValidator()
    {
        RuleFor(person => person.Code).IsCode();
        RuleFor(person => person.Name).IsName();
        RuleForEach(person => person.Qualifications).IsCode();
        RuleFor(person => person.Qualifications).Must(codes => codes.Count <= 1000).WithMessage("Name at most 1000 equipment units.");
    }
}

static class DefineOperatorEndpoint
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapPost("/operators", Handle).RequireAuthorization(Permissions.ManageWorkOrders);
        api.MapGet("/operators", List).RequireAuthorization(Permissions.ReadWorkOrders);
    }

    static async Task<Ok<OperatorView>> Handle(DefineOperator request, WorkOrdersDb db, CancellationToken ct)
    {
        var person = await db.Operators.FromSql($"SELECT * FROM operator WHERE code = {request.Code} FOR UPDATE").SingleOrDefaultAsync(ct);
        if (person is null)
        {
            person = db.Operators.Add(new Operator { Code = request.Code, Name = request.Name, Qualifications = [] }).Entity;
        }
        person.Name = request.Name;
        person.Qualifications = [.. request.Qualifications];
        return TypedResults.Ok(OperatorView.Of(person));
    }

    static async Task<Page<OperatorView>> List(WorkOrdersDb db, [AsParameters] PageRequest page, CancellationToken ct)
    {
        var after = page.After ?? "";
        var rows = await db.Operators.AsNoTracking().Where(person => string.Compare(person.Code, after) > 0)
            .OrderBy(person => person.Code).Take(page.Size + 1).ToListAsync(ct);
        return Page.Of(rows.ConvertAll(OperatorView.Of), page.Size, person => person.Code);
    }
}
