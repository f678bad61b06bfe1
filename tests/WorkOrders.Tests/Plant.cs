using System.Net;
using Mes.Contracts;
using Mes.Tests.Support;
using Mes.WorkOrders.Data;

namespace Mes.WorkOrders.Tests;

/// <summary>
/// The running service with a database of its own; shared by the tests of a class, each with orders of its own.
/// </summary>
public sealed class Plant : IAsyncLifetime
{
    public ServiceHost<WorkOrdersDb> Service { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Service = await ServiceHost<WorkOrdersDb>.Start("work-orders", b => b.AddWorkOrders(), a => a.MapWorkOrders());
        await Service.Define("/api/work-orders/products", new { code = "P", name = "Part", unit = "pcs" });
        await Know("O", "m1", "m2");
    }

    public ValueTask DisposeAsync() => Service.DisposeAsync();

    /// <summary>Has Identity tell of a person, and says what the person can do.</summary>
    public async Task Know(string code, params string[] skills)
    {
        await Service.Deliver("workorders-know-person", new PersonChanged(code, 1, $"Name of {code}", true, null));
        using var answer = await Service.Send($"/api/work-orders/operators/{code}/skills", new { skills },
            method: HttpMethod.Put);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Makes a released order of ten pieces with two operations; returns the ids of operations and sign-on.</summary>
    public async Task<Order> Release(object? policies = null)
    {
        var number = Guid.NewGuid().ToString("N")[..10];
        await Service.Define("/api/work-orders/routings", new
        {
            code = "R", revision = number, product = "P",
            steps = new object[]
            {
                new { code = "turn", equipment = new[] { "m1" } },
                new { code = "pack", equipment = new[] { "m2" }, isReceipt = true }
            },
            policies = policies ?? new { sequence = "Warn", overQuantity = "Warn", completesByQuantity = false }
        });
        var order = await Service.Define("/api/erp/orders",
            new { number, routing = "R", revision = number, quantity = 10, release = true });
        var signOn = await Service.Do("/api/work-orders/sign-ons",
            new { @operator = "O", station = "T", at = "2026-01-01T00:00:00Z" });
        var operations = order.GetProperty("operations");
        return new Order(order.GetProperty("id").GetGuid(), number, operations[0].GetProperty("id").GetGuid(),
            operations[1].GetProperty("id").GetGuid(), signOn.GetProperty("id").GetGuid());
    }

    public sealed record Order(Guid Id, string Number, Guid Turn, Guid Pack, Guid SignOn)
    {
        public object Report(decimal good, int hour, string equipment = "m1", decimal scrap = 0) => new
        {
            signOnId = SignOn, equipment, activity = "Run", good, scrap,
            startedAt = $"2026-01-02T{hour:00}:00:00Z", endedAt = $"2026-01-02T{hour:00}:30:00Z"
        };
    }
}
