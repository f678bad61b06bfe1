using System.Text;
using Shouldly;
using Xunit;

namespace Mes.Replay.Tests;

public sealed class LogReaderTests
{
    const string Sound =
        "Case 1,Sawing,Saw 2,2031/05/06 10:00:00.000,2031/05/06 11:30:00.000,001:30,12,Bracket,W7,D,3,1,2,Y";

    [Fact]
    public void A_row_is_read_field_by_field()
    {
        var reading = LogBuilder.Read(Sound);

        reading.Errors.ShouldBeEmpty();
        reading.Rows.ShouldHaveSingleItem().ShouldBe(new LogRow
        {
            ClientId = "log.csv:2",
            Line = 2,
            OrderId = "Case 1",
            Activity = "Sawing",
            Equipment = "Saw 2",
            StartedAt = LogBuilder.Minute(600),
            EndedAt = LogBuilder.Minute(690),
            Span = "001:30",
            OrderQuantity = 12,
            Part = "Bracket",
            Worker = "W7",
            Type = ReportType.Run,
            Good = 3,
            Rejected = 1,
            Nonconforming = 2,
            Rework = true,
        });
    }

    [Theory]
    [InlineData("S", nameof(ReportType.Setup))]
    [InlineData("B", nameof(ReportType.Breakdown))]
    [InlineData("d", nameof(ReportType.Run))]
    public void The_report_type_is_one_letter(string letter, string type) =>
        LogBuilder.Read(Sound.Replace(",D,", $",{letter},")).Rows.Single().Type.ToString().ShouldBe(type);

    [Fact]
    public void White_space_in_names_is_collapsed() =>
        LogBuilder.Read(Sound.Replace("Sawing", "  Band \t  Sawing ")).Rows.Single().Activity.ShouldBe("Band Sawing");

    [Fact]
    public void Quoted_fields_may_hold_separators_quotes_and_line_breaks()
    {
        var reading = LogBuilder.Read(
            Sound.Replace("Bracket", "\"Bracket, 3\"\" \nlong\""), Sound.Replace("Case 1", "Case 2"));

        reading.Errors.ShouldBeEmpty();
        reading.Rows[0].Part.ShouldBe("Bracket, 3\" long");
        reading.Rows.Select(row => row.Line).ShouldBe([2, 4]);
    }

    [Fact]
    public void Lines_are_counted_as_an_editor_counts_them()
    {
        var reading = LogBuilder.Read(Sound, "", "", Sound, "");

        reading.Rows.Select(row => row.ClientId).ShouldBe(["log.csv:2", "log.csv:5"]);
    }

    [Fact]
    public void Quantities_may_be_decimal_and_empty_means_none()
    {
        var row = LogBuilder.Read(Sound.Replace(",3,1,2,Y", ",2.75,,,")).Rows.Single();

        (row.Good, row.Rejected, row.Nonconforming, row.Rework).ShouldBe((2.75m, 0m, 0m, false));
    }

    [Theory]
    [InlineData("2031-05-06 10:00:00")]
    [InlineData("2031/5/6 10:00")]
    [InlineData("2031-05-06T12:00:00+02:00")]
    [InlineData("2031-05-06T10:00:00.000Z")]
    public void Instants_are_UTC_unless_they_carry_an_offset(string text) =>
        LogBuilder.Read(Sound.Replace("2031/05/06 10:00:00.000", text)).Rows.Single()
            .StartedAt.ShouldBe(LogBuilder.Minute(600));

    [Fact]
    public void A_byte_order_mark_and_CRLF_change_nothing()
    {
        var bytes = Encoding.UTF8.GetPreamble()
            .Concat(Encoding.UTF8.GetBytes($"{LogBuilder.Header}\r\n{Sound}\r\n{Sound}\r\n")).ToArray();
        using var text = new StreamReader(new MemoryStream(bytes));

        var reading = LogReader.Read(text, "log.csv");

        reading.Errors.ShouldBeEmpty();
        reading.Rows.ShouldBe(LogBuilder.Read(Sound, Sound).Rows);
    }

    [Fact]
    public void The_order_of_the_columns_is_free_and_other_columns_are_ignored()
    {
        const string Turned =
            "Rework,Qty for MRB,Qty Rejected,Qty Completed,Report Type,Worker ID,Part Desc.,Work Order Qty,Span,"
            + "Complete Timestamp,Start Timestamp,Resource,Note,Activity,Case ID\n"
            + "Y,2,1,3,D,W7,Bracket,12,001:30,2031/05/06 11:30:00.000,2031/05/06 10:00:00.000,Saw 2,x,Sawing,Case 1\n";

        LogBuilder.ReadText(Turned).Rows.ShouldBe(LogBuilder.Read(Sound).Rows);
    }

