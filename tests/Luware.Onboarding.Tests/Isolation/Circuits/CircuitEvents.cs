using Bunit;
using Luware.Onboarding.Audit;
using Luware.Onboarding.Handover;
using Luware.Onboarding.Steps.SecurityGroups;
using Luware.Onboarding.Tenants;
using Luware.Onboarding.Tests.Engine;
using Luware.Onboarding.Tests.CustomerPages;
using Luware.Portal.Components.Pages;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;

namespace Luware.Onboarding.Tests.Isolation.Circuits;

/// <param name="Of">The people to whom it is offered; nobody else sees it.</param>
/// <param name="Open">Opens the page.</param>
internal sealed record CircuitEvent(Scene Scene, Crew Of, Func<Stage, IRenderedComponent<IComponent>> Open)
{
    /// <summary>
    /// The events before it while everything is still allowed; the page must get this far. Each is waited for as long as the second argument says.
    /// </summary>
    public Action<IRenderedComponent<IComponent>, TimeSpan> Before { get; init; } = (_, _) => { };

    /// <summary>The event itself; null if opening the page is the event.</summary>
    public Action<IRenderedComponent<IComponent>>? Raise { get; init; }

    /// <summary>True if a person who has lost a right but not the session still gets an answer that changes nothing.</summary>
    public bool IsForMembers { get; init; }
}

/// <summary>The event that triggers each service call of a page.</summary>
internal static class CircuitEvents
{
    /// <summary>Opens the choices of a step.</summary>
    private const string ChangeChoices = ".group-line button.link";

    private const Crew Customers = Crew.Worker | Crew.Colleague, Deciders = Crew.Worker | Crew.Decider, Staff = Crew.Specialist | Crew.Administrator;

