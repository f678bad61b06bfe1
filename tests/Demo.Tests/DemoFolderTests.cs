namespace Mes.Demo.Tests;

/// <summary>A demo writes into no data but a demo's.</summary>
public sealed class DemoFolderTests : IDisposable
{
    static readonly DateTimeOffset Now = new(2026, 3, 11, 4, 20, 0, TimeSpan.Zero);
    readonly TestFolder _folder = TestFolder.Create("demo-folder");

    string Data => Path.Combine(_folder.Path, "data");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_folder_that_is_empty_or_not_there_is_marked_once()
    {
        DemoFolder.Find(Data).ShouldBeNull();
        DemoFolder.OpenOrMark(Data, Now).Kept.BegunAt.ShouldBe(Now);
        DemoFolder.OpenOrMark(Data, Now.AddDays(1)).Kept.BegunAt.ShouldBe(Now);
        DemoFolder.Find(Data).ShouldNotBeNull();
    }

    [Fact]
    public void What_is_kept_outlives_a_restart()
    {
        DemoFolder.OpenOrMark(Data, Now).KeepPassword("one-time");
        DemoFolder.Find(Data)!.Kept.OneTimePassword.ShouldBe("one-time");
    }

    [Fact]
    public void A_folder_with_other_data_is_refused_and_left_as_it_is()
    {
        Directory.CreateDirectory(Data);
        File.WriteAllText(Path.Combine(Data, "authority.pfx"), "");
        Should.Throw<IOException>(() => DemoFolder.OpenOrMark(Data, Now)).Message.ShouldContain("not a demo's");
        DemoFolder.Find(Data).ShouldBeNull();
    }
}
