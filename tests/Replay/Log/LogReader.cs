using CsvHelper;

namespace Mes.Replay.Log;

/// <summary>
/// Reads a production log (CSV with a header, RFC 4180 quoting, any line ends, UTF-8 with or without a byte order
/// mark). A bad row does not end the reading: all errors are collected.
/// </summary>
static class LogReader
{
    const int RecordBytesMax = 64 * 1024;

    /// <summary>Reads a file; its name, without folder, becomes part of the rows' client ids.</summary>
    /// <exception cref="IOException">The file cannot be opened or read.</exception>
    public static LogReading Read(string path)
    {
        using var text = new StreamReader(path);
        return Read(text, Path.GetFileName(path));
    }

    public static LogReading Read(TextReader text, string fileName)
    {
        var errors = new List<LogError>();
        using var csv = CsvReader.Create(text, Options(errors), leaveOpen: true);
        var columns = LogColumns.Locate(csv.Headers, errors);
        if (errors.Count > 0)
            return new LogReading([], errors);

        var rows = ReadRows(csv, columns, fileName, errors);
        OrderConsistency.Check(rows, errors);
        if (rows.Count == 0 && errors.Count == 0)
            errors.Add(new LogError(1, "rows", "", "there is a header but no row"));
        return new LogReading(rows, errors);
    }

    static List<LogRow> ReadRows(
        CsvReader csv, Dictionary<string, int> columns, string fileName, List<LogError> errors)
    {
        var rows = new List<LogRow>();
        try
        {
            while (csv.Read())
            {
                var record = Enumerable.Range(0, csv.FieldCount).Select(csv.GetString).ToArray();
                var fields = new LogFields(columns, record, (int)csv.LineNumber, errors);
                if (LogRowParser.Parse(fields, fileName) is { } row)
                    rows.Add(row);
            }
        }
        catch (CsvFormatException wrong)
        {
            errors.Add(new LogError((int)wrong.LineNumber, "row", "", wrong.Message));
        }

        return rows;
    }

    static CsvReaderOptions Options(List<LogError> errors) => new()
    {
        Separator = ',',
        TrackLineNumbers = true,
        MaxRecordSize = RecordBytesMax,
        OnMalformedRecord = bad => errors.Add(new LogError(
            (int)bad.LineNumber, "quoting", bad.RawRecord ?? "",
            $"{bad.Reason}: quotes enclose a whole field; inside one they are doubled")),
    };
}
