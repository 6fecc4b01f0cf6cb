using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Engine.Runs;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Texts;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Luware.Onboarding.Tests.Engine;

/// <summary>Every error that is known has its five sentences, and the engine says them.</summary>
public sealed partial class ErrorCatalogueTests
{
    private static readonly ResourceManager Texts = new(typeof(StepTexts));

    /// <summary>Code, category and message as the services send them, and the entry that explains them.</summary>
    public static TheoryData<string, string, string, string> Known => new()
    {
        { "AADSTS65001", "400", "The user or administrator has not consented.", "NotConsented" },
        { "consent_required", "", "", "NotConsented" },
        { "AADSTS65004", "", "User declined to consent to access the app.", "Declined" },
        { "access_denied", "access_denied", "", "Declined" },
        { "cancel", "access_denied", "", "Declined" },
        { "AADSTS90093", "400", "Graph returned forbidden.", "AdminConsent" },
        { "AADSTS90094", "400", "An administrator must consent.", "AdminConsent" },
        { "AADSTS90095", "400", "Admin consent is required and was requested.", "AdminAsked" },
        { "AADSTS50011", "400", "The redirect URI does not match.", "RedirectNotRegistered" },
        { "AADSTS900971", "400", "No reply address provided.", "RedirectNotRegistered" },
        { "AADSTS700016", "400", "Application was not found in the directory.", "ApplicationNotFound" },
        { "AADSTS65005", "400", "Misconfigured application.", "Misconfigured" },
        { "AADSTS650056", "400", "Misconfigured application.", "Misconfigured" },
        { "AADSTS650057", "400", "Invalid resource.", "Misconfigured" },
        { "AADSTS50194", "400", "Application is not configured as a multi-tenant application.", "Misconfigured" },
        { "AADSTS650052", "400", "The app needs access to a service that your organization has not enabled.", "ServiceNotEnabled" },
        { "AADSTS500011", "400", "The resource principal was not found in the tenant.", "ServiceNotEnabled" },
        { "AADSTS90002", "400", "Tenant not found.", "TenantNotFound" },
        { "AADSTS50020", "400", "User account does not exist in tenant.", "OtherDirectory" },
        { "AADSTS90072", "400", "External account.", "OtherDirectory" },
        { "AADSTS50105", "400", "The signed in user is not assigned to a role for the application.", "NotAssigned" },
        { "AADSTS50076", "400", "You must use multi-factor authentication.", "SecondFactor" },
        { "AADSTS50079", "400", "You must enroll in multi-factor authentication.", "SecondFactor" },
        { "insufficient_claims", "401", "RequestDisallowedByPolicy: Users must use MFA.", "ProofWanted" },
        { "ProofNotAccepted", "401", "RequestDisallowedByPolicy: Users must use MFA.", "ProofNotAccepted" },
        { "AADSTS53000", "400", "Device is not in required device state: compliant.", "ConditionalAccess" },
        { "AADSTS53001", "400", "Device is not in required device state: domain_joined.", "ConditionalAccess" },
        { "AADSTS53003", "400", "Access has been blocked by Conditional Access policies.", "ConditionalAccess" },
        { "AADSTS530035", "400", "Access has been blocked by security defaults.", "ConditionalAccess" },
        { "AADSTS50173", "400", "The provided grant has expired due to it being revoked.", "SignInEnded" },
        { "AADSTS70043", "400", "The refresh token has expired due to sign-in frequency checks.", "SignInEnded" },
        { "AADSTS70008", "400", "The code has expired.", "SignInExpired" },
        { "temporarily_unavailable", "", "", "Busy" },
        { "Authorization_RequestDenied", "403", "Insufficient privileges to complete the operation.", "AccessDenied" },
        { "AccessDenied,New-CsOnlineApplicationInstance", "NotSpecified", "Access Denied.", "AccessDenied" },
        { "Request_ResourceNotFound", "404", "Resource 'x' does not exist or one of its queried reference-property objects are not present.", "NotKnownYet" },
        { "TooManyRequests", "429", "Please retry again later.", "Busy" },
        { "serviceNotAvailable", "503", "", "Busy" },
        { "TooBusy,New-CsGroupPolicyAssignment", "NotSpecified", "Service is too busy.", "Busy" },
        { "Forbidden,New-CsTeamsComplianceRecordingPolicy", "PermissionDenied", "40301 Forbidden", "WritesForbidden" },
        { "CommandNotFoundException", "ObjectNotFound", "The term 'New-CsTeamsComplianceRecordingPolicy' is not recognized.", "CmdletNotOffered" },
        { "Request_BadRequest", "400", "Invalid filter clause.", ErrorCatalogue.Unknown },
        { "", "", "", ErrorCatalogue.Unknown },
    };

    [Theory, MemberData(nameof(Known))]
    public void Every_known_error_has_its_entry(string code, string category, string message, string entry) =>
        ErrorCatalogue.Of(Answer(code, category, message)).Name.ShouldBe(entry);