    [Theory]
    [InlineData("Case 1,Sawing", " ,Sawing", "Case ID", "")]
    [InlineData(",Sawing,", ",,", "Activity", "")]
    [InlineData(",W7,", ",,", "Worker ID", "")]
    [InlineData("2031/05/06 10:00:00.000", "yesterday", "Start Timestamp", "yesterday")]
    [InlineData("2031/05/06 10:00:00.000", "2031/02/30 10:00:00.000", "Start Timestamp", "2031/02/30 10:00:00.000")]
    [InlineData("2031/05/06 11:30:00.000", "2031/05/06 09:30:00.000", "Complete Timestamp", "2031/05/06 09:30:00.000")]
    [InlineData(",12,", ",0,", "Work Order Qty", "0")]
    [InlineData(",12,", ",,", "Work Order Qty", "")]
    [InlineData(",12,", ",many,", "Work Order Qty", "many")]
    [InlineData(",D,", ",X,", "Report Type", "X")]
    [InlineData(",D,3,", ",D,-3,", "Qty Completed", "-3")]
    [InlineData(",D,3,", ",D,\"1,000\",", "Qty Completed", "1,000")]
    [InlineData(",D,3,", ",D,1e3,", "Qty Completed", "1e3")]
    [InlineData(",D,3,", ",D,1000000001,", "Qty Completed", "1000000001")]
    [InlineData(",D,3,", ",D,NaN,", "Qty Completed", "NaN")]
    [InlineData(",1,2,Y", ",one,2,Y", "Qty Rejected", "one")]
    [InlineData(",2,Y", ",two,Y", "Qty for MRB", "two")]
    [InlineData(",Y", ",perhaps", "Rework", "PERHAPS")]
    public void A_bad_field_is_named_with_line_and_value(string sound, string bad, string column, string value)
    {
        var reading = LogBuilder.Read(Sound, Sound.Replace(sound, bad), Sound);

        var error = reading.Errors.ShouldHaveSingleItem();
        (error.Line, error.Column, error.Value).ShouldBe((3, column, value));
        error.Hint.ShouldNotBeEmpty();
        reading.Rows.Count.ShouldBe(2);
    }

    [Fact]
    public void Every_error_is_found_not_only_the_first()
    {
        var reading = LogBuilder.Read(
            Sound.Replace("10:00:00.000", "").Replace(",D,3,", ",Q,three,"), Sound, "Case 1,Sawing");

        reading.Errors.Select(error => (error.Line, error.Column)).ShouldBe(
            [(2, "Report Type"), (2, "Start Timestamp"), (2, "Qty Completed"), (4, "row")], ignoreOrder: true);
    }

    [Fact]
    public void A_downtime_row_needs_no_worker() =>
        LogBuilder.Read(Sound.Replace(",W7,D,", ",,B,")).Errors.ShouldBeEmpty();

    [Fact]
    public void A_quote_that_never_closes_is_an_error() =>
        LogBuilder.Read(Sound, Sound.Replace("Bracket", "\"Bracket")).Errors
            .ShouldContain(error => error.Line == 3 && error.Column == "quoting");

    [Fact]
    public void A_quote_inside_a_plain_field_is_an_error() =>
        LogBuilder.Read(Sound.Replace("Saw 2", "Saw 2\" wide")).Errors
            .ShouldContain(error => error.Line == 2 && error.Column == "quoting");

    [Fact]
    public void An_order_has_one_part_and_one_quantity()
    {
        var reading = LogBuilder.Read(Sound, Sound.Replace("Bracket", "Hinge"), Sound.Replace(",12,", ",13,"));

        reading.Errors.Select(error => (error.Line, error.Column, error.Value)).ShouldBe(
            [(3, "Part Desc.", "Hinge"), (4, "Work Order Qty", "13")]);
    }

    [Fact]
    public void A_missing_column_is_named()
    {
        var reading = LogBuilder.ReadText(LogBuilder.Header.Replace("Worker ID,", "") + "\n" + Sound);

        reading.Errors.ShouldHaveSingleItem().Column.ShouldBe("Worker ID");
    }

    [Theory]
    [InlineData("")]
    [InlineData(LogBuilder.Header)]
    [InlineData("a;b;c\n1;2;3")]
    public void A_log_without_rows_or_header_is_refused(string text) =>
        LogBuilder.ReadText(text).Errors.ShouldNotBeEmpty();
}
