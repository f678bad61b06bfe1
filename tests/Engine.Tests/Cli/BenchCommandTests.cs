using Mes.Scheduling.Cli;
using Shouldly;
using Xunit;

namespace Mes.Engine.Tests.Cli;

/// <summary>Sets of instances on the command line, in process.</summary>
public sealed class BenchCommandTests : IDisposable
{
    readonly InstanceFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_table_of_due_dates_is_a_set_that_stops_at_its_proved_optima()
    {
        _folder.Write("shop/a.txt", "3 1\n0 3\n0 3\n0 3\n");
        var table = _folder.Write("table.csv", "instance,f,due_dates,weights,twt_best_known,checked\n"
            + "a,1.3,3 5 9,1 10 1,3,proved\na,1.6,9 9 9,1 1 1,0,\n");
        Bench(table, "--seconds", "300")
            .ShouldContain("2 runs, mean gap 0.000 %, feasible 2, at the best known value or better 2");
    }

    [Fact]
    public void A_row_of_due_dates_means_the_job_shop_of_its_name_and_as_many_jobs_as_it_says()
    {
        _folder.Write("flexible/a.txt", "4 2\n1 2 0 3 1 3\n1 2 0 3 1 3\n1 2 0 3 1 3\n1 2 0 3 1 3\n");
        _folder.Write("shop/a.txt", "4 1\n0 3\n0 3\n0 3\n0 3\n");
        var table = _folder.Write("table.csv", "instance,n,m,due_dates,weights,twt_best_known\na,3,1,0 0 0,1 1 1,18\n");
        Bench(table, "--seconds", "1")
            .ShouldContain("1 runs, mean gap 0.000 %, feasible 1, at the best known value or better 1");
    }

    [Fact]
    public void A_bench_goes_on_where_it_was_cut()
    {
        _folder.Write("a.txt", "2 2\n0 3 1 2\n1 4 0 1\n");
        _folder.Write("b.txt", "1 1\n0 3\n");
        _folder.Write("bks.csv", "instance,ub\na,5\nb,3\n");
        var results = Path.Combine(_folder.Path, "results.csv");
        string[] call = [_folder.Path, "--seconds", "1", "--out", results];
        Bench(call).ShouldContain("2 runs, mean gap 10.000 %");
        var lines = File.ReadAllLines(results);
        lines.Length.ShouldBe(3);
        File.WriteAllLines(results, lines[..2]);
        Bench(call);
        File.ReadAllLines(results)[..2].ShouldBe(lines[..2], "what was there is kept");
        File.ReadAllLines(results).Length.ShouldBe(3);
    }

    [Fact]
    public void A_result_that_was_cut_off_is_done_again()
    {
        _folder.Write("a.txt", "2 2\n0 3 1 2\n1 4 0 1\n");
        _folder.Write("b.txt", "1 1\n0 3\n");
        var results = Path.Combine(_folder.Path, "results.csv");
        string[] call = [_folder.Path, "--seconds", "1", "--out", results];
        Bench(call);
        var text = File.ReadAllText(results);
        for (var cut = 1; cut < text.Length; cut += 7)
        {
            File.WriteAllText(results, text[..^cut]);
            Bench(call);
            File.ReadLines(results).Select(line => line.Split(',')[0]).ShouldBe(["instance", "a.txt", "b.txt"]);
        }
    }

    [Theory]
    [InlineData("nowhere", "results.csv", "is neither a folder nor a table")]
    [InlineData(".", "a.txt", "a.txt is no result file")]
    [InlineData(".", "broken.csv", "line 2, 'a.txt,1,x,3,,,0.10,True': The input string 'x'")]
    public void A_wrong_set_or_result_file_is_told(string set, string results, string message)
    {
        _folder.Write("a.txt", "1 1\n0 3\n");
        _folder.Write("broken.csv", "instance,seed,objective,lowerBound,bestKnown,gap,seconds,feasible\n"
            + "a.txt,1,x,3,,,0.10,True\n");
        var error = new StringWriter();
        CommandLine.Run(["bench", Path.Combine(_folder.Path, set), "--out", Path.Combine(_folder.Path, results)],
            new StringWriter(), error).ShouldBe(2);
        error.ToString().ShouldContain(message);
        File.ReadAllText(Path.Combine(_folder.Path, "a.txt")).ShouldBe("1 1\n0 3\n", "nothing of it is lost");
    }

    [Theory, InlineData("set"), InlineData("set/edata")]
    public void A_set_may_lie_below_its_table(string set)
    {
        foreach (var folder in new[] { "set/edata", "set/rdata" }) _folder.Write($"{folder}/a.txt", "1 1\n1 1 0 3\n");
        _folder.Write("bks.csv", "instance,ub,lb\na_edata,3,3\na_rdata,3,3\n");
        Bench(Path.Combine(_folder.Path, set), "--seconds", "300")
            .ShouldContain($"{(set == "set" ? 2 : 1)} runs, mean gap 0.000 %");
    }

    static string Bench(params string[] args)
    {
        var output = new StringWriter();
        CommandLine.Run(["bench", .. args], output, new StringWriter()).ShouldBe(0);
        return output.ToString();
    }
}
