namespace Mes.Kernel.Tests;

/// <summary>What a code is, and when two texts are the same code.</summary>
public class CodesTests
{
    [Theory]
    [InlineData("A")]
    [InlineData("A/B")]
    [InlineData("A%2FB")]
    [InlineData("Machine 7- Laser Marking")]
    [InlineData("...")]
    [InlineData(".x")]
    [InlineData("钢轴-№7")]
    [InlineData("\U0001F600")]
    public void Visible_characters_make_a_code_and_stay_as_they_are(string text) => Codes.Normalize(text).ShouldBe(text);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(" lead")]
    [InlineData("trail\t")]
    [InlineData("\u3000wide")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("a\u0000b")]
    [InlineData("a\nb")]
    [InlineData("a\u00a0b")]       // a blank that is not one
    [InlineData("a\u200bb")]       // no width
    [InlineData("a\u00adb")]       // a hyphen that does not show
    [InlineData("a\u202eb")]       // turns the direction
    [InlineData("a\u2066b")]       // isolates a direction
    [InlineData("\ufeffa")]        // a mark of the order of bytes
    [InlineData("a\ufe0fb")]       // selects a variant
    [InlineData("a\u3164b")]       // a letter without ink
    [InlineData("a\u2028b")]
    [InlineData("a\ue000b")]       // for private use
    public void What_nobody_sees_or_an_address_swallows_is_no_code(string? text) => Codes.IsCode(text).ShouldBeFalse();

    [Fact]
    public void Half_a_character_is_no_code() => Codes.IsCode("a\ud800b").ShouldBeFalse();

    [Theory]
    [InlineData("Cafe\u0301", "Caf\u00e9")]
    [InlineData("\u212b", "\u00c5")]
    [InlineData("\u1112\u1161\u11ab", "\ud55c")]
    [InlineData("q\u0307\u0323", "q\u0323\u0307")]
    public void The_same_letters_are_the_same_code(string typed, string stored) => Codes.Normalize(typed).ShouldBe(stored);

    [Fact]
    public void A_code_has_at_most_100_characters()
    {
        Codes.IsCode(new string('x', 100)).ShouldBeTrue();
        Codes.IsCode(new string('x', 101)).ShouldBeFalse();
    }

    [Fact]
    public void A_normal_form_is_its_own_normal_form_and_a_broken_text_stays()
    {
        NormalForm.Of("Caf\u00e9 \ud55c").ShouldBe("Caf\u00e9 \ud55c");
        NormalForm.Of("e\u0301\ud800").ShouldBe("e\u0301\ud800");
    }
}
