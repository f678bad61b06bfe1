namespace Mes.Scheduling.Data;

/// <summary>The tables of the job engine that the first databases were made with; a later migration drops them.</summary>
static class FormerJobTables
{
    public static string Sql
    {
        get
        {
            using var reader = new StreamReader(
                typeof(FormerJobTables).Assembly.GetManifestResourceStream("Mes.Scheduling.Data.FormerJobTables.sql")!);
            return reader.ReadToEnd();
        }
    }
}
