using FsCheck;
using FsCheck.Fluent;
using Mes.Equipment.Data;
using Mes.Equipment.Domain;

namespace Mes.Equipment.Tests.Domain;

public class KpiTests
{
    /// <summary>
    /// The usual textbook shift: 420 min planned, 373 run, 60 pieces a minute ideal, 19,271 produced, 423 rejected.
    /// </summary>
    static readonly KpiInputs Textbook = new(420 * 60, 373 * 60, 0, 47 * 60, [new("widget", 1m, 19_271, 18_848, 423)]);

    [Fact]
    public void The_textbook_shift_comes_out()
    {
        var kpis = new KpiSet(Textbook);
        kpis.Availability.Value!.Value.ShouldBe(0.8881m, 0.00005m);
        kpis.Effectiveness.Value!.Value.ShouldBe(0.8611m, 0.00005m);
        kpis.Quality.Value!.Value.ShouldBe(0.9780m, 0.0001m);
        kpis.Oee.Value!.Value.ShouldBe(0.7479m, 0.00005m);
        kpis.ScrapRatio.Value.ShouldBe(423m / 19_271m);
        kpis.TechnicalEfficiency.Value.ShouldBe(373m / 420m);
        kpis.Flags.ShouldBe(KpiFlags.None);
    }

    [Fact]
    public void Setup_counts_for_nee_and_not_for_oee()
    {
        var kpis = new KpiSet(new(1000, 500, 250, 100, [new("p", 4, 100, 80, 20)]));
        kpis.Oee.Value.ShouldBe(0.32m);
        kpis.Nee.Value.ShouldBe(0.48m); // (500 + 250)/1000 · 400/500 · 80/100
        kpis.SetupRatio.Value.ShouldBe(1m / 3m);
        kpis.UtilizationEfficiency.Value.ShouldBe(500m / 850m);
    }

    [Fact]
    public void Several_products_are_weighted_by_planned_time_with_the_piece_ratio_beside()
    {
        var kpis = new KpiSet(new(1000, 800, 0, 0, [new("slow", 50, 10, 8, 2), new("fast", 2, 100, 95, 5)]));
        kpis.Effectiveness.ShouldBe(new Ratio(700, 800));
        kpis.Quality.ShouldBe(new Ratio(590, 700));
        kpis.PieceQuality.ShouldBe(new Ratio(103, 110));
        kpis.Oee.ShouldBe(new Ratio(590, 1000));
    }

    [Fact]
    public void Nothing_is_rounded_between()
    {
        var kpis = new KpiSet(new(3m, 7m, 0, 0, [new("p", 1m / 3m, 1, 1, 0)]));
        kpis.Effectiveness.Numerator.ShouldBe(0.3333333333333333333333333333m);
        kpis.Oee.Value.ShouldBe(0.3333333333333333333333333333m / 3m);
    }

    [Fact]
    public void Without_planned_busy_time_what_needs_it_is_unknown()
    {
        foreach (var planned in new decimal?[] { 0, null })
        {
            var kpis = new KpiSet(Textbook with { PlannedBusyTimeSeconds = planned });
            kpis.Availability.Value.ShouldBeNull();
            kpis.Oee.Value.ShouldBeNull();
            kpis.Nee.Value.ShouldBeNull();
            kpis.Effectiveness.Value.ShouldNotBeNull();
            kpis.Quality.Value.ShouldNotBeNull();
        }
    }

    [Fact]
    public void Without_the_planned_time_of_one_product_the_figures_are_those_of_the_others_and_flagged()
    {
        var kpis = new KpiSet(new(1000, 800, 0, 0, [new("known", 5, 10, 8, 2), new("unknown", null, 10, 9, 1)]));
        kpis.Effectiveness.Value.ShouldBe(50m / 800m);
        kpis.Quality.Value.ShouldBe(0.8m);
        kpis.Oee.Value.ShouldBe(40m / 1000m);
        kpis.Flags.ShouldBe(KpiFlags.PlannedTimeUnknown);
        kpis.Availability.Value.ShouldBe(0.8m);
        kpis.PieceQuality.Value.ShouldBe(0.85m);
    }

    [Fact]
    public void A_product_that_was_not_made_need_not_be_known() =>
        new KpiSet(new(1000, 800, 0, 0, [new("known", 5, 10, 10, 0), new("unknown", null, 0, 0, 0)]))
            .Oee.Value.ShouldBe(0.05m);

