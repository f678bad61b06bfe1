using System.Data.Common;
using System.Text.Json;
using Mes.Kernel;
using Mes.Persistence;
using Mes.WorkOrders.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage;

namespace Mes.WorkOrders.Data;

/// <summary>The database of the work orders.</summary>
public sealed class WorkOrdersDb(DbContextOptions<WorkOrdersDb> options) : MesDbContext(options)
{
    /// <summary>Products.</summary>
    public DbSet<Product> Products => Set<Product>();

    /// <summary>Routings, by revision.</summary>
    public DbSet<Routing> Routings => Set<Routing>();

    /// <summary>Orders.</summary>
    public DbSet<WorkOrder> Orders => Set<WorkOrder>();

    /// <summary>Operations of the orders.</summary>
    public DbSet<Operation> Operations => Set<Operation>();

    /// <summary>Production reports.</summary>
    public DbSet<ProductionReport> Reports => Set<ProductionReport>();

    /// <summary>What Quality has decided on pieces.</summary>
    public DbSet<Judgement> Judgements => Set<Judgement>();

    /// <summary>Operators.</summary>
    public DbSet<Operator> Operators => Set<Operator>();

    /// <summary>Sign-ons.</summary>
    public DbSet<SignOn> SignOns => Set<SignOn>();

    /// <summary>Work that operators have begun.</summary>
    public DbSet<Work> Work => Set<Work>();

    /// <summary>Discrepancies.</summary>
    public DbSet<Discrepancy> Discrepancies => Set<Discrepancy>();

    /// <summary>How things are numbered.</summary>
    public DbSet<NumberingRule> NumberingRules => Set<NumberingRule>();

    /// <summary>Notes to orders.</summary>
    public DbSet<OrderNote> Notes => Set<OrderNote>();

    /// <summary>Files attached to orders.</summary>
    public DbSet<OrderAttachment> Attachments => Set<OrderAttachment>();

    /// <summary>What is in the files.</summary>
    public DbSet<AttachmentContent> AttachmentContents => Set<AttachmentContent>();

    /// <summary>Pictures of products.</summary>
    public DbSet<ProductPicture> Pictures => Set<ProductPicture>();

    /// <summary>Instructions for operations, by revision.</summary>
    public DbSet<Instruction> Instructions => Set<Instruction>();

    /// <summary>Files that instructions show.</summary>
    public DbSet<InstructionFile> InstructionFiles => Set<InstructionFile>();

    /// <summary>What is in these files.</summary>
    public DbSet<InstructionContent> InstructionContents => Set<InstructionContent>();

    /// <summary>To whom which revision of an instruction was shown.</summary>
    public DbSet<InstructionReading> InstructionReadings => Set<InstructionReading>();

    /// <summary>Serial numbers of pieces.</summary>
    public DbSet<SerialNumber> Serials => Set<SerialNumber>();

    /// <summary>What was printed of orders.</summary>
    public DbSet<PrintedPaper> Prints => Set<PrintedPaper>();

    /// <summary>For statements by hand, which run in <see cref="Transaction"/>.</summary>
    public DbConnection Connection => Database.GetDbConnection();

    /// <summary>The transaction under way, or null.</summary>
    public DbTransaction? Transaction => Database.CurrentTransaction?.GetDbTransaction();

    /// <summary>The order of an operation, locked until the transaction ends: reports on one order queue up here.</summary>
    public Task<WorkOrder?> LockOrderOf(Guid operationId, CancellationToken ct) => Orders.FromSql(
        $"SELECT * FROM work_order WHERE id = (SELECT order_id FROM operation WHERE id = {operationId}) FOR NO KEY UPDATE")
        .AsTracking().SingleOrDefaultAsync(ct);

    /// <summary>An operator, to be changed, or null.</summary>
    public Task<Operator?> LockOperator(string code, CancellationToken ct) =>
        Operators.FromSql($"SELECT * FROM operator WHERE code = {code} FOR UPDATE").SingleOrDefaultAsync(ct);

    /// <summary>An operator, or null; who leaves the floor meanwhile does so after what follows here.</summary>
    public Task<Operator?> HoldOperator(string code, CancellationToken ct) =>
        Operators.FromSql($"SELECT * FROM operator WHERE code = {code} FOR SHARE").SingleOrDefaultAsync(ct);

