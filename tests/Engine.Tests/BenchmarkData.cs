using System.Globalization;
using Mes.Scheduling.Engine.Model;
using Xunit;

namespace Mes.Engine.Tests;

/// <summary>Public benchmark instances, read in place; a test that needs them skips where they are absent.</summary>
static class BenchmarkData
{
    static string? Root { get; } = FindRoot();

    /// <summary>The path of a file or folder below <c>data/scheduling</c>.</summary>
    public static string Path(string relative)
    {
        Assert.SkipWhen(Root is null, "No benchmark data: set MES_DATA or put it into ../shared/data.");
        return System.IO.Path.Combine(Root!, relative);
    }

    /// <summary>Best known upper bound by instance name.</summary>
    public static Dictionary<string, int> BestKnown(string table, string column = "ub")
    {
        var lines = File.ReadAllLines(Path(table)).Select(line => line.Split(',')).ToArray();
        var ub = Array.IndexOf(lines[0], column);
        return lines.Skip(1).Where(line => line[ub] != "")
            .ToDictionary(line => line[0], line => int.Parse(line[ub], CultureInfo.InvariantCulture));
    }

    /// <summary>A job shop: first line jobs and machines, then pairs of machine and duration, machines from
    /// 0.</summary>
    public static SchedulingModel JobShop(string relative)
    {
        var lines = Numbers(relative);
        return Model(lines[0][1], lines.Skip(1).Select(line => line.Chunk(2)
            .Select(pair => new[] { (Machine: pair[0], Seconds: pair[1]) }).ToArray()).ToArray());
    }

    /// <summary>A flexible job shop: per job the number of operations, per operation that of its
    /// alternatives.</summary>
    public static SchedulingModel FlexibleJobShop(string relative)
    {
        var lines = Numbers(relative);
        return Model(lines[0][1], lines.Skip(1).Select(FlexibleJob).ToArray());
    }

    static (int Machine, int Seconds)[][] FlexibleJob(int[] line)
    {
        var at = 1;
        return [.. Enumerable.Range(0, line[0]).Select(_ =>
        {
            var count = line[at++];
            var alternatives = line[at..(at + 2 * count)].Chunk(2).Select(pair => (pair[0], pair[1])).ToArray();
            at += 2 * count;
            return alternatives;
        })];
    }

    /// <summary>Job after job, operation after operation, their alternatives.</summary>
    public static SchedulingModel Model(int machines, (int Machine, int Seconds)[][][] routings)
    {
        var jobs = routings.Select((routing, j) => new Job($"J{j}", [.. routing.Select((alternatives, o) =>
            new Operation($"J{j}.{o}", [.. alternatives.Select(Alternative)]))])).ToArray();
        return new SchedulingModel
        {
            Equipment = [.. Enumerable.Range(0, machines).Select(machine => new Equipment($"M{machine}"))],
            Jobs = jobs,
            Precedences = [.. jobs.SelectMany(job => Precedence.Chain(job.Operations))],
        };
    }

    static Alternative Alternative((int Machine, int Seconds) item) => new($"M{item.Machine}", item.Seconds);

    static int[][] Numbers(string relative) => [.. File.ReadLines(Path(relative))
        .Where(line => line.Trim().Length > 0)
        .Select(line => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            .Select(word => (int)double.Parse(word, CultureInfo.InvariantCulture)).ToArray())];

    static string? FindRoot()
    {
        var data = Environment.GetEnvironmentVariable("MES_DATA");
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        for (; data is null && folder is not null; folder = folder.Parent)
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "Mes.sln")))
                data = System.IO.Path.Combine(folder.FullName, "..", "shared", "data");
        var root = System.IO.Path.Combine(data ?? "", "scheduling");
        return data is not null && Directory.Exists(root) ? root : null;
    }
}
