namespace Mes.Replay.Play;

/// <summary>
/// What ERP and terminals send for the log's master data and rows. Pure: the same log gives the same commands, id and
/// body, in every run.
/// </summary>
/// <param name="ids">Ids of the commands.</param>
/// <param name="equipment">Name → code of the equipment, see <see cref="Codes.Slugs"/>.</param>
sealed class Commands(CommandIds ids, IReadOnlyDictionary<string, string> equipment)
{
    /// <summary>Unit of all quantities: pieces.</summary>
    public const string Unit = "pcs";

    // The store that every plant has
    const string Store = "RECEIVING";

    const int SecondsPerMinute = 60;
    const int Decimals = 6;

    static readonly RoutingPolicies Policies = new(
        Sequence: "Warn", OverQuantity: "Warn", Qualification: "Warn", Material: "Off",
        OverQuantityTolerancePercent: 0, CompletesByQuantity: false);

    public Command Product(string part) => Put(
        "define-product", part, $"work-orders/products/{Segment(part)}",
        new DefineProduct(Codes.Clean(part, Codes.NameCharsMax), Unit));

    /// <summary>The raw pieces that a part is made of: a material of their own.</summary>
    public Command Blank(string material) => new(
        ids.Of("define-blank", material), HttpMethod.Put,
        $"inventory/materials/{Segment(material)}",
        new DefineMaterial(Codes.Clean(material, Codes.NameCharsMax), Unit), $"define material {material}");

    public Command EquipmentUnit(EquipmentMaster unit) => new(
        ids.Of("define-equipment", unit.Name), HttpMethod.Put, $"equipment/units/{equipment[unit.Name]}",
        new DefineEquipmentUnit(
            Codes.Clean(unit.Name, Codes.NameCharsMax), unit.IsInspection ? "inspection" : "production",
            unit.IsInspection ? "Inspection" : "Production"),
        $"define equipment {unit.Name}");

    /// <summary>A worker is a person, who is entered once for all services.</summary>
    public Command Person(WorkerMaster worker) => new(
        ids.Of("define-person", worker.Id), HttpMethod.Put,
        $"identity/people/{Uri.EscapeDataString(Codes.Clean(worker.Id))}",
        new DefinePerson(Codes.Clean(worker.Id, Codes.NameCharsMax), ["operator"]), $"define person {worker.Id}");

    /// <summary>What the worker can do.</summary>
    public Command Skills(WorkerMaster worker) => new(
        ids.Of("set-skills", worker.Id), HttpMethod.Put,
        $"work-orders/operators/{Uri.EscapeDataString(Codes.Clean(worker.Id))}/skills",
        new SetSkills([.. worker.QualifiedFor.Select(name => equipment[name])]), $"set skills of {worker.Id}");

    /// <summary>The order's own revision of its part's routing.</summary>
    public Command Routing(OrderMaster order) => Put(
        "define-routing", order.Id, $"work-orders/routings/{Segment(order.Part)}/{Segment(order.Id)}",
        new DefineRouting(Codes.Clean(order.Part), [.. order.Route.Select(Step)], Policies));

    public Command SignOn(WorkerPresence presence) => Post(
        "sign-on", presence.Worker, "work-orders/sign-ons",
        new SignOnOperator(Codes.Clean(presence.Worker), equipment[presence.Station], presence.SignedOnAt));

    public Command SignOff(WorkerPresence presence, Guid signOnId) => Post(
        "sign-off", presence.Worker, $"work-orders/sign-ons/{signOnId}/sign-off",
        new SignOffOperator(presence.SignedOffAt));

    public Command Order(OrderMaster order) => Put(
        "release", order.Id, $"erp/orders/{Segment(order.Id)}",
        new TakeErpOrder(
            Codes.Clean(order.Part), Codes.Clean(order.Id), order.Quantity, order.ReleasedAt,
            order.DueAt, Release: true));

    /// <summary>The order's lot of blanks comes into stock.</summary>
    public Command ReceiveBlank(OrderMaster order) => Post(
        "receive-blank", order.Id, "inventory/receipts",
        new ReceiveLot(
            Codes.Clean(order.Blank.MaterialId), order.Blank.Quantity, Unit, Store, Codes.Clean(order.Blank.LotId),
            order.ReleasedAt));

    /// <summary>The whole lot is handed out to the order.</summary>
    public Command IssueBlank(IssueBlank issue) => Post(
        "issue-blank", issue.OrderId, "inventory/issues",
        new IssueMaterial(
            Codes.Clean(issue.OrderId), Codes.Clean(issue.Order.Blank.MaterialId), issue.Order.Blank.Quantity, Unit,
            Codes.Clean(issue.Order.Blank.LotId), issue.At));

    public Command Report(LogRow row, Guid operationId, Guid signOnId) => new(
        CommandIds.Of(row), HttpMethod.Post, $"work-orders/operations/{operationId}/reports",
        new TakeReport(
            signOnId, equipment[row.Equipment], row.Type.ToString(), row.StartedAt, row.EndedAt, row.Good, row.Rejected,
            row.Nonconforming, row.Rework),
        $"line {row.Line}, report");

    public Command Downtime(LogRow row) => new(
        CommandIds.Of(row), HttpMethod.Post, $"equipment/units/{equipment[row.Equipment]}/downtimes",
        new TakeDowntime(
            row.StartedAt, row.EndedAt, row.Worker.Length > 0 ? Codes.Clean(row.Worker) : null,
            Codes.Clean(row.OrderId), Codes.Clean(row.Activity)),
        $"line {row.Line}, downtime");

    public Command Close(FinishOrder finish) => Post(
        "close", finish.OrderId, $"erp/orders/{Segment(finish.OrderId)}/close",
        new CloseErpOrder(finish.IsShort ? "The log ends before the ordered quantity is received." : null));

    RoutingStep Step(OperationMaster operation) => new(
        Codes.Clean(operation.Activity), [.. operation.Equipment.Select(name => equipment[name])],
        decimal.Round(operation.Time.SetupMinutes * SecondsPerMinute, Decimals),
        decimal.Round(operation.Time.RunMinutesPerPiece * SecondsPerMinute, Decimals),
        operation.IsReceipt, operation.IsInspection);

    static string Segment(string name) => Uri.EscapeDataString(Codes.Clean(name));

    Command Put(string action, string subject, string path, object body) =>
        new(ids.Of(action, subject), HttpMethod.Put, path, body, $"{action} {subject}");

    Command Post(string action, string subject, string path, object body) =>
        new(ids.Of(action, subject), HttpMethod.Post, path, body, $"{action} {subject}");
}
