using System.Text.Json;
using Luware.Onboarding.Steps;

namespace Luware.Onboarding.Tests.Steps;

/// <summary>Versions of the module write the properties of nested objects, and numbers, differently.</summary>
public sealed class TeamsAnswersTests
{
    [Theory]
    [InlineData("""{"displayName":"a"}""")]
    [InlineData("""{"DisplayName":"a"}""")]
    [InlineData("""{"DisplayName":"b","displayName":"a"}""")]
    public void A_property_is_found_in_any_case_and_its_own_is_preferred(string json) =>
        Element(json).Text("displayName").ShouldBe("a");

    [Theory]
    [InlineData("""{"Rank":2}""", 2)]
    [InlineData("""{"Rank":"2"}""", 2)]
    [InlineData("""{"Rank":"second"}""", 0)]
    [InlineData("""{"Rank":null}""", 0)]
    [InlineData("{}", 0)]
    [InlineData("3", 0)]
    public void A_number_may_be_written_as_text(string json, int number) =>
        Element(json).Number("Rank", otherwise: 0).ShouldBe(number);

    private static JsonElement Element(string json) => JsonSerializer.Deserialize<JsonElement>(json);
}
