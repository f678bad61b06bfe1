using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Mes.Api.Tests;

/// <summary>A refusal: its HTTP status and its stable code.</summary>
readonly record struct Problem(int Status, string Code);

/// <summary>
/// Which refusals the code behind a handler can come to: those that it makes itself, or anything that it calls, as the
/// compiler understands the sources. A refusal that depends on values is among them whether or not these can occur.
/// </summary>
sealed class ProblemCodes(CSharpCompilation compilation)
{
    static readonly Dictionary<string, int> StatusByKind = new(StringComparer.Ordinal)
    {
        ["Malformed"] = 400, ["Forbidden"] = 403, ["NotFound"] = 404, ["Conflict"] = 409,
    };

    readonly Dictionary<ISymbol, (HashSet<Problem> Own, HashSet<ISymbol> Calls)> _bodies = new(SymbolEqualityComparer.Default);
    readonly ILookup<ISymbol, ISymbol> _implementations = ImplementationsIn(compilation);
    readonly Dictionary<SyntaxTree, SemanticModel> _models = [];

    /// <summary>Refusals whose code is no constant, as <c>file(line)</c>: they would be told of nowhere.</summary>
    public HashSet<string> Unknown { get; } = [];

    /// <summary>The refusals behind a handler, whose method may have been written as a lambda.</summary>
    public IReadOnlyList<Problem> Of(MethodInfo handler)
    {
        var found = new HashSet<Problem>();
        var seen = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        var waiting = new Stack<ISymbol>();
        foreach (var (own, calls) in Roots(handler))
        {
            found.UnionWith(own);
            foreach (var call in calls) waiting.Push(call);
        }
        while (waiting.TryPop(out var next))
        {
            if (!seen.Add(next)) continue;
            var (own, calls) = Body(next);
            found.UnionWith(own);
            foreach (var call in calls.Concat(_implementations[next])) waiting.Push(call);
        }
        return [.. found.OrderBy(problem => problem.Status).ThenBy(problem => problem.Code, StringComparer.Ordinal)];
    }

    /// <summary>The refusals of a method of ours that is behind no handler.</summary>
    public IReadOnlyList<Problem> Of(Type type, string method) => Of(type.GetMethod(
        method, BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)!);

    IEnumerable<(HashSet<Problem> Own, HashSet<ISymbol> Calls)> Roots(MethodInfo handler)
    {
        var outer = handler.DeclaringType!;
        while (outer.Name.StartsWith('<')) outer = outer.DeclaringType!;
        var type = compilation.GetTypeByMetadataName(outer.FullName!)
            ?? throw new InvalidOperationException($"{outer} is in no source.");
        if (!handler.Name.StartsWith('<'))
        {
            return type.GetMembers(handler.Name).Select(method => Body(method));
        }
        var lambdas = type.GetMembers(handler.Name[1..handler.Name.IndexOf('>')])
            .SelectMany(method => method.DeclaringSyntaxReferences).SelectMany(at => at.GetSyntax().DescendantNodes())
            .OfType<ParenthesizedLambdaExpressionSyntax>().Where(lambda => lambda.ParameterList.Parameters
                .Select(parameter => parameter.Identifier.Text).SequenceEqual(handler.GetParameters().Select(p => p.Name)))
            .Select(lambda => Read(lambda)).ToList();
        return lambdas.Count > 0 ? lambdas : throw new InvalidOperationException($"{handler} is in no source.");
    }

    (HashSet<Problem> Own, HashSet<ISymbol> Calls) Body(ISymbol symbol)
    {
        if (_bodies.TryGetValue(symbol, out var known)) return known;
        HashSet<Problem> own = [];
        HashSet<ISymbol> calls = new(SymbolEqualityComparer.Default);
        _bodies[symbol] = (own, calls);
        if (IsProblemMaker(symbol)) return (own, calls);
        foreach (var at in symbol.DeclaringSyntaxReferences)
        {
            // a constructor without a body of its own is its type, whose fields it sets
            var (more, called) = at.GetSyntax() is TypeDeclarationSyntax type ? ReadFields(type) : Read(at.GetSyntax());
            own.UnionWith(more);
            calls.UnionWith(called);
        }
        return (own, calls);
    }

