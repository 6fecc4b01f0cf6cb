using Luware.Onboarding.Engine.Scripts;
using Luware.Onboarding.Tests.Steps;
using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Tests.Engine.Scripts;

public sealed class ScriptResultTests
{
    private const string Good = """
        {"format":"luware-portal-script","version":1,"tenant":"3f1c2a7e-94d0-4c1b-8e57-1b0f6d9a0c01","script":"onboarding","startedAt":"2026-11-23T09:00:00.0000000+00:00",
        "endedAt":"2026-11-23T09:01:00.0000000+00:00","problem":null,"steps":[{"step":"consent","objects":[{"id":"accept/1","state":"byHand","message":"Accept"}]},
        {"step":"policies","objects":[{"id":"create-policy","state":"made","message":"Make"},{"id":"enable-policy","state":"found","message":"Change"}]}]}
        """;

    [Fact]
    public void What_was_found_and_made_is_complete_and_what_was_left_is_not()
    {
        var result = Read(Good).Result.ShouldNotBeNull();

        result.Steps.Select(s => s.IsComplete).ShouldBe([false, true]);
        result.Count(ScriptedState.ByHand).ShouldBe(1);
    }

    [Fact]
    public void A_mark_that_an_editor_put_before_it_is_passed_over() => Read($"\uFEFF{Good}").Fault.ShouldBeNull();

    [Theory]
    [InlineData("")]
    [InlineData("no json")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"format":"another","version":1}""")]
    [InlineData("""{"format":"luware-portal-script","version":1}""")]
    [InlineData("""{"format":"luware-portal-script","version":"1"}""")]
    public void What_is_not_a_result_is_said(string text) => Read(text).Fault!.Key.ShouldBe("Script.Result.NotOne");

    [Theory]
    [InlineData("\"byHand\"", "\"green\"")]
    [InlineData("\"byHand\"", "1")]
    [InlineData("\"objects\":[{\"id\":\"accept/1\",\"state\":\"byHand\",\"message\":\"Accept\"}]", "\"objects\":null")]
    [InlineData("{\"id\":\"accept/1\",\"state\":\"byHand\",\"message\":\"Accept\"}", "null")]
    [InlineData("\"steps\":[", "\"steps\":[null,")]
    [InlineData("\"3f1c2a7e-94d0-4c1b-8e57-1b0f6d9a0c01\"", "\"contoso\"")]
    public void A_result_that_somebody_changed_is_none(string part, string other) =>
        Read(Good.Replace(part, other, StringComparison.Ordinal)).Fault!.Key.ShouldBe("Script.Result.NotOne");

    [Theory]
    [InlineData("\"version\":1", "\"version\":2", "Script.Result.Version")]
    [InlineData("3f1c2a7e", "00000000", "Script.Result.OtherTenant")]
    [InlineData("\"policies\"", "\"coffee\"", "Script.Result.UnknownStep")]
    public void Another_version_tenant_or_step_is_named(string part, string other, string key) =>
        Read(Good.Replace(part, other, StringComparison.Ordinal)).Fault!.Key.ShouldBe(key);

    private static (ScriptResult? Result, Sentence? Fault) Read(string json)
    {
        var read = ScriptResult.Read(json, Scripts.Tenant, step => step is "consent" or "policies");
        StepTextsTests.ShouldBeSayable([read.Fault]);
        return read;
    }
}