    [Fact]
    public void Of_one_product_the_quality_is_known_without_its_planned_time()
    {
        var inputs = new KpiInputs(1000, 800, 0, 0, [new("p", null, 10, 9, 1)]);
        new KpiSet(inputs).Quality.Value.ShouldBe(0.9m);
        new KpiSet(inputs).Oee.Value.ShouldBeNull("of no product is known what it should have taken");
        new KpiSet(inputs).Flags.ShouldBe(KpiFlags.PlannedTimeUnknown);
        new KpiSet(KpiInputs.Sum([inputs, inputs])).Quality.Value.ShouldBe(0.9m);
        new KpiSet(inputs with { Products = [.. inputs.Products, .. inputs.Products] }).Quality.Value.ShouldBe(0.9m);
    }

    [Fact]
    public void Without_run_time_the_effectiveness_is_unknown_also_when_pieces_were_counted()
    {
        var kpis = new KpiSet(new(1000, 0, 0, 0, [new("p", 5, 120, 120, 0)]));
        kpis.Effectiveness.Value.ShouldBeNull();
        kpis.Nee.Value.ShouldBeNull();
        kpis.Oee.Value.ShouldBe(0.6m);
        kpis.Flags.ShouldBe(KpiFlags.ProducedWithoutRunTime);
    }

    [Fact]
    public void An_idle_shift_has_an_oee_of_zero_and_no_quality()
    {
        var kpis = new KpiSet(new(1000, 0, 0, 0, []));
        kpis.Availability.Value.ShouldBe(0);
        kpis.Oee.Value.ShouldBe(0);
        kpis.Quality.Value.ShouldBeNull();
        kpis.PieceQuality.Value.ShouldBeNull();
        kpis.ScrapRatio.Value.ShouldBeNull();
    }

    [Fact]
    public void What_cannot_be_is_flagged_and_shown_as_it_is()
    {
        var kpis = new KpiSet(new(1000, 1100, 0, 0, [new("p", 12, 100, 101, -1)]));
        kpis.Availability.Value.ShouldBe(1.1m);
        kpis.Effectiveness.Value.ShouldBe(1200m / 1100m);
        kpis.Quality.Value.ShouldBe(1.01m);
        kpis.Oee.Value.ShouldBe(1.212m);
        kpis.Flags.ShouldBe(KpiFlags.AvailabilityAboveOne | KpiFlags.EffectivenessAboveOne
            | KpiFlags.QualityAboveOne | KpiFlags.NegativeQuantity);
    }

    [Fact]
    public void Exactly_one_is_no_flag() =>
        new KpiSet(new(1000, 1000, 0, 0, [new("p", 10, 100, 100, 0)])).Flags.ShouldBe(KpiFlags.None);

    [Fact]
    public void A_planned_time_of_nothing_per_item_is_refused()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => new ProductOutput("p", 0, 1, 1, 0));
        Should.Throw<ArgumentOutOfRangeException>(() => new ProductOutput("p", -1, 1, 1, 0));
    }

    [Fact]
    public void Inputs_are_read_off_the_timeline()
    {
        var states = new StateTotals(
            Run: TimeSpan.FromSeconds(90.5),
            Setup: TimeSpan.FromMinutes(1),
            Breakdown: TimeSpan.FromTicks(1),
            NotReported: TimeSpan.FromHours(7));
        KpiInputs.Of(states, plannedBusyTime: TimeSpan.FromHours(8), []).ShouldBeEquivalentTo(
            new KpiInputs(28_800, 90.5m, 60, 0.0000001m, []));
        KpiInputs.Of(states, plannedBusyTime: null, []).PlannedBusyTimeSeconds.ShouldBeNull();
    }
}

public class KpiSumTests
{
    static readonly Config ManyTimes = Config.QuickThrowOnFailure.WithMaxTest(1000);

    // Amounts of few digits, so that the products of fractions below stay exact in 28 digits.
    static readonly Gen<ProductOutput> Product =
        from name in Gen.Elements("p", "q", "r")
        from tenths in Gen.Choose(1, 600)
        from good in Gen.Choose(0, 100)
        from scrap in Gen.Choose(0, 20)
        select new ProductOutput(name, tenths / 10m, good + scrap, good, scrap);