    (HashSet<Problem>, HashSet<ISymbol>) ReadFields(TypeDeclarationSyntax type)
    {
        HashSet<Problem> own = [];
        HashSet<ISymbol> calls = new(SymbolEqualityComparer.Default);
        foreach (var field in type.Members.Where(member => member is FieldDeclarationSyntax))
        {
            var (more, called) = Read(field);
            own.UnionWith(more);
            calls.UnionWith(called);
        }
        return (own, calls);
    }

    (HashSet<Problem> Own, HashSet<ISymbol> Calls) Read(SyntaxNode node)
    {
        HashSet<Problem> own = [];
        HashSet<ISymbol> calls = new(SymbolEqualityComparer.Default);
        var model = ModelOf(node.SyntaxTree);
        foreach (var part in node.DescendantNodes().Where(part =>
            (part is SimpleNameSyntax or BaseObjectCreationExpressionSyntax) && !IsOnlyTold(part, model)))
        {
            if (model.GetSymbolInfo(part).Symbol is not { } symbol) continue;
            if (StatusOf(symbol) is { } status)
            {
                own.UnionWith(CodesAt(part, symbol, model).Select(code => new Problem(status, code)));
            }
            else
            {
                own.UnionWith(Told(part, symbol, model));
                if (Definition(symbol) is { } called) calls.Add(called);
            }
        }
        return (own, calls);
    }

    /// <summary>
    /// The refusals that a call names by a constant: to what makes a problem of a status and a code, or to a helper of a
    /// rule that takes a code.
    /// </summary>
    static IEnumerable<Problem> Told(SyntaxNode part, ISymbol symbol, SemanticModel model)
    {
        if (symbol is not IMethodSymbol method || ArgumentsOf(part) is not { } arguments) return [];
        // what is made with a code and a hint, and not for a failure, is a warning
        if (method.MethodKind == MethodKind.Constructor && !IsOfFailure(part, model)) return [];
        ExpressionSyntax? Of(string name) => method.Parameters.FirstOrDefault(
            parameter => parameter.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } parameter
            && arguments.Count > parameter.Ordinal ? arguments[parameter.Ordinal].Expression : null;
        if (Of("code") is not { } code) return [];
        var status = Of("status") is { } given ? model.GetConstantValue(given).Value as int?
            : Of("hint") is not null || method.ReturnType.Name == "RuleViolation" ? 422 : null;
        return status is { } known ? Constants(code, model).Select(constant => new Problem(known, constant)) : [];
    }

    /// <summary>Whether it makes a refusal for a method that tells of it in what it returns, and refuses nothing.</summary>
    static bool IsOnlyTold(SyntaxNode part, SemanticModel model) => part.Ancestors().OfType<InvocationExpressionSyntax>().Any(
        call => call.ArgumentList.Span.Contains(part.Span) && model.GetSymbolInfo(call).Symbol is IMethodSymbol method
            && method.ReturnType is { Name: not "RuleViolation" } told && told.Locations.Any(at => at.IsInSource)
            && method.Parameters.Any(taken => taken.Type.Name == "RuleViolation"));

    static bool IsOfFailure(SyntaxNode part, SemanticModel model) => part.Ancestors().OfType<BaseObjectCreationExpressionSyntax>()
        .Any(around => model.GetTypeInfo(around).Type?.BaseType?.Name == nameof(Exception));

    static SeparatedSyntaxList<ArgumentSyntax>? ArgumentsOf(SyntaxNode part) => part is BaseObjectCreationExpressionSyntax made
        ? made.ArgumentList?.Arguments
        : part.Ancestors().OfType<InvocationExpressionSyntax>()
            .FirstOrDefault(call => call.Expression.Span.End == part.Span.End)?.ArgumentList.Arguments;

