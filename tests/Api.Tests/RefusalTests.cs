namespace Mes.Api.Tests;

/// <summary>An operation lists what it refuses with, and nothing that it only warns of.</summary>
public sealed class RefusalTests(Made made) : IClassFixture<Made>
{
    [Theory]
    [InlineData("work-orders", "releaseOrder", "wrong-order-status")]
    [InlineData("work-orders", "holdOrder", "reason-missing")]
    [InlineData("work-orders", "cancelOrder", "order-has-reports")]
    [InlineData("work-orders", "closeOrder", "quantity-not-reached")]
    [InlineData("work-orders", "mergeOrders", "order-has-begun")]
    [InlineData("work-orders", "reopenOperation", "operation-not-done")]
    [InlineData("scheduling", "moveOperation", "no-plan-found")]
    [InlineData("gateway", "createBadge", "command-id-missing")]
    public void A_refusal_behind_a_delegate_or_a_failure_is_listed(string document, string id, string code) =>
        Codes(document, id).ShouldContain(code);

    [Theory]
    [InlineData("scheduling", "defineSetupTimes", "equipment-not-found")]
    [InlineData("scheduling", "moveOperation", "resource-too-small")]
    [InlineData("work-orders", "releaseOrder", "order-has-begun")]
    [InlineData("work-orders", "showOrder", "wrong-order-status")]
    [InlineData("gateway", "definePerson", "badge-revoked")]
    [InlineData("gateway", "signIn", "command-id-missing")]
    public void A_warning_is_no_refusal(string document, string id, string code) => Codes(document, id).ShouldNotContain(code);

    IEnumerable<string> Codes(string document, string id) => made.Document(document)["paths"]!.AsObject()
        .SelectMany(path => path.Value!.AsObject()).Single(operation => (string?)operation.Value!["operationId"] == id)
        .Value!["responses"]!.AsObject().SelectMany(answer => answer.Value!["x-codes"]?.AsArray() ?? [])
        .Select(code => (string)code!);
}
