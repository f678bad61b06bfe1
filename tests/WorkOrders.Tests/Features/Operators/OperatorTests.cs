using System.Net;
using System.Text.Json;
using Mes.Contracts;
using Mes.Tests.Support;
using Mes.WorkOrders.Data;

namespace Mes.WorkOrders.Tests.Features.Operators;

/// <summary>People come from Identity; what they can do is kept here.</summary>
public sealed class OperatorTests(Plant plant) : IClassFixture<Plant>
{
    static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    readonly string _code = $"P-{Guid.NewGuid():N}";

    ServiceHost<WorkOrdersDb> Service => plant.Service;

    [Fact]
    public async Task Who_Identity_tells_of_signs_on_and_keeps_skills_whatever_comes_late()
    {
        await Tell(2, "New name");
        await SetSkills("m1");
        await Tell(1, "Old name");
        await Tell(3, "Newest name");

        var person = await Operator();
        person.GetProperty("name").GetString().ShouldBe("Newest name");
        person.GetProperty("skills")[0].GetString().ShouldBe("m1");
        person.GetProperty("isKnownOnlyHere").GetBoolean().ShouldBeFalse();
        (await SignOn(Now)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Nobody_gets_skills_who_is_not_known_and_the_refusal_says_where_people_are_made_known()
    {
        using var refused = await Service.Send(
            $"/api/work-orders/operators/{_code}/skills", new { skills = new[] { "m1" } }, method: HttpMethod.Put);

        refused.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        var problem = JsonDocument.Parse(await refused.Content.ReadAsStringAsync()).RootElement;
        problem.GetProperty("code").GetString().ShouldBe("operator-not-found");
        problem.GetProperty("hint").GetString()!.ShouldContain("/api/identity/people/");
        var (status, code) = await SignOn(Now);
        (status, code).ShouldBe((HttpStatusCode.UnprocessableEntity, "operator-not-found"));
    }

    [Theory]
    [InlineData("{\"skills\":\"m1\"}")]
    [InlineData("{\"skills\":[null]}")]
    [InlineData("{\"skills\":[\" m1\"]}")]
    [InlineData("{}")]
    public async Task Skills_that_are_none_are_refused(string body)
    {
        await Tell(1, "Name");
        using var refused = await Service.Send(
            $"/api/work-orders/operators/{_code}/skills", JsonDocument.Parse(body).RootElement, method: HttpMethod.Put);

        refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await Operator()).GetProperty("skills").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Who_is_deactivated_is_signed_off_as_of_then_and_what_was_done_before_is_still_taken()
    {
        await Tell(1, "Name");
        await SetSkills("m1");
        var order = await plant.Release();
        var present = Guid.NewGuid();
        (await SignOn(Now.AddHours(-8), present)).Status.ShouldBe(HttpStatusCode.OK);
        var left = Now.AddHours(-1);

        await Tell(2, "Name", isActive: false, left);

        (await SignOn(Now)).ShouldBe((HttpStatusCode.UnprocessableEntity, "operator-deactivated"));
        (await Report(order, present, Now.AddHours(-2))).ShouldBe(HttpStatusCode.OK, "it was done before");
        (await Report(order, present, Now.AddMinutes(-30))).ShouldBe(HttpStatusCode.UnprocessableEntity);
        var late = Guid.NewGuid();
        (await SignOn(Now.AddHours(-3), late)).Status.ShouldBe(HttpStatusCode.OK, "it is for the time before");
        (await Service.Query<DateTime>($"SELECT signed_off_at FROM sign_on WHERE id = '{late}'"))
            .ShouldBe(left.UtcDateTime, TimeSpan.FromMilliseconds(1));

        await Tell(3, "Name");
        (await SignOn(Now)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_time_that_is_told_with_another_offset_is_taken()
    {
        var left = Now.AddHours(-1).ToOffset(TimeSpan.FromHours(5.5));

        await Tell(1, "Name", isActive: false, left);

        (await Operator()).GetProperty("offFloorSince").GetDateTimeOffset().ShouldBe(left, TimeSpan.FromMilliseconds(1));
    }

    [Fact]
    public async Task What_is_told_of_a_person_is_in_the_trail()
    {
        await Tell(1, "First");
        await Tell(2, "Second", isActive: false, Now);
        await Tell(1, "First");

        var changes = await Service.Query<string>($$"""
            SELECT string_agg(concat_ws(' ', c ->> 'old' IS NULL, c -> 'old' ->> 'Name', c -> 'new' ->> 'Name',
                c -> 'new' ->> 'IsActive', c -> 'new' ->> 'Version'), ', ' ORDER BY a.id)
            FROM audit a, jsonb_array_elements(a.changes) c WHERE c ->> 'table' = 'operator' AND c ->> 'key' = '{{_code}}'
            """);
        changes.ShouldBe("t First true 1, f First Second false 2");
    }

    [Fact]
    public async Task Who_has_no_role_of_the_floor_does_not_sign_on()
    {
        await Tell(1, "Name", isActive: true, Now.AddDays(-1));

        (await SignOn(Now)).ShouldBe((HttpStatusCode.UnprocessableEntity, "operator-without-role"));
    }

    [Fact]
    public async Task Who_was_entered_here_before_stays_valid_and_is_linked_by_the_code()
    {
        await Service.Query<string>(
            $"INSERT INTO operator (code, name, qualifications) VALUES ('{_code}', 'Once', '{{m1}}') RETURNING code");
        (await Operator()).GetProperty("isKnownOnlyHere").GetBoolean().ShouldBeTrue();
        (await SignOn(Now)).Status.ShouldBe(HttpStatusCode.OK);

        await Tell(1, "Name");

        var person = await Operator();
        person.GetProperty("isKnownOnlyHere").GetBoolean().ShouldBeFalse();
        person.GetProperty("name").GetString().ShouldBe("Name");
        person.GetProperty("skills")[0].GetString().ShouldBe("m1");
    }

    Task Tell(long version, string name, bool isActive = true, DateTimeOffset? offFloorSince = null) =>
        Service.Deliver("workorders-know-person", new PersonChanged(_code, version, name, isActive, offFloorSince));

    async Task SetSkills(params string[] skills)
    {
        using var answer = await Service.Send(
            $"/api/work-orders/operators/{_code}/skills", new { skills }, method: HttpMethod.Put);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    async Task<(HttpStatusCode Status, string? Code)> SignOn(DateTimeOffset at, Guid? id = null)
    {
        using var answer = await Service.Send("/api/work-orders/sign-ons", new { @operator = _code, station = "m1", at }, id);
        var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        return (answer.StatusCode, body.TryGetProperty("code", out var code) ? code.GetString() : null);
    }

    async Task<HttpStatusCode> Report(Plant.Order order, Guid signOnId, DateTimeOffset startedAt)
    {
        using var answer = await Service.Send($"/api/work-orders/operations/{order.Turn}/reports", new
        {
            signOnId, equipment = "m1", activity = "Run", good = 1, startedAt, endedAt = startedAt.AddMinutes(10)
        });
        return answer.StatusCode;
    }

    async Task<JsonElement> Operator() => (await Service.Get("/api/work-orders/operators?size=1000")).GetProperty("items")
        .EnumerateArray().Single(person => person.GetProperty("code").GetString() == _code);
}
