using Luware.Onboarding.Engine;
using Luware.Onboarding.Engine.Offboarding;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Regions;
using Luware.Onboarding.Steps.Grants;
using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Tests.CustomerPages;

/// <summary>One customer in Germany at all the moments of an onboarding that a page must be able to show.</summary>
internal static class Scenes
{
    public const string Group = "LuwareRecording-RecordedUsers";
    public const string Policy = "luwarerecordingfailclose1";

    public static readonly DateTimeOffset Now = new(2026, 11, 22, 9, 56, 4, TimeSpan.Zero);
    public static readonly Guid Run = new("018f2b6c-0000-7000-8000-000000000001");
    public static readonly Actor Jonas = new(
        new TenantAccess(new("3f2a91c7-6c0e-4f53-8d2a-90b7c4e2b1e0"), new("11111111-2222-4333-8444-555555555555"), "home", "session"),
        "Jonas Weber", "jonas.weber@fabrikam.de", [DirectoryRoles.GlobalAdministrator]);

    private static readonly Region Germany = new("MTDE", "Multi-Tenant Germany",
    [
        new RecordingApplication(1, new("7c1d0a52-4b7e-4a39-9a53-0f6f1c2f8e11"), "Luware Recording MTDE 1", "luwarerecording-mtde-1", null),
        new RecordingApplication(2, new("c80f6d3e-0d55-4f0b-8c0e-53b7a2c9d640"), "Luware Recording MTDE 2", "luwarerecording-mtde-2", null),
    ]);

    private static readonly Guid[] Consenters = [DirectoryRoles.GlobalAdministrator, DirectoryRoles.PrivilegedRoleAdministrator];
    private static readonly Guid[] UserMakers = [DirectoryRoles.GlobalAdministrator, DirectoryRoles.UserAdministrator];
    private static readonly Guid[] TeamsKeepers = [DirectoryRoles.GlobalAdministrator, DirectoryRoles.TeamsAdministrator];

    public static Sentence S(string key, params string[] arguments) => new(key, arguments);

    /// <summary>Nothing was read yet.</summary>
    public static OnboardingView Empty => View(
        Unread("consent", Consenters), Unread("whitelisting", UserMakers), Unread("policies", TeamsKeepers), Unread("grants", TeamsKeepers));

    /// <summary>Read and ready to be approved; an object could not be read and one differs.</summary>
    public static OnboardingView Planned => View(
        Step(Consent(ObjectState.Missing), StepStatus.Ready, Consenters),
        Step(Whitelisting(ObjectState.Missing), StepStatus.Ready, UserMakers),
        Step(Policies(ObjectState.Different, ObjectState.Later), StepStatus.Ready, TeamsKeepers),
        Step(Grants(ObjectState.Missing, ["Anna Vogt"]), StepStatus.WaitingOnLuware, TeamsKeepers)) with { Digest = "7f3c" };

    /// <summary>No test user has been chosen yet.</summary>
    public static OnboardingView Asking
    {
        get
        {
            var planned = Planned;
            var grants = Grants(ObjectState.Missing, []) with { Questions = [S("Grants.Question.NoTestUser")] };
            return planned with
            {
                Digest = null, Steps = [.. planned.Steps.Take(3), Step(grants, StepStatus.WaitingOnCustomer, TeamsKeepers)],
                Choices = StepChoices.None.With("grants", new GrantsChoice(new Guid("085fd5ee-756a-4284-b81d-a62549f12293"), [])),
            };
        }
    }

