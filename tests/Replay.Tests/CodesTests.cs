using Shouldly;
using Xunit;

namespace Mes.Replay.Tests;

public sealed class CodesTests
{
    [Theory]
    [InlineData("Spur Gear")]
    [InlineData("Ø 12/14 \"Flansch\" – Größe 3; 齿轮")]
    public void A_text_that_can_be_a_code_stays_as_it_is(string text) => Codes.Clean(text).ShouldBe(text);

    [Fact]
    public void A_long_text_is_shortened_alike_each_time_and_stays_distinct()
    {
        var (one, other) = (new string('x', 150) + "1", new string('x', 150) + "2");

        Codes.Clean(one).Length.ShouldBe(Codes.CharsMax);
        Codes.Clean(one).ShouldBe(Codes.Clean(one));
        Codes.Clean(one).ShouldNotBe(Codes.Clean(other));
    }

    [Fact]
    public void Control_characters_go_and_what_differed_in_them_stays_distinct()
    {
        Codes.Clean("a\u0001b").Any(char.IsControl).ShouldBeFalse();
        Codes.Clean("a\u0001b").ShouldNotBe(Codes.Clean("a\u0002b"));
    }

    [Theory]
    [InlineData(90)]
    [InlineData(91)]
    [InlineData(92)]
    public void A_shortened_text_ends_in_no_half_character_and_no_blank(int before)
    {
        var code = Codes.Clean(new string('x', before) + "😀 " + new string('y', 20));

        code.Length.ShouldBeLessThanOrEqualTo(Codes.CharsMax);
        code.EnumerateRunes().ShouldNotContain(System.Text.Rune.ReplacementChar);
        code.Split('~')[0].ShouldBe(code.Split('~')[0].TrimEnd());
    }

    [Fact]
    public void Slugs_can_stand_in_an_address() => Codes.Slugs(["Machine 7- Laser Marking", "Final Inspection Q.C."])
        .Values.ShouldBe(["machine-7-laser-marking", "final-inspection-q-c"]);

    [Fact]
    public void Names_that_would_share_a_slug_get_one_of_their_own()
    {
        string[] names = ["Machine 7- Laser", "Machine 7 - Laser", "machine 7 laser", "车床", "铣床", "…", new string('a', 300)];

        var slugs = Codes.Slugs(names);

        slugs.Keys.ShouldBe(names, ignoreOrder: true);
        slugs.Values.ShouldBeUnique();
        slugs.Values.ShouldAllBe(slug => slug.Length > 0 && slug.Length <= Codes.CharsMax
            && slug.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'));
    }
}
