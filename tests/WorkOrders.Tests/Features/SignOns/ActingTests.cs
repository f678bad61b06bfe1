using System.Net;
using Mes.Persistence;
using Mes.Tests.Support;
using Mes.Web.Auth;
using Mes.WorkOrders.Data;
using Mes.WorkOrders.Domain;

namespace Mes.WorkOrders.Tests.Features.SignOns;

/// <summary>Who works under whose name: an operator as themselves, a foreman for others, a terminal where it is bound.</summary>
public sealed class ActingTests(Plant plant) : IClassFixture<Plant>
{
    static readonly Caller Owner = Caller("O", Roles.Operator);
    static readonly Caller Other = Caller("ID2", Roles.Operator);
    static readonly Caller Foreman = Caller("F", Roles.Foreman);
    static readonly Caller Program = Caller(null, Roles.Operator) with { Kind = ActorKind.ApiClient };

    ServiceHost<WorkOrdersDb> Service => plant.Service;

    static Caller Caller(string? @operator, string role) =>
        new(@operator ?? "key", "Somebody", ActorKind.Operator, null, Roles.PermissionsOf[role]) { Operator = @operator };

    public static TheoryData<string> OthersWithoutRight => ["another operator", "a program"];

    static Caller Named(string who) => who == "a program" ? Program : Other;

    [Theory, MemberData(nameof(OthersWithoutRight))]
    public async Task Nobody_signs_on_or_off_or_reports_or_undoes_under_another_name(string who)
    {
        var order = await plant.Release();
        var report = Guid.NewGuid();
        await Service.Do(Reports(order), order.Report(1, 8), report);
        var before = await Changes();

        await ShouldBeRefused(Named(who), "/api/work-orders/sign-ons", new { @operator = "O", station = "m1" });
        await ShouldBeRefused(Named(who), $"/api/work-orders/sign-ons/{order.SignOn}/sign-off", new { });
        await ShouldBeRefused(Named(who), Reports(order), order.Report(1, 9));
        await ShouldBeRefused(Named(who), $"/api/work-orders/reports/{report}/undo", new { reason = "x" });
        (await Changes()).ShouldBe(before);
    }

    [Fact]
    public async Task An_operator_signs_on_and_reports_and_takes_back_as_themselves()
    {
        var order = await plant.Release();
        var (signOn, report) = (Guid.NewGuid(), Guid.NewGuid());
        var now = TimeProvider.System.GetUtcNow();
        var presence = new { @operator = "O", station = "m1", at = now.AddMinutes(-4) };
        await ShouldBeTaken(Owner, "/api/work-orders/sign-ons", presence, signOn);
        await ShouldBeTaken(Owner, Reports(order), Work(signOn, "m1"), report);
        await ShouldBeTaken(Owner, $"/api/work-orders/reports/{report}/undo", new { reason = "typo" });
        await ShouldBeTaken(Owner, $"/api/work-orders/sign-ons/{signOn}/sign-off", new { });
        (await Service.Query<long>("SELECT count(*) FROM audit WHERE actor_id = 'O' AND action LIKE '% for operator %'"))
            .ShouldBe(0);
    }

    [Fact]
    public async Task Nobody_backdates_a_sign_on_beyond_what_clocks_differ_but_a_foreman()
    {
        var past = new { @operator = "O", station = "m1", at = TimeProvider.System.GetUtcNow().AddMinutes(-6) };
        using (var refused = await Service.Send("/api/work-orders/sign-ons", past, caller: Owner))
        {
            await Explains(refused, "sign-on-backdated");
        }
        await ShouldBeTaken(Foreman, "/api/work-orders/sign-ons", past);
    }