    /// <summary>An order that is only named has to be there.</summary>
    /// <exception cref="RuleViolation">Code <c>order-not-found</c>.</exception>
    public async Task RequireOrder(Guid id, CancellationToken ct)
    {
        if (!await Orders.AnyAsync(order => order.Id == id, ct)) throw RuleViolation.NotFound("order", id, "orderId");
    }

    /// <summary>An order with its operations, locked until the transaction ends.</summary>
    public async Task<WorkOrder?> LockOrder(Guid id, CancellationToken ct)
    {
        var order = await Orders.FromSql($"SELECT * FROM work_order WHERE id = {id} FOR NO KEY UPDATE").SingleOrDefaultAsync(ct);
        if (order is not null)
        {
            await Operations.Where(operation => operation.OrderId == id).OrderBy(operation => operation.Sequence).LoadAsync(ct);
        }
        return order;
    }

    /// <summary>The same by the order's number.</summary>
    public async Task<WorkOrder?> LockOrder(string number, CancellationToken ct) =>
        await Orders.Where(order => order.Number == number).Select(order => (Guid?)order.Id).SingleOrDefaultAsync(ct) is { } id
            ? await LockOrder(id, ct) : null;

    /// <summary>
    /// How many attachments an order has, which stays so until the transaction ends; null where there is no order.
    /// </summary>
    public async Task<int?> CountAttachments(Guid orderId, CancellationToken ct) => await HoldOrder(orderId, ct)
        ? await Attachments.CountAsync(file => file.OrderId == orderId && file.RemovedAt == null, ct)
        : null;

    /// <summary>Whether there is an order; what is added to it by others waits until the transaction ends.</summary>
    public async Task<bool> HoldOrder(Guid id, CancellationToken ct) =>
        await Orders.FromSql($"SELECT * FROM work_order WHERE id = {id} FOR NO KEY UPDATE").AsNoTracking()
            .SingleOrDefaultAsync(ct) is not null;

    /// <summary>A product, to be changed, or null.</summary>
    public Task<Product?> LockProduct(string code, CancellationToken ct) =>
        Products.FromSql($"SELECT * FROM product WHERE code = {code} FOR UPDATE").SingleOrDefaultAsync(ct);

    /// <summary>Takes over what is wanted of an order now, loaded with its operations; drops what is too much no more.</summary>
    /// <returns>Whether that is anything new, to be told to the others.</returns>
    public async Task<bool> Change(WorkOrder order, OrderDemand wanted, CancellationToken ct)
    {
        var routing = await Routings.AsNoTracking()
            .SingleAsync(r => r.Code == order.RoutingCode && r.Revision == order.RoutingRevision, ct);
        var isNew = order.Change(wanted, routing);
        if (isNew)
        {
            await ForgetOverQuantity(order, order.Operations, ct);
        }
        return isNew;
    }