    /// <summary>Half done: a consent is requested, and the run waits for Microsoft and Luware.</summary>
    public static OnboardingView Running => View(
        Step(Consent(ObjectState.Missing), StepStatus.WaitingOnCustomer, Consenters),
        Step(Whitelisting(ObjectState.Found), StepStatus.Verified, UserMakers),
        Step(Policies(ObjectState.Found, ObjectState.Missing), StepStatus.Running, TeamsKeepers),
        Step(Grants(ObjectState.Missing, ["Anna Vogt"]), StepStatus.WaitingOnLuware, TeamsKeepers)) with
    {
        Run = new RunView(Run, RunKind.Apply, RunState.Waiting, Now, "Jonas Weber",
            [
                new("consent", "accept/1", S("Consent.Accept", "Luware Recording MTDE 1"), ActionState.Done, TimeSpan.FromSeconds(28)),
                new("consent", "accept/2", S("Consent.Accept", "Luware Recording MTDE 2"), ActionState.Waiting, null),
                new("whitelisting", "create-instance/1",
                    S("Whitelisting.Create", "luwarerecording-mtde-1@fabrikam.de"), ActionState.Done, TimeSpan.FromSeconds(8.2)),
                new("whitelisting", "create-instance/2",
                    S("Whitelisting.Create", "luwarerecording-mtde-2@fabrikam.de"), ActionState.Done, TimeSpan.FromSeconds(7.4)),
                new("policies", "enable", S("Policies.Enable", Policy), ActionState.Done, TimeSpan.FromSeconds(3.1)),
                new("policies", "link", S("Policies.Link", "Luware Recording MTDE 1", Policy), ActionState.Running, null),
                new("policies", "pair",
                    S("Policies.Pair", "Luware Recording MTDE 2", "Luware Recording MTDE 1", "luwarerecordingfailclose1"), ActionState.Later, null),
                new("grants", "grant", S("Grants.Grant", Policy, Group), ActionState.Waiting, null),
            ],
            [
                new("grants", WaitsFor.Luware,
                    S("Grants.Why"), Now.AddMinutes(2), null, null, new GateView("grant", 40, ["Anna Vogt"], ReadyFlag: false), null),
                new("consent", WaitsFor.Microsoft,
                    S("Consent.WaitForMicrosoft", "Luware Recording MTDE 1", "User.Read.All"), Now.AddMinutes(1), Now.AddMinutes(3), null, null, null),
                new("consent", WaitsFor.Customer,
                    S("Consent.WaitForAccept", "Luware Recording MTDE 2"), Now.AddMinutes(1), Now.AddMinutes(3),
                    new Uri("/consent/go/2", UriKind.Relative), null, null),
            ],
            [
                new(Now, "consent", S("Consent.Accept", "Luware Recording MTDE 1")),
                new(Now.AddSeconds(31), "whitelisting", S("Whitelisting.Create", "luwarerecording-mtde-1@fabrikam.de")),
                new(Now.AddSeconds(47), "policies", S("Policies.Enable", Policy)),
            ])
        {
            Steps = new HashSet<string>(["consent", "whitelisting", "policies", "grants"]),
        },
    };

    /// <summary>Only the safety gate is left.</summary>
    public static OnboardingView Gate => Waiting(
        new WaitView(
            "grants", WaitsFor.Customer, S("Grants.Why"), Now.AddMinutes(2), null, null, new GateView("grant", 40, ["Anna Vogt"], ReadyFlag: true), null));

    /// <summary>An approved action has become a question: no link answers it, and only another reading can tell that it is answered.</summary>
    public static OnboardingView Held => Waiting(
        new WaitView("grants", WaitsFor.Customer, S("Grants.Question.NoTestUser"), Now.AddMinutes(2), null, null, null, null));

    /// <summary>A question of a run, answered or not by choices that no reading has used yet.</summary>
    public static OnboardingView AskingInRun(bool isAnswered)
    {
        var view = Waiting(new WaitView(
            "grants", WaitsFor.Customer, S("Grants.Question.NoTestUser"), Now.AddMinutes(2), null, StepOutcome.Waiting.ChoicesOf("grants"), null, null));
        return view with { Steps = [.. view.Steps.Select(s => s with { IsOutdated = isAnswered && s.Step == "grants" })] };
    }