    IEnumerable<string> CodesAt(SyntaxNode part, ISymbol maker, SemanticModel model)
    {
        var argument = ArgumentsOf(part)?.FirstOrDefault()?.Expression;
        var codes = argument is null ? [] : Constants(argument, model).ToList();
        if (codes.Count == 0 && !IsTakenOver(argument, model))
            Unknown.Add($"{Path.GetRelativePath(Sources.Root, part.SyntaxTree.FilePath)}: {argument}");
        return maker.Name == "NotFound" ? codes.Select(what => $"{what}-not-found") : codes;
    }

    /// <summary>Whether a code comes from who calls the helper, where it is found, or from a refusal of the engine, whose maker
    /// names it.</summary>
    static bool IsTakenOver(ExpressionSyntax? argument, SemanticModel model) =>
        argument is not null && model.GetSymbolInfo(argument).Symbol is { Name: "code" or "Code" };

    static IEnumerable<string> Constants(ExpressionSyntax argument, SemanticModel model) =>
        model.GetConstantValue(argument) is { HasValue: true, Value: string code } ? [code]
            : argument is ConditionalExpressionSyntax or SwitchExpressionSyntax
                ? argument.DescendantNodes().OfType<LiteralExpressionSyntax>()
                    .Select(literal => literal.Token.Value).OfType<string>()
                : [];

    static int? StatusOf(ISymbol symbol) => symbol is not IMethodSymbol { ContainingType.Name: "RuleViolation" } method ? null
        : method.MethodKind == MethodKind.Constructor ? 422
        : StatusByKind.TryGetValue(method.Name, out var status) ? status : null;

    static bool IsProblemMaker(ISymbol symbol) => symbol.ContainingType?.Name == "RuleViolation";

    static ISymbol? Definition(ISymbol symbol) => symbol switch
    {
        IMethodSymbol method => (ISymbol)(method.ReducedFrom ?? method).OriginalDefinition,
        IPropertySymbol property => property.OriginalDefinition,
        IFieldSymbol field => field.OriginalDefinition,
        _ => null
    } is { } definition && definition.Locations.Any(at => at.IsInSource) ? definition : null;

    SemanticModel ModelOf(SyntaxTree tree) =>
        _models.TryGetValue(tree, out var model) ? model : _models[tree] = compilation.GetSemanticModel(tree);

    static ILookup<ISymbol, ISymbol> ImplementationsIn(CSharpCompilation compilation) =>
        TypesIn(compilation.Assembly.GlobalNamespace).Where(type => type.TypeKind != TypeKind.Interface)
            .SelectMany(type => Implemented(type).Concat(Overridden(type)))
        .ToLookup(pair => pair.From, pair => pair.To, SymbolEqualityComparer.Default);

    static IEnumerable<(ISymbol From, ISymbol To)> Implemented(INamedTypeSymbol type) =>
        from face in type.AllInterfaces
        where face.Locations.Any(at => at.IsInSource)
        from member in face.GetMembers()
        let own = type.FindImplementationForInterfaceMember(member)
        where own is not null
        select (member.OriginalDefinition, own.OriginalDefinition);

    static IEnumerable<(ISymbol From, ISymbol To)> Overridden(INamedTypeSymbol type) =>
        from method in type.GetMembers().OfType<IMethodSymbol>()
        where method.OverriddenMethod is not null
        select ((ISymbol)method.OverriddenMethod!.OriginalDefinition, (ISymbol)method.OriginalDefinition);

    static IEnumerable<INamedTypeSymbol> TypesIn(INamespaceOrTypeSymbol container) => container.GetMembers()
        .OfType<INamespaceOrTypeSymbol>().SelectMany(inner => inner is INamedTypeSymbol type
            ? TypesIn(inner).Prepend(type) : TypesIn(inner));
}
