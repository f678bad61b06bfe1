using System.Text.Json;
using Shouldly;
using Xunit;

namespace Mes.Replay.Tests;

public sealed class CommandsTests
{
    static readonly Guid Operation = new("11111111-1111-7111-8111-111111111111");
    static readonly Guid SignOn = new("22222222-2222-5222-8222-222222222222");

    readonly LogRow _row = LogBuilder.Row("Packing", 0, 10, good: 9, line: 17) with
    {
        Equipment = "Packing/1",
        Rejected = 1,
        Nonconforming = 2,
        Rework = true,
        Type = ReportType.Setup,
    };

    [Fact]
    public void A_row_is_sent_as_a_report()
    {
        var command = Plan(_row).Commands.Report(_row, Operation, SignOn);

        command.Id.ShouldBe(CommandIds.Of(_row));
        command.Path.ShouldBe($"work-orders/operations/{Operation}/reports");
        command.What.ShouldBe("line 17, report");
        Json(command).ShouldBe(
            """
            {"SignOnId":"22222222-2222-5222-8222-222222222222","Equipment":"packing-1","Activity":"Setup",
            "StartedAt":"2031-05-06T00:00:00+00:00","EndedAt":"2031-05-06T00:10:00+00:00","Good":9,"Scrap":1,
            "Nonconforming":2,"IsRework":true}
            """.ReplaceLineEndings(""));
    }

    [Fact]
    public void A_breakdown_is_sent_as_downtime_with_the_labour_on_it()
    {
        var row = _row with { Type = ReportType.Breakdown };

        var command = Plan(row).Commands.Downtime(row);

        command.Path.ShouldBe("equipment/units/packing-1/downtimes");
        Json(command).ShouldContain("\"Operator\":\"W1\",\"Order\":\"Order A\",\"Operation\":\"Packing\"");
        Json(Plan(row).Commands.Downtime(row with { Worker = "" })).ShouldContain("\"Operator\":null");
    }

    [Fact]
    public void An_order_has_a_routing_revision_of_its_own_that_warns_and_never_blocks()
    {
        var plan = Plan(_row);
        var order = plan.Master.Orders[0];

        plan.Commands.Routing(order).Path.ShouldBe("work-orders/routings/Bracket/Order%20A");
        Json(plan.Commands.Routing(order)).ShouldBe(
            """
            {"Product":"Bracket","Steps":[{"Code":"Packing","Equipment":["packing-1"],
            "SetupSeconds":600,"RunSecondsPerUnit":0,"IsReceipt":true,"IsInspection":false}],
            "Policies":{"Sequence":"Warn","OverQuantity":"Warn","Qualification":"Warn","Material":"Off",
            "OverQuantityTolerancePercent":0,"CompletesByQuantity":false}}
            """.ReplaceLineEndings(""));
        Json(plan.Commands.Order(order)).ShouldContain(
            "\"Routing\":\"Bracket\",\"Revision\":\"Order A\",\"Quantity\":10");
    }

    [Fact]
    public void A_worker_is_a_person_whose_skills_are_where_they_worked()
    {
        var plan = Plan(_row);
        var worker = plan.Master.Workers.ShouldHaveSingleItem();

        plan.Commands.Person(worker).Path.ShouldBe("identity/people/W1");
        Json(plan.Commands.Person(worker)).ShouldBe("""{"Name":"W1","Roles":["operator"]}""");
        plan.Commands.Skills(worker).Path.ShouldBe("work-orders/operators/W1/skills");
        Json(plan.Commands.Skills(worker)).ShouldBe("""{"Skills":["packing-1"]}""");
    }

    [Theory]
    [InlineData(9, true)]
    [InlineData(10, false)]
    public void Only_an_order_that_is_short_is_closed_with_a_reason(int good, bool isShort)
    {
        var plan = Plan(_row with { Good = good });

        Json(plan.Commands.Close(plan.Actions.OfType<FinishOrder>().Single())).Contains("\"Reason\":null")
            .ShouldBe(!isShort);
    }

    [Fact]
    public void Workers_sign_on_where_and_when_they_began_and_off_when_they_ended()
    {
        var presence = WorkerPresence.Of(
        [
            LogBuilder.Row("Sawing", 20, 40), LogBuilder.Row("Milling", 5, 30),
            LogBuilder.Row("Packing", 0, 90) with { Type = ReportType.Breakdown },
            LogBuilder.Row("Packing", 0, 90) with { Type = ReportType.Breakdown, Worker = "" },
        ]);

        presence.ShouldBe([new WorkerPresence("W1", "Milling cell", LogBuilder.Minute(5), LogBuilder.Minute(40))]);
    }

    [Fact]
    public void Every_command_of_the_real_log_has_an_id_of_its_own_in_each_run_the_same()
    {
        var first = Sent(shuffleSeed: null).Select(Line).Order().ToList();

        first.Count.ShouldBeGreaterThan(4_543 + (4 * 225));
        Sent(null).Select(command => command.Id).ShouldBeUnique();
        Sent(shuffleSeed: 3).Select(Line).Order().ShouldBe(first);
    }

    static string Line(Command command) =>
        $"{command.Id} {command.Path} {JsonSerializer.Serialize(command.Body, command.Body.GetType())}";

    static IEnumerable<Command> Sent(int? shuffleSeed)
    {
        var plan = ReplayPlan.Of(RealLog.Rows, "Production_Data.csv", shuffleSeed);
        var commands = plan.Commands;
        return
        [
            .. plan.Master.Parts.Select(commands.Product),
            .. plan.Master.Orders.Select(order => order.Blank.MaterialId).Distinct().Select(commands.Blank),
            .. plan.Master.Equipment.Select(commands.EquipmentUnit),
            .. plan.Master.Workers.Select(commands.Person),
            .. plan.Master.Workers.Select(commands.Skills),
            .. plan.Master.Orders.Select(commands.Routing),
            .. plan.Presences.Select(commands.SignOn),
            .. plan.Actions.SelectMany(action => OfAction(action, commands)),
            .. plan.Presences.Select(presence => commands.SignOff(presence, SignOn)),
        ];
    }

    static Command[] OfAction(ReplayAction action, Commands commands) => action switch
    {
        ReleaseOrder release => [commands.ReceiveBlank(release.Order), commands.Order(release.Order)],
        IssueBlank issue => [commands.IssueBlank(issue)],
        ReportProduction report => [commands.Report(report.Row, Operation, SignOn)],
        ReportDowntime downtime => [commands.Downtime(downtime.Row)],
        FinishOrder finish => [commands.Close(finish)],
        _ => throw new ArgumentOutOfRangeException(nameof(action)),
    };

    static ReplayPlan Plan(params LogRow[] rows) => ReplayPlan.Of(rows, "log.csv", shuffleSeed: null);

    static string Json(Command command) => JsonSerializer.Serialize(command.Body, command.Body.GetType());
}