    public static OnboardingView Refused => Waiting(
        new WaitView("whitelisting", WaitsFor.Customer, S("Whitelisting.AccessDenied.What"), Now.AddMinutes(2), null, null, null,
            new RefusalView(
                S("Whitelisting.AccessDenied.Title"), S("Whitelisting.AccessDenied.What"), S("Whitelisting.AccessDenied.Who"),
                S("Whitelisting.AccessDenied.When"), S("Whitelisting.AccessDenied.Letter"),
                new RemoteAnswer(
                    "Microsoft Teams", "AccessDenied,New-CsOnlineApplicationInstance", "PermissionDenied", "Access Denied.",
                    "5c0a8e1e-9f63-4a57-8e0f-1d0f5b6a77c2"))));

    public static OnboardingView Verified => View(
        Step(Consent(ObjectState.Found), StepStatus.Verified, Consenters),
        Step(Whitelisting(ObjectState.Found), StepStatus.Verified, UserMakers),
        Step(Policies(ObjectState.Found, ObjectState.Found), StepStatus.Verified, TeamsKeepers),
        Step(Grants(ObjectState.Found, ["Anna Vogt"]), StepStatus.Verified, TeamsKeepers)) with
    {
        Run = new RunView(Run, RunKind.Apply, RunState.Done, Now, "Jonas Weber", [], [], [])
        {
            Before =
            [
                new("consent", "application/1", ObjectState.Missing), new("consent", "application/2", ObjectState.Missing),
                new("policies", "policy", ObjectState.Different), new("policies", "link", ObjectState.Later), new("grants", "assignment", ObjectState.Missing),
            ],
        },
    };

    /// <summary>A month after it was verified, somebody has switched the policy off.</summary>
    public static OnboardingView Drifted
    {
        get
        {
            var verified = Verified;
            return verified with
            {
                Digest = "0ff0",
                Steps = [.. verified.Steps.Select(s => s.Step == "policies"
                    ? s with
                    {
                        Status = StepStatus.ChangedSinceVerified, Plan = Policies(ObjectState.Different, ObjectState.Found), VerifiedAt = Now.AddDays(-30),
                    }
                    : s)],
            };
        }
    }

    /// <summary>The grant was taken back a moment ago; the plan would grant it again.</summary>
    public static OnboardingView Undone => Planned with
    {
        Run = new RunView(
            Run, RunKind.Undo, RunState.Done, Now, "Jonas Weber", [], [],
            [new(Now.AddMinutes(2), "grants", S("Engine.TakenBack")), new(Now.AddMinutes(9), "", S("Engine.ReadyCleared", "Nina Keller"))])
        {
            EndedAt = Now.AddMinutes(2),
        },
    };

    /// <summary>What would be undone, in order, and what would stay.</summary>
    public static OffboardingPlan Offboarding => new(Jonas.Access.TenantId, Now,
    [
        Plan("grants", S("Grants.Undo.Choice"), S("Grants.Undo.Why"), Object(
            "ungrant", $"{Policy} → {Group}", S("Grants.Kind.Assignment"), ObjectState.Different, S("Grants.Undo.StillThere"),
            "Remove-CsGroupPolicyAssignment", TeamsKeepers, new Impact(40, CanStopCalls: false, S("Impact.WithinADay")))),
        Plan("policies", S("Policies.Undo.Choice"), S("Policies.Undo.Why"),
            new PlannedObject("out-of-force", Policy, S("Policies.Undo.Kind.OutOfForce"), ObjectState.Later, S("Policies.Undo.OutOfForceLater"), "",
                new PlannedAction("await", S("Policies.Undo.AwaitOutOfForce", Policy), "await", [], Impact.Nobody) { OnlyWaits = true }),
            Object("remove", Policy, S("Policies.Kind.Policy"), ObjectState.Different, S("Policies.Undo.PolicyGoes"),
                $"Remove-CsTeamsComplianceRecordingPolicy -Identity '{Policy}'", TeamsKeepers)),
        Plan("whitelisting", S("Undo.Stays"), S("Undo.StaysWhy"), new PlannedObject(
            "instance/1", "luwarerecording-mtde-1@fabrikam.de", S("Whitelisting.Kind"), ObjectState.Different, S("Whitelisting.Undo.Stays"),
            "Remove-MgUser -UserId '1'")
        {
            Link = new Uri("https://entra.microsoft.com/#user"),
        }),
    ], StepChoices.None);

