namespace Mes.Api.Tests;

/// <summary>The limits of values are those of the validators.</summary>
public sealed class LimitTests(Made made) : IClassFixture<Made>
{
    [Theory]
    [InlineData("scheduling", "ChangeSettings", "workers", """{"minimum":1,"maximum":64}""")]
    [InlineData("inventory", "ReceiveLot", "quantity", """{"exclusiveMinimum":0,"maximum":1000000000}""")]
    [InlineData("gateway", "CreateBadge", "code", """{"minLength":1,"maxLength":100}""")]
    [InlineData("gateway", "CreateBadge", "pin", """{"pattern":"^[0-9]{4,8}$"}""")]
    [InlineData("work-orders", "ChangeOrder", "reason", """{"maxLength":1000}""")]
    [InlineData("work-orders", "CreateOrder", "routing", """{"minLength":1,"maxLength":100}""")]
    public void A_member_has_the_limits_of_its_rule(string document, string schema, string member, string limits) =>
        LimitsOf(Member(document, schema, member)).ShouldBe(limits);

    [Fact]
    public void Each_of_a_list_has_the_limits_of_its_rule() =>
        LimitsOf(Member("work-orders", "SetSkills", "skills")["items"]!).ShouldBe("""{"minLength":1,"maxLength":100}""");

    [Fact]
    public void A_rule_of_what_is_worked_out_gives_no_limit() =>
        LimitsOf(Member("inventory", "AdjustStock", "quantity")).ShouldBe("{}");

    [Theory]
    [InlineData("size", """{"minimum":1,"maximum":1000}""")]
    [InlineData("equipment", """{"minLength":1,"maxLength":100}""")]
    public void A_parameter_has_the_limits_of_its_rule(string name, string limits) => LimitsOf(
        made.Document("work-orders")["paths"]!["/api/work-orders/dispatch"]!["get"]!["parameters"]!.AsArray()
            .Single(parameter => (string?)parameter!["name"] == name)!["schema"]!).ShouldBe(limits);

    [Fact]
    public void A_text_of_few_values_names_them()
    {
        Member("work-orders", "DispatchCard", "status")["enum"]!.ToJsonString().ShouldBe("""["Waiting","Started"]""");
        var kind = Member("work-orders", "DiscrepancyView", "kind");
        kind["enum"]!.AsArray().Select(value => (string?)value).ShouldContain("over-quantity");
        ((string?)kind["description"])!.ShouldContain("- `over-quantity`: More good pieces than ordered");
    }

    JsonNode Member(string document, string schema, string member) =>
        made.Document(document)["components"]!["schemas"]![schema]!["properties"]![member]!;

    static string LimitsOf(JsonNode schema) => new JsonObject(schema.AsObject()
        .Where(part => part.Key is "minLength" or "maxLength" or "pattern"
            || part.Key.Contains("inimum", StringComparison.Ordinal)
            || part.Key.Contains("aximum", StringComparison.Ordinal))
        .Select(part => KeyValuePair.Create(part.Key, part.Value?.DeepClone()))).ToJsonString();
}
