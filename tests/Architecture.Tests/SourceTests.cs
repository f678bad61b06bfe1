using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Mes.Architecture.Tests;

/// <summary>What may not be written where.</summary>
public class SourceTests
{
    static readonly string[] BusNamespaces = ["MassTransit", "RabbitMQ"];

    static readonly string[] BusFolders =
        ["shared/Messaging/", "tests/Messaging.Tests/", "tests/Benchmarks/", "tests/Faults/", "tests/Fuzz/"];

    static readonly string[] OfTheUnitOfWork =
        ["SaveChanges", "SaveChangesAsync", "BeginTransaction", "BeginTransactionAsync", "CommitAsync"];

    /// <summary>Begins the comment that says why a statement saves inside the transaction that others have begun.</summary>
    const string Saves = "// Saves: ";

    [Fact]
    public void Nothing_outside_messaging_uses_the_bus() =>
        Repository.Sources.Where(file => !BusFolders.Any(file.Path.StartsWith)).SelectMany(BusNames).ShouldBeEmpty();

    [Theory]
    [InlineData("using MassTransit;")]
    [InlineData("using RabbitMQ.Client;")]
    [InlineData("using Bus = MassTransit.IBus;")]
    [InlineData("class C { MassTransit.IPublishEndpoint e; }")]
    [InlineData("class C { object e = typeof(global::RabbitMQ.Client.IConnection); }")]
    public void Code_that_uses_the_bus_is_found(string code) => BusNames(Seeded(code)).ShouldNotBeEmpty();

    [Fact]
    public void Handlers_and_consumers_neither_save_nor_commit() => Repository.Sources
        .Where(file => Project.ServiceOf(file.Path) is not null).SelectMany(Savings).ShouldBeEmpty();

    [Theory]
    [InlineData("static class E { static async Task Handle(Db db) { await db.SaveChangesAsync(); } }")]
    [InlineData("class C : IConsume<M> { void Consume(M m) { db.Database.BeginTransaction(); } }")]
    [InlineData("class C { async Task Run(Tx tx) => await tx.CommitAsync(ct); }")]
    [InlineData("class C { void M(Db db) {\n // Saves: before others\n db.Add(1); db.SaveChanges(); } }")]
    public void Code_that_saves_is_found(string code) => Savings(Seeded(code)).ShouldHaveSingleItem();

    [Fact]
    public void Code_that_says_why_it_saves_is_left_alone() =>
        Savings(Seeded($"class C {{ async Task M(Db db) {{\n {Saves}rows are copied in\n await db.SaveChangesAsync(); }} }}"))
            .ShouldBeEmpty();

    [Fact]
    public void A_background_writer_may_commit() =>
        Savings(Seeded("class W : BackgroundService { Task Run(Tx tx) => tx.CommitAsync(ct); }")).ShouldBeEmpty();

    [Fact]
    public void A_snapshot_for_reading_is_left_alone() =>
        Savings(Seeded("class C { Task M(Db db) => db.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct); }"))
            .ShouldBeEmpty();

    [Fact]
    public void Background_services_take_no_cancellation_but_their_own_for_their_end() =>
        Repository.Sources.SelectMany(AnyCancellations).ShouldBeEmpty();

    [Theory]
    [InlineData("catch (Exception e) when (e is not OperationCanceledException) { }")]
    [InlineData("catch (OperationCanceledException) { return; }")]
    public void One_that_ends_by_any_is_found(string handler) => AnyCancellations(InService(handler)).ShouldHaveSingleItem();

    [Theory]
    [InlineData("catch (Exception e) when (!ct.IsCancellationRequested) { }")]
    [InlineData("catch (OperationCanceledException) when (ct.IsCancellationRequested) { return; }")]
    public void One_that_asks_its_own_is_left_alone(string handler) => AnyCancellations(InService(handler)).ShouldBeEmpty();

    /// <summary>Waits have bounds and sessions end: such a cancellation would end the service, and with it the host.</summary>
    static IEnumerable<string> AnyCancellations(TrackedFile file) =>
        from handler in file.Syntax.GetRoot().DescendantNodes().OfType<CatchClauseSyntax>()
        where IsInBackgroundService(handler)
            && $"{handler.Declaration} {handler.Filter}".Contains("CanceledException", StringComparison.Ordinal)
            && handler.Filter?.ToString().Contains("IsCancellationRequested", StringComparison.Ordinal) != true
        select $"{file.Path}({handler.GetLocation().GetLineSpan().StartLinePosition.Line + 1})";

    static TrackedFile InService(string handler) =>
        Seeded($"class W : BackgroundService {{ void Run(CancellationToken ct) {{ try {{ }} {handler} }} }}");

    static IEnumerable<string> BusNames(TrackedFile file) => file.Syntax.GetRoot().DescendantNodes()
        .OfType<NameSyntax>().Where(name => name.Parent is not NameSyntax).Select(name => name.ToString())
        .Select(name => name.StartsWith("global::", StringComparison.Ordinal) ? name["global::".Length..] : name)
        .Where(name => BusNamespaces.Contains(name.Split('.')[0]))
        .Concat(file.Syntax.GetRoot().DescendantNodes().OfType<MemberAccessExpressionSyntax>()
            .Where(access => BusNamespaces.Contains(access.Expression.ToString())).Select(access => access.ToString()))
        .Select(name => $"{file.Path}: {name}");

    static IEnumerable<string> Savings(TrackedFile file) =>
        from call in file.Syntax.GetRoot().DescendantNodes().OfType<InvocationExpressionSyntax>()
        let method = (call.Expression as MemberAccessExpressionSyntax)?.Name.Identifier.Text
        where OfTheUnitOfWork.Contains(method) && !IsSnapshot(call) && !IsInBackgroundService(call) && !SaysWhy(call)
        select $"{file.Path}({call.GetLocation().GetLineSpan().StartLinePosition.Line + 1}): {method}";

    static bool IsSnapshot(InvocationExpressionSyntax call) =>
        call.ArgumentList.ToString().Contains("IsolationLevel.RepeatableRead", StringComparison.Ordinal);

    static bool SaysWhy(SyntaxNode call) => call.FirstAncestorOrSelf<StatementSyntax>()?.GetLeadingTrivia()
        .Any(trivia => trivia.ToString().StartsWith(Saves, StringComparison.Ordinal)) == true;

    static bool IsInBackgroundService(SyntaxNode node) => node.Ancestors().OfType<ClassDeclarationSyntax>()
        .Any(type => type.BaseList?.Types.Any(parent => parent.ToString() == "BackgroundService") == true);

    static TrackedFile Seeded(string code) => new("services/X/Seeded.cs", code);
}