    /// <summary>Drops what was found of operations that made too much, once it is too much no more.</summary>
    public async Task ForgetOverQuantity(WorkOrder order, IEnumerable<Operation> operations, CancellationToken ct)
    {
        var fit = operations.Where(o => !Reporting.IsOverQuantity(o.Good, order)).Select(o => o.Id).ToList();
        RemoveRange(await Discrepancies.Where(d => fit.Contains(d.SubjectId)
            && d.Kind == DiscrepancyKinds.OverQuantity && d.SettledAt == null).ToListAsync(ct));
    }

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.Entity<Product>().ToTable("product").HasKey(product => product.Code);
        modelBuilder.Entity<Routing>(routing =>
        {
            routing.ToTable("routing").HasKey(r => new { r.Code, r.Revision });
            Json(routing.Property(r => r.Policies));
            Json(routing.Property(r => r.Steps));
            Json(routing.Property(r => r.Components));
        });
        modelBuilder.Entity<WorkOrder>(order =>
        {
            order.ToTable("work_order").HasKey(o => o.Id);
            Json(order.Property(o => o.Policies));
            Json(order.Property(o => o.Components));
            order.HasMany(o => o.Operations).WithOne().HasForeignKey(o => o.OrderId);
        });
        modelBuilder.Entity<Operation>(operation =>
        {
            operation.ToTable("operation").HasKey(o => o.Id);
            Json(operation.Property(o => o.Planning!));
        });
        modelBuilder.Entity<ProductionReport>(report =>
        {
            report.ToTable("report").HasKey(r => r.Id);
            Json(report.Property(r => r.Consumed));
            Json(report.Property(r => r.Serials));
        });
        modelBuilder.Entity<Operator>(person =>
        {
            person.ToTable("operator").HasKey(p => p.Code);
            person.Ignore(p => p.IsKnownOnlyHere);
            Json(person.Property(p => p.SkillExpiries));
        });
        modelBuilder.Entity<SignOn>().ToTable("sign_on").HasKey(signOn => signOn.Id);
        modelBuilder.Entity<PendingConfirmation>().ToTable("erp_pending").HasKey(pending => pending.ReportId);
        modelBuilder.Entity<Judgement>(judgement =>
        {
            judgement.ToTable("judgement").HasKey(j => j.Id);
            judgement.Property(j => j.Id).ValueGeneratedNever();
        });
        modelBuilder.Entity<NumberingRule>().ToTable("numbering_rule").HasKey(rule => new { rule.Kind, rule.Product });
        modelBuilder.Entity<OrderNote>(note =>
        {
            note.ToTable("order_note").HasKey(n => n.Id);
            note.Property(n => n.Id).ValueGeneratedNever();
        });
        MapFiles(modelBuilder);
        MapInstructions(modelBuilder);
        modelBuilder.Entity<SerialNumber>().ToTable("serial_number").HasKey(serial => new { serial.Product, serial.Serial });
        modelBuilder.Entity<PrintedPaper>(print =>
        {
            print.ToTable("printed_paper").HasKey(p => p.Id);
            print.Property(p => p.Id).ValueGeneratedNever();
        });
        modelBuilder.Entity<Work>(work =>
        {
            work.ToTable("work").HasKey(w => w.Id);
            work.Property(w => w.Id).ValueGeneratedNever();
            Json(work.Property(w => w.BeforeRule!));
        });
        modelBuilder.Entity<Discrepancy>().ToTable("discrepancy").HasKey(discrepancy => discrepancy.Id);
    }

    static void MapFiles(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<OrderAttachment>(file =>
        {
            file.ToTable("order_attachment").HasKey(f => f.Id);
            file.Property(f => f.Id).ValueGeneratedNever();
        });
        modelBuilder.Entity<AttachmentContent>(content =>
        {
            content.ToTable("attachment_content").HasKey(c => c.AttachmentId);
            content.HasOne<OrderAttachment>().WithOne().HasForeignKey<AttachmentContent>(c => c.AttachmentId);
        });
        modelBuilder.Entity<ProductPicture>(picture =>
        {
            picture.ToTable("product_picture").HasKey(p => p.Product);
            picture.HasOne<Product>().WithOne().HasForeignKey<ProductPicture>(p => p.Product);
        });
    }

    static void MapInstructions(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Instruction>(instruction =>
        {
            instruction.ToTable("instruction").HasKey(i => i.Id);
            instruction.Property(i => i.Id).ValueGeneratedNever();
        });
        modelBuilder.Entity<InstructionFile>(file =>
        {
            file.ToTable("instruction_file").HasKey(f => f.Id);
            file.Property(f => f.Id).ValueGeneratedNever();
        });
        modelBuilder.Entity<InstructionContent>(content =>
        {
            content.ToTable("instruction_content").HasKey(c => c.FileId);
            content.HasOne<InstructionFile>().WithOne().HasForeignKey<InstructionContent>(c => c.FileId);
        });
        modelBuilder.Entity<InstructionReading>(reading =>
        {
            reading.ToTable("instruction_reading").HasKey(r => r.Id);
            reading.Property(r => r.Id).ValueGeneratedNever();
        });
    }

    static void Json<T>(PropertyBuilder<T> property) where T : class => property.HasColumnType("jsonb").HasConversion(
        value => JsonSerializer.Serialize(value, MessageJson.Options),
        text => JsonSerializer.Deserialize<T>(text, MessageJson.Options)!,
        new ValueComparer<T>((a, b) => ReferenceEquals(a, b), value => value.GetHashCode(), value => value));
}