    [Theory, MemberData(nameof(Known))]
    public async Task The_engine_holds_a_step_with_the_entrys_words(string code, string category, string message, string entry)
    {
        var answer = Answer(code, category, message);

        var hold = (await FailAsync(new RefusedException("no", answer))).ToWait("first", DateTimeOffset.UnixEpoch).ShouldNotBeNull();

        var words = (hold.Refusal ?? hold.Why).ShouldNotBeNull();
        new[] { words.Title, words.What, words.WhoCanFix, words.WhenAgain, words.Letter }.Select(s => s.Key)
            .ShouldBe([$"Engine.{entry}.Title", $"Engine.{entry}.What", $"Engine.{entry}.WhoCanFix", $"Engine.{entry}.WhenAgain", $"Engine.{entry}.Letter"]);
        words.Title.Arguments.ShouldBe(["Microsoft Graph"]);
        words.Answer.ShouldBe(answer);
        hold.On.ShouldBe(new GeneralRefusal(entry).On);
        (hold.Refusal is null).ShouldBe(hold.On == WaitsFor.Microsoft);
    }

    [Fact]
    public async Task A_wait_says_the_reason_that_lies_behind_it()
    {
        (await FailAsync(new SignInRequiredException("no", Answer("AADSTS50076", "400", "")))).Why!.Title.Key.ShouldBe("Engine.SecondFactor.Title");
        (await FailAsync(new ScopesMissingException(["Group.Read.All"], Answer("AADSTS65001", "400", "")))).Why!.Title.Key
            .ShouldBe("Engine.NotConsented.Title");
        (await FailAsync(new TransientException("no", answer: Answer("UnknownError", "429", "")))).Why!.Title.Key.ShouldBe("Engine.Busy.Title");
        (await FailAsync(new SignInRequiredException("no"))).Why.ShouldBeNull();
    }

    [Fact]
    public async Task What_a_sign_in_has_proven_in_vain_is_no_steps_own_refusal()
    {
        var failure = new RefusedException("no", Answer("ProofNotAccepted", "401", "RequestDisallowedByPolicy"));

        var hold = await FailAsync(failure, _ => new GeneralRefusal("Busy", "x"));

        hold.Words.Key.ShouldBe("Engine.ProofNotAccepted.Title");
    }

    [Theory]
    [InlineData("")]
    [InlineData("de")]
    public void Every_entry_has_its_five_sentences(string culture)
    {
        using var set = Texts.GetResourceSet(CultureInfo.GetCultureInfo(culture), createIfNotExists: true, tryParents: false)!;

        ErrorCatalogue.Names.Append("RoleMissing").Select(n => new GeneralRefusal(n, "x"))
            .SelectMany(r => new[] { r.Title, r.What, r.WhoCanFix, r.WhenAgain, r.Letter })
            .Where(s => string.IsNullOrWhiteSpace(set.GetString(s.Key))).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("")]
    [InlineData("de")]
    public void A_button_is_called_by_its_name(string culture)
    {
        string[] buttons = [Text(typeof(PageTexts), "Refusal.TryAgain"), Text(typeof(PageTexts), "Plan.Again")];
        // A page of Microsoft's.
        string[] others = ["Service health", "Dienststatus"];

        ErrorCatalogue.Names.Append("RoleMissing").Select(n => Text(typeof(StepTexts), $"Engine.{n}.WhenAgain"))
            .SelectMany(text => Quoted().Matches(text)).Select(quote => quote.Groups[1].Value)
            .Except([.. buttons, .. others]).ShouldBeEmpty();

        string Text(Type texts, string key) => new ResourceManager(texts).GetString(key, new CultureInfo(culture))!;
    }

    [Fact]
    public void An_address_cannot_name_what_is_no_entry()
    {
        ErrorCatalogue.Named("SecondFactor", "Microsoft Entra").Name.ShouldBe("SecondFactor");
        ErrorCatalogue.Named("RoleMissing", "Microsoft Entra").Name.ShouldBe(ErrorCatalogue.Unknown);
        ErrorCatalogue.Named(null, "Microsoft Entra").Name.ShouldBe(ErrorCatalogue.Unknown);
    }

    [GeneratedRegex("[“„]([^“”]+)[”“]")]
    private static partial Regex Quoted();

    private static RemoteAnswer Answer(string code, string category, string message) => new("Microsoft Graph", code, category, message, "a0a1");

    private static async Task<Hold> FailAsync(GatewayException failure, Func<RemoteAnswer, Refusal?>? explain = null)
    {
        var calls = new RemoteCalls(Options.Create(new EngineOptions { QuickRetries = 0 }), TimeProvider.System, NullLogger<RemoteCalls>.Instance);
        var answer = await calls.AskAsync<int>(_ => throw failure, said: null, explain, TestContext.Current.CancellationToken);
        return answer.Trouble.ShouldNotBeNull();
    }
}
