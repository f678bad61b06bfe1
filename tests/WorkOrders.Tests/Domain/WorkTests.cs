using Mes.Contracts;
using Mes.Kernel;
using Mes.WorkOrders.Domain;

namespace Mes.WorkOrders.Tests.Domain;

/// <summary>The time of work: what is reported of it is what was worked, each minute once.</summary>
public sealed class WorkTests
{
    static readonly DateTimeOffset Day = new(2026, 1, 2, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void All_that_was_worked_is_reported_once_whatever_happens_in_whatever_order()
    {
        for (var seed = 0; seed < 500; seed++)
        {
            var random = new Random(seed);
            var (work, operation) = Begun();
            var reported = new List<TimeRange>();
            var (at, worked, running) = (Day, TimeSpan.Zero, true);
            for (var step = 0; step < 12; step++)
            {
                var length = TimeSpan.FromSeconds(random.Next(600));
                (at, worked) = (at + length, worked + (running ? length : TimeSpan.Zero));
                switch (random.Next(3))
                {
                    case 0 when running:
                        reported.Add(work.Pause("wait", at));
                        running = false;
                        break;
                    case 1 when !running:
                        work.Resume(at);
                        running = true;
                        break;
                    case 2:
                        var time = work.Unreported(at);
                        work.NoteReported(time.EndOrMax);
                        reported.Add(time);
                        break;
                    default:
                        break;
                }
            }
            reported.Add(work.End(operation, WorkEnd.Finished, at));
            var length0 = TimeSpan.FromTicks(reported.Sum(time => time.Length.Ticks));
            length0.ShouldBe(worked, $"seed {seed}");
            work.SecondsAt(at).ShouldBe((decimal)worked.TotalSeconds, $"seed {seed}");
            for (var i = 1; i < reported.Count; i++)
            {
                reported[i].Start.ShouldBeGreaterThanOrEqualTo(reported[i - 1].EndOrMax, $"seed {seed}");
            }
        }
    }

    [Fact]
    public void What_a_terminal_tells_late_undoes_no_report()
    {
        var (work, operation) = Begun();
        work.NoteReported(Day.AddMinutes(30));
        work.Pause("wait", Day.AddMinutes(10)).IsEmpty.ShouldBeTrue();
        work.Since.ShouldBe(Day.AddMinutes(30));
        work.Resume(Day.AddMinutes(20));
        work.End(operation, WorkEnd.Finished, Day.AddMinutes(40)).Length.ShouldBe(TimeSpan.FromMinutes(10));
    }

    [Fact]
    public void An_operation_is_started_while_somebody_works_on_it_and_waits_again_where_nothing_was_reported()
    {
        var (work, operation) = Begun();
        operation.Status.ShouldBe(OperationStatus.Started);
        work.End(operation, WorkEnd.Withdrawn, Day.AddMinutes(5)).IsEmpty.ShouldBeTrue();
        operation.Status.ShouldBe(OperationStatus.Waiting);
    }

    static (Work Work, Operation Operation) Begun()
    {
        var routing = new Routing
        {
            Code = "R", Revision = "1", Product = "P", Policies = new Policies(), Components = [],
            Steps = [new RoutingStep("turn", ["m1"], IsReceipt: true)]
        };
        var order = routing.Order(new OrderRequest("1", null, new OrderDemand(10, 0, null, null)), "pcs");
        order.Release();
        var operation = order.Operations[0];
        var signOn = SignOn.Of(Guid.NewGuid(), "O", "T", Day, null);
        return (Work.Start(Guid.NewGuid(), WorkActivity.Run, "m1", Day, new ReportingContext
        {
            Order = order, Operation = operation, SignOn = signOn, Qualifications = ["m1"], Now = Day.AddDays(1)
        }), operation);
    }
}