    /// <summary>The step was undone yesterday.</summary>
    public static OnboardingView Offboarded => Planned with
    {
        Run = new RunView(
            Run, RunKind.Offboard, RunState.Done, Now.AddDays(-1), "Jonas Weber", [], [],
            [new(Now, "policies", S("Engine.TakenBack")), new(Now.AddMinutes(9), "", S("Engine.ReadyCleared", "Nina Keller"))])
        {
            EndedAt = Now,
            // As read from the run's row.
            Offboarding = [.. Offboarding.Steps.Select(p => EngineJson.Read<StepPlan>(EngineJson.Write(p)))],
        },
    };

    private static OnboardingView View(params StepView[] steps) => new(
        new OnboardingTenant(new("018f2b6c-0000-7000-8000-0000000000aa"), Jonas.Access.TenantId, "Fabrikam GmbH", Ready: false),
        Germany, StepChoices.None, steps, null, null, WritesStopped: false);

    private static OnboardingView Waiting(WaitView wait)
    {
        var running = Running;
        return running with { Run = running.Run! with { Waits = [wait] } };
    }

    /// <summary>The same with a last step that the customer skips.</summary>
    public static OnboardingView WithoutChat(this OnboardingView view) => view with { Steps = [.. view.Steps, ChatNotWanted] };

    private static StepView ChatNotWanted => new("chat-capture", StepStatus.Skipped, S("ChatCapture.NotWanted"),
        Plan("chat-capture", S("ChatCapture.NotWanted"), S("ChatCapture.Why.NotWanted")) with
        {
            Skipped = S("ChatCapture.NotWanted"),
            Options = new Dictionary<string, IReadOnlyList<ChoiceOption>> { ["application"] = [new("id", "Luware Recording Chat")] },
        }, null) { Roles = Consenters };

    private static StepView Step(StepPlan plan, StepStatus status, Guid[] roles) =>
        new(plan.Step, status, null, plan, status == StepStatus.Verified ? Now.AddMinutes(5) : null) { Roles = roles, CanUndo = status == StepStatus.Verified };

    private static StepView Unread(string step, Guid[] roles) => new(step, StepStatus.NotStarted, null, null, null) { Roles = roles };

    private static StepPlan Plan(string step, Sentence choice, Sentence why, params PlannedObject[] objects) =>
        new(step, choice, why, objects, new Dictionary<string, string>(), []) { ReadAt = Now };

    private static PlannedObject Object(
        string key, string name, Sentence kind, ObjectState state, Sentence what, string detail, Guid[] roles,
        Impact? impact = null, string? page = null, string? action = null) =>
        new(key, name, kind, state, what, detail, state is ObjectState.Found or ObjectState.Unknown
            ? null
            : new PlannedAction(action ?? key, what, detail, roles, impact ?? Impact.Nobody) { Page = page is null ? null : new Uri(page, UriKind.Relative) });

    private static StepPlan Consent(ObjectState state) => Plan("consent", S("Consent.Choice"), S("Consent.WhyTwice"),
    [
        .. Germany.Applications.Select(a => Object(
            $"application/{a.Number}", a.DisplayName, S("Consent.Kind"), state,
            state == ObjectState.Found ? S("Consent.Found", "9") : S("Consent.Missing", "9"),
            $"https://login.microsoftonline.com/{Jonas.Access.TenantId}/adminconsent?client_id={a.ApplicationId}",
            Consenters, page: $"/consent/go/{a.Number}", action: $"accept/{a.Number}") with
        {
            Permissions =
            [
                new("User.Read", S("Permission.User.Read"), ObjectState.Found, S("Consent.Permission.Granted")),
                new("Calls.AccessMedia.All",
                    S("Permission.Calls.AccessMedia.All"), state, S(state == ObjectState.Found ? "Consent.Permission.Granted" : "Consent.Permission.Missing")),
            ],
        }),
    ]);