    public static IReadOnlyDictionary<string, CircuitEvent> All { get; } = new Dictionary<string, CircuitEvent>(StringComparer.Ordinal)
    {
        ["Following: IEngine.ReadAsync"] = new(Scene.Planned, Customers, s => s.Tab.Plan()),
        ["Following: IEngine.FollowAsync"] = new(Scene.Held, Customers, s => s.Tab.Plan()),
        ["OnboardingPage: IEngine.PlanAsync"] = Click(new(Scene.Planned, Customers, s => s.Tab.Plan()), "Read again"),
        // A step without the safety gate: with it, the page would ask for the un-grant script first.
        ["PlanDecision: IEngine.ApproveAsync"] = Click(new(Scene.Planned, Customers | Crew.Decider, s => s.Tab.Plan(SecurityGroupsStep.StepName)), "Approve"),
        ["UndoDownloads: IEngine.GetUndoScriptAsync"] = Click(new(Scene.Planned, Customers, s => s.Tab.Plan()), "Approve"),
        ["RunWaits: IEngine.ConfirmAsync"] = new(Scene.Held, Customers | Crew.Decider, s => s.Tab.Plan())
        {
            Before = (page, patience) => page.WaitForElement("#people-first", patience).Input($"{Stage.People}"),
            Raise = page => page.Find("#people-first").Closest("form")!.Submit(),
        },
        ["RunWaits: IEngine.ResumeAsync"] = Click(new(Scene.Held, Customers, s => s.Tab.Plan()) { IsForMembers = true }, "Check again now"),
        ["UndoPanel: IEngine.UndoAsync"] = Click(new(Scene.Verified, Crew.Worker, s => s.Tab.Plan()), "Take the grant back", "Yes, take it back"),
        ["UndoPanel: IEngine.GetUndoScriptAsync"] = new(Scene.Verified, Crew.Worker, s => s.Tab.Plan()),
        ["ScriptPanel: IEngine.GetScriptAsync"] = new(Scene.Planned, Crew.Worker, s => s.Tab.Plan()),
        ["ScriptPanel: IEngine.TakeScriptResultAsync"] = new(Scene.Planned, Crew.Worker, s => s.Tab.Plan())
        {
            Before = (page, patience) => page.WaitForElement("#script-result", patience),
            Raise = page => _ = page.FindComponent<InputFile>().Instance.OnChange.InvokeAsync(new([new ChosenFile()])),
        },
        ["ChoicePanel: IEngine.ChooseAsync"] = new(Scene.Planned, Customers, s => s.Tab.Plan())
        {
            Before = (page, patience) =>
            {
                page.WaitForElement(ChangeChoices, patience).Click();
                page.WaitForElement("input[name=groups-way]", patience);
            },
            Raise = page => page.FindAll("input[name=groups-way]")[^1].Change("on"),
        },
        ["PlanPanel: IPeopleSearch.FindAsync"] = new(Scene.Planned, Customers, s => s.Tab.Plan())
        {
            Before = (page, patience) =>
            {
                page.WaitForElement(ChangeChoices, patience).Click();
                page.WaitForElement(".choices details", patience).TriggerEvent("ontoggle", EventArgs.Empty);
                page.WaitForElement("#groups-owners", patience);
            },
            Raise = page => page.Find("#groups-owners").Input("Ada"),
        },
        ["Before: IEngine.ChooseAsync"] = new(Scene.Planned, Customers, s => s.Tab.Inside<Before>())
        {
            Before = (page, patience) => page.WaitForElement("input[name=groups-route]", patience),
            Raise = page => page.FindAll("input[name=groups-route]")[1].Change("on"),
        },
        ["TestCallPanel: IAftercare.RecordTestCallAsync"] = Click(new(Scene.Verified, Crew.Worker, s => s.Tab.Plan()), "It worked"),
        ["AccessPanel: IAftercare.ReadOwnAccessAsync"] = Click(new(Scene.Verified, Crew.Worker, s => s.Tab.Plan()), "End the portal’s access"),
        ["AccessPanel: IAftercare.EndAccessAsync"] =
            Click(new(Scene.Verified, Deciders, s => s.Tab.Plan()), "End the portal’s access", "End access and sign everybody out"),
        ["OffboardingPage: IAftercare.PlanOffboardingAsync"] = Click(new(Scene.Verified, Crew.Worker, s => s.Tab.Offboarding()), "Read again"),
        ["OffboardingPage: IAftercare.OffboardAsync"] = new(Scene.Verified, Deciders, s => s.Tab.Offboarding())
        {
            Before = (page, patience) => page.WaitForElement("#tenant-name", patience).Input("Contoso"),
            Raise = page => page.Button("Take it all back").Click(),
        },
        ["HandPanel: IColleagueLinks.HandAsync"] =
            Click(new(Scene.Planned, Deciders, s => s.Tab.Plan("second")), "Make a new link", "Yes, make a new link"),
        ["HandPanel: IColleagueLinks.RevokeAsync"] = Click(new(Scene.Planned, Crew.Worker, s => s.Tab.Plan("second")), "Revoke the link"),
        ["HandoverSheet: IHandover.ReadAsync"] = new(Scene.Verified, Crew.Worker, s => s.Tab.Render<HandoverSheet>()),
        ["AuditSheet: IAuditRecord.ReadAsync"] = new(Scene.Verified, Crew.Worker, s => s.Tab.Render<AuditSheet>()),
        ["AuditSheet: IAuditRecord.VerifyAsync"] = new(Scene.Verified, Crew.Worker, s => s.Tab.Render<AuditSheet>())
        {
            Before = (page, patience) => page.WaitForElement("#anchor", patience),
            Raise = Submit,
        },
        ["AuditSheet: IAuditRecord.EraseAsync"] = Click(new(Scene.Planned, Crew.Administrator, OfTenant<AuditSheet>("TenantId")), "Forget …", "Forget Ada"),
        ["TenantsPage: ICockpit.FollowAsync"] = new(Scene.Planned, Staff, s => s.Tab.Render<TenantsPage>()),
        ["TenantsPage: ICockpit.ReadFiltersAsync"] = new(Scene.Planned, Staff, s => s.Tab.Render<TenantsPage>()),
        ["TenantsPage: ICockpit.ReadAsync"] = Click(new(Scene.Planned, Staff, s => s.Tab.RenderAt<TenantsPage>("tenants")), "Stuck"),
        ["TenantPage: ITenantReader.FollowAsync"] = new(Scene.Planned, Staff, OfTenant<TenantPage>("Id")),
        ["Timeline: ITenantReader.ReadTimelineAsync"] = Click(new(Scene.Planned, Staff, OfTenant<TenantPage>("Id")), "Show earlier"),
        ["TenantFormPage: ITenantReader.ReadAsync"] = new(Scene.Planned, Crew.Specialist, OfTenant<TenantFormPage>("Id")),
        ["TenantFormPage: ISpecialistDesk.ChangeAsync"] = new(Scene.Planned, Crew.Specialist, OfTenant<TenantFormPage>("Id"))
        {
            Before = (page, patience) => page.WaitForElement("form", patience),
            Raise = Submit,
        },
        ["TenantFormPage: ISpecialistDesk.AddAsync"] = new(Scene.Planned, Crew.Specialist, s => s.Tab.Render<TenantFormPage>())
        {
            Before = (page, patience) =>
            {
                page.WaitForElement("#tenant-Name", patience).Change("Tailspin");
                page.Find("#tenant-Tenant").Change($"{Guid.NewGuid()}");
            },
            Raise = Submit,
        },
        ["InvitationPanel: ISpecialistDesk.InviteAsync"] = new(Scene.Planned, Crew.Specialist, OfTenant<TenantPage>("Id"))
        {
            Before = (page, patience) =>
            {
                page.WaitForElement("section[aria-labelledby=invitation] .rz-button", patience);
                // While a link is out, the panel asks first.
                if (Has(page, "Renew"))
                    page.Button("Renew").Click();
            },
            Raise = page => page.Find("section[aria-labelledby=invitation] .rz-button").Click(),
        },
        ["InvitationPanel: ISpecialistDesk.RevokeInvitationAsync"] =
            Click(new(Scene.Planned, Crew.Specialist, OfTenant<TenantPage>("Id")), "Revoke", "Yes, revoke it"),
        ["ReadyPanel: ISpecialistDesk.SetReadyAsync"] =
            Click(new(Scene.Planned, Crew.Specialist, OfTenant<TenantPage>("Id")), "Set ready flag", "Assert and set"),
        ["ClosePanel: ISpecialistDesk.SetClosedAsync"] =
            Click(new(Scene.Planned, Crew.Specialist, OfTenant<TenantPage>("Id")), "Close this onboarding", "Yes, close it"),
        ["NotePanel: ISpecialistDesk.WriteNoteAsync"] = new(Scene.Planned, Crew.Specialist, OfTenant<TenantPage>("Id"))
        {
            Before = (page, patience) => page.WaitForElement("textarea#note", patience).Input("another"),
            Raise = page => page.Button("Save note").Click(),
        },
    };

    /// <summary>Clicks buttons one after the other; the last click is the event.</summary>
    private static CircuitEvent Click(CircuitEvent page, params string[] buttons) => page with
    {
        Before = (shown, patience) =>
        {
            foreach (var text in buttons[..^1])
            {
                shown.WaitForState(() => Has(shown, text), patience);
                shown.Button(text).Click();
            }

            shown.WaitForState(() => Has(shown, buttons[^1]), patience);
        },
        Raise = shown => shown.Button(buttons[^1]).Click(),
    };

    private static bool Has(IRenderedComponent<IComponent> page, string button) =>
        page.FindAll("button").Any(b => b.TextContent.Contains(button, StringComparison.Ordinal) && !b.IsOff());

    private static void Submit(IRenderedComponent<IComponent> page) => page.Find("form").Submit();

    private static Func<Stage, IRenderedComponent<IComponent>> OfTenant<TPage>(string parameter) where TPage : class, IComponent =>
        stage => stage.Tab.Of<TPage>(parameter, stage.TenantId);
}