    static readonly Gen<KpiInputs> Inputs =
        from plannedBusy in Gen.Choose(1, 30_000)
        from run in Gen.Choose(1, 30_000)
        from setup in Gen.Choose(0, 10_000)
        from down in Gen.Choose(0, 10_000)
        from products in Gen.ListOf(Product)
        select new KpiInputs(plannedBusy, run, setup, down, [.. products.Take(5)]);

    /// <summary>Compared as fractions, so that not even the last digit of a division is in the way.</summary>
    [Fact]
    public void Availability_times_effectiveness_times_quality_is_the_oee_exactly() =>
        Prop.ForAll(Arb.From(Inputs), inputs =>
        {
            var kpis = new KpiSet(inputs);
            return kpis.Quality.Value is null || IsProduct(
                kpis.Oee, kpis.Availability, kpis.Effectiveness, kpis.Quality);
        }).Check(ManyTimes);

    [Fact]
    public void Nee_is_the_oee_with_setup_counted_as_available() =>
        Prop.ForAll(Arb.From(Inputs), inputs =>
        {
            var kpis = new KpiSet(inputs);
            var busy = new Ratio(
                inputs.ActualProductionTimeSeconds + inputs.ActualSetupTimeSeconds, inputs.PlannedBusyTimeSeconds);
            return kpis.Quality.Value is null || IsProduct(kpis.Nee, busy, kpis.Effectiveness, kpis.Quality);
        }).Check(ManyTimes);

    [Fact]
    public void A_larger_unit_is_computed_from_summed_inputs_however_grouped() =>
        Prop.ForAll(Arb.From(Gen.ListOf(Inputs)), parts =>
        {
            var whole = KpiInputs.Sum(parts);
            var (some, rest) = (parts.Take(parts.Count / 2), parts.Skip(parts.Count / 2));
            return Figures(KpiInputs.Sum([KpiInputs.Sum(rest), KpiInputs.Sum(some)])).SequenceEqual(Figures(whole))
                && whole.PlannedTimeOfGoodSeconds == parts.Sum(part => part.PlannedTimeOfGoodSeconds)
                && whole.PlannedBusyTimeSeconds == parts.Sum(part => part.PlannedBusyTimeSeconds)
                && whole.Good == parts.Sum(part => part.Good);
        }).Check(ManyTimes);

    [Fact]
    public void A_sum_is_no_average_of_ratios()
    {
        var small = new KpiInputs(100, 100, 0, 0, [new("p", 1, 100, 100, 0)]);
        var large = new KpiInputs(900, 0, 0, 900, []);
        new KpiSet(KpiInputs.Sum([small, large])).Oee.Value.ShouldBe(0.1m);
    }

    [Fact]
    public void One_unknown_planned_busy_time_makes_the_sum_unknown()
    {
        var known = new KpiInputs(100, 100, 0, 0, []);
        var sum = KpiInputs.Sum([known, known with { PlannedBusyTimeSeconds = null }]);
        sum.PlannedBusyTimeSeconds.ShouldBeNull();
        new KpiSet(sum).Oee.Value.ShouldBeNull();
        sum.ActualProductionTimeSeconds.ShouldBe(200);
    }

    [Fact]
    public void Each_planned_time_of_a_product_keeps_its_row() =>
        KpiInputs.Sum([Of(new("p", 1, 10, 9, 1)), Of(new("p", 2, 10, 10, 0)), Of(new("p", 1, 1, 1, 0))]).Products
            .ShouldBe([new("p", 1, 11, 10, 1), new("p", 2, 10, 10, 0)]);

    [Fact]
    public void The_sum_of_nothing_is_zero() =>
        (KpiInputs.Sum([]) with { Products = KpiInputs.Zero.Products }).ShouldBe(KpiInputs.Zero);

    static KpiInputs Of(ProductOutput product) => new(0, 0, 0, 0, [product]);

    static bool IsProduct(Ratio whole, params Ratio[] factors) =>
        whole.Numerator * factors.Aggregate((decimal?)1, (product, factor) => product * factor.Denominator)
        == whole.Denominator * factors.Aggregate((decimal?)1, (product, factor) => product * factor.Numerator);

    static IEnumerable<Ratio> Figures(KpiInputs inputs)
    {
        var k = new KpiSet(inputs);
        return [k.Availability, k.Effectiveness, k.Quality, k.PieceQuality, k.Oee, k.Nee, k.ScrapRatio];
    }
}