    private static StepPlan Whitelisting(ObjectState state) => Plan("whitelisting", S("Whitelisting.Choice", "fabrikam.de"), S("Whitelisting.Why"),
    [
        .. Germany.Applications.Select(a => Object(
            $"instance/{a.Number}", $"{a.UserPrincipalNamePrefix}@fabrikam.de", S("Whitelisting.Kind"), state,
            state == ObjectState.Found ? S("Whitelisting.Found") : S("Whitelisting.Missing", a.DisplayName),
            $"New-CsOnlineApplicationInstance `\n  -UserPrincipalName '{a.UserPrincipalNamePrefix}@fabrikam.de' `\n  -DisplayName '{a.DisplayName}' `\n  -ApplicationId '{a.ApplicationId}'", UserMakers)),
    ]) with
    {
        Options = new Dictionary<string, IReadOnlyList<ChoiceOption>>
        {
            ["domain"] = [new("fabrikam.de", "fabrikam.de"), new("fabrikam.onmicrosoft.com", "fabrikam.onmicrosoft.com")],
        },
    };

    private static StepPlan Policies(ObjectState policy, ObjectState link) => Plan("policies", S("Policies.Choice.FailClose"), S("Policies.Why.FailClose"),
        Object("policy", Policy, S("Policies.Kind.Policy"), policy, policy == ObjectState.Found ? S("Policies.Policy.Found") : S("Policies.Policy.Disabled"),
            $"Set-CsTeamsComplianceRecordingPolicy `\n  -Identity '{Policy}' `\n  -Enabled $true", TeamsKeepers),
        Object("link", $"Luware Recording MTDE 1 in {Policy}", S("Policies.Kind.Link"), link,
            link == ObjectState.Found ? S("Policies.Link.FoundFailClose") : S("Policies.Link.Later", "Luware Recording MTDE 1"),
            $"New-CsTeamsComplianceRecordingApplication `\n  -Identity 'Tag:{Policy}/‹object id of luwarerecording-mtde-1›'", TeamsKeepers));

    private static StepPlan Grants(ObjectState state, string[] testUsers) => Plan("grants", S("Grants.Choice", Group), S("Grants.Why"),
    [
        Object("group", Group, S("Grants.Kind.Group"), ObjectState.Found, S("Grants.Group.Many", "40"),
            "GET /v1.0/groups/085fd5ee-756a-4284-b81d-a62549f12293/members", TeamsKeepers),
        Object("assignment", $"{Policy} → {Group}", S("Grants.Kind.Assignment"), state,
            state == ObjectState.Found ? S("Grants.Assignment.Found") : S("Grants.Assignment.Missing"),
            $"New-CsGroupPolicyAssignment `\n  -GroupId 085fd5ee-756a-4284-b81d-a62549f12293 `\n  -PolicyType TeamsComplianceRecordingPolicy `\n  -PolicyName '{Policy}'",
            TeamsKeepers, new Impact(40, CanStopCalls: true, S("Impact.WithinADay"))),
        .. testUsers.Select(user => Object(
            $"effect/{user}", user, S("Grants.Kind.Effect"), state == ObjectState.Found ? ObjectState.Found : ObjectState.Unknown,
            state == ObjectState.Found ? S("Grants.Effect.Found", Policy) : S("Grants.Effect.Later"),
            "Get-CsUserPolicyAssignment -Identity …", [])),
    ]) with
    {
        Options = new Dictionary<string, IReadOnlyList<ChoiceOption>>
        {
            ["group"] = [new("085fd5ee-756a-4284-b81d-a62549f12293", Group)],
            ["test-user"] = [new("aaaaaaaa-0000-4000-8000-000000000001", "Anna Vogt"), new("aaaaaaaa-0000-4000-8000-000000000002", "Lena Schuster")],
        },
    };
}
