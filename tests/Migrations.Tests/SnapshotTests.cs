using Mes.Postgres;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Mes.Migrations.Tests;

/// <summary>Beside the migrations lies what the model looked like after the last: the next begins with the difference.</summary>
public class SnapshotTests
{
    public static TheoryData<string> Services => [.. DatabaseSpec.Services];

    [Fact]
    public void Every_service_has_a_model() =>
        ServiceModel.All.Select(model => model.Service).ShouldBe(DatabaseSpec.Services, ignoreOrder: true);

    [Theory]
    [MemberData(nameof(Services))]
    public void The_snapshot_is_the_model(string service)
    {
        using var db = ServiceModel.Of(service).Create();
        db.Database.HasPendingModelChanges().ShouldBeFalse(
            "add a migration that changes the tables, and renew the snapshots: see .github/CONTRIBUTING.md");
    }

    [Fact]
    public void A_model_that_went_on_without_its_snapshot_is_found()
    {
        using var db = new SeededDb(new DbContextOptionsBuilder<SeededDb>().UseNpgsql().Options);
        db.Database.HasPendingModelChanges().ShouldBeTrue();
    }

    /// <summary>Writes all snapshots anew: run by <c>-explicit only</c> after the model was changed.</summary>
    [Fact(Explicit = true)]
    public void Renew()
    {
        foreach (var model in ServiceModel.All) SnapshotFile.Write(model);
    }

    sealed class SeededDb(DbContextOptions<SeededDb> options) : DbContext(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder) =>
            modelBuilder.Entity("Row", row => { row.Property<int>("Id"); row.Property<string>("Added"); });
    }

    [DbContext(typeof(SeededDb))]
    sealed class SeededSnapshot : ModelSnapshot
    {
        protected override void BuildModel(ModelBuilder modelBuilder) => modelBuilder.Entity("Row", row =>
        {
            row.Property<int>("Id").ValueGeneratedOnAdd().HasColumnType("integer");
            row.HasKey("Id");
            row.ToTable("Row");
        });
    }
}