    [Fact]
    public async Task A_foreman_acts_for_an_operator_by_that_operators_skills_and_the_audit_says_for_whom()
    {
        await plant.Know("U", "m2");
        var order = await plant.Release(new { qualification = "Block" });
        var (skilled, unskilled) = (Guid.NewGuid(), Guid.NewGuid());
        await ShouldBeTaken(Foreman, "/api/work-orders/sign-ons", new { @operator = "O", station = "m1" }, skilled);
        await ShouldBeTaken(Foreman, "/api/work-orders/sign-ons", new { @operator = "U", station = "m1" }, unskilled);
        using (var refused = await Service.Send(Reports(order), Work(unskilled, "m1"), caller: Foreman))
        {
            await Explains(refused, "operator-not-qualified", HttpStatusCode.UnprocessableEntity);
        }
        await ShouldBeTaken(Foreman, Reports(order), Work(skilled, "m1"));
        (await Service.Query<long>("SELECT count(*) FROM audit WHERE actor_id = 'F' AND action LIKE '%/reports for operator O'"))
            .ShouldBe(1);
    }

    [Fact]
    public async Task An_operator_qualified_elsewhere_does_not_get_round_the_interlock_by_naming_other_equipment()
    {
        await plant.Know("E", "m9");
        await Service.Deliver("workorders-know-equipment",
            new Contracts.EquipmentChanged("m9", 1, "m9", "W", Contracts.EquipmentKind.Production));
        var order = await plant.Release(new { qualification = "Block" });
        var signOn = Guid.NewGuid();
        var person = Caller("E", Roles.Operator);
        await ShouldBeTaken(person, "/api/work-orders/sign-ons", new { @operator = "E", station = "m9" }, signOn);
        using var refused = await Service.Send(Reports(order), Work(signOn, "m9"), caller: person);
        await Explains(refused, "operator-not-qualified", HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task A_bound_terminal_takes_work_of_its_own_equipment_only_and_an_unbound_one_of_any()
    {
        var order = await plant.Release();
        var bound = Owner with { DeviceId = "T1", Equipment = ["m1"] };
        var signOn = Guid.NewGuid();
        await ShouldBeTaken(bound, "/api/work-orders/sign-ons", new { @operator = "O", station = "m1" }, signOn);
        await ShouldBeTaken(bound, Reports(order), Work(signOn, "m1"));
        var report = Guid.NewGuid();
        await ShouldBeTaken(Owner with { DeviceId = "T2" }, Reports(order, order.Pack), Work(signOn, "m2"), report);

        await ShouldBeElsewhere("/api/work-orders/sign-ons", new { @operator = "O", station = "m2" });
        await ShouldBeElsewhere(Reports(order, order.Pack), Work(signOn, "m2"));
        await ShouldBeElsewhere($"/api/work-orders/reports/{report}/undo", new { reason = "x" });
        await ShouldBeElsewhere($"/api/work-orders/operations/{order.Pack}/complete", null);
        await ShouldBeElsewhere($"/api/work-orders/operations/{order.Pack}/reopen", null);

        async Task ShouldBeElsewhere(string path, object? body)
        {
            using var refused = await Service.Send(path, body, caller: bound);
            await Explains(refused, "not-at-this-terminal");
        }
    }

    static string Reports(Plant.Order order, Guid? operation = null) =>
        $"/api/work-orders/operations/{operation ?? order.Turn}/reports";

    static object Work(Guid signOn, string equipment)
    {
        var now = TimeProvider.System.GetUtcNow();
        return new { signOnId = signOn, equipment, activity = "Run", good = 1, startedAt = now, endedAt = now };
    }

    async Task ShouldBeRefused(Caller caller, string path, object body)
    {
        using var refused = await Service.Send(path, body, caller: caller);
        await Explains(refused, "acts-for-another");
    }

    async Task ShouldBeTaken(Caller caller, string path, object body, Guid? id = null)
    {
        using var answer = await Service.Send(path, body, id, caller: caller);
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
    }

    static async Task Explains(HttpResponseMessage answer, string code, HttpStatusCode status = HttpStatusCode.Forbidden)
    {
        var text = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(status, text);
        text.ShouldContain($"\"code\":\"{code}\"");
    }

    Task<string> Changes() => Service.Query<string>(
        """
        SELECT concat_ws('/', (SELECT count(*) FROM sign_on), (SELECT count(signed_off_at) FROM sign_on),
            (SELECT count(*) FROM report))
        """);
}
