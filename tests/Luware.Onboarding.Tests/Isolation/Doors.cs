using Luware.Onboarding.Audit;
using Luware.Onboarding.Colleagues;
using Luware.Onboarding.Consent;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Handover;
using Luware.Onboarding.CustomerPages;
using Luware.Onboarding.Tenants;
using Luware.Onboarding.Tenants.Cockpit;
using Luware.Onboarding.Tests.Engine;

namespace Luware.Onboarding.Tests.Isolation;

/// <summary>Who may use a service method.</summary>
internal enum Owner
{
    /// <summary>People of the customer, each for their own tenant.</summary>
    Customer,

    /// <summary>Tried with data of the one customer.</summary>
    CustomerItself,

    /// <summary>The customer's people, and colleagues to whom any step was handed.</summary>
    Colleague,

    /// <summary>The customer's people, and colleagues to whom this very step was handed.</summary>
    ColleagueOfStep,

    /// <summary>Everybody of the customer's tenant, whatever their role: it reveals or changes only what is theirs already.</summary>
    Member,

    Specialist,

    /// <summary>Specialists and administrators of the portal.</summary>
    Staff,

    Administrator,
}

/// <summary>The arguments: ids of the customer whom strangers try to reach.</summary>
internal sealed record Target(EngineHost Portal, Guid TenantId, Guid RunId);

/// <summary>Every service method that takes a signed-in person, and how it is tried.</summary>
internal static class Doors
{
    public static readonly string EndOfSessions = Name<IAftercare>(nameof(IAftercare.EndAccessAsync));

    public static readonly IReadOnlyDictionary<string, (Owner Owner, Func<Target, Actor, Task> Try)> All =
        new Dictionary<string, (Owner, Func<Target, Actor, Task>)>(StringComparer.Ordinal)
    {
        [Name<IEngine>(nameof(IEngine.ReadAsync))] =
            (Owner.Colleague, async (t, who) => Serve(await t.Portal.Engine.ReadAsync(who, default) is { IsWithheld: false })),
        [Name<IEngine>(nameof(IEngine.FollowAsync))] = (Owner.Colleague, FollowAsync),
        [Name<IEngine>(nameof(IEngine.PlanAsync))] = (Owner.Colleague, (t, who) => t.Portal.Engine.PlanAsync(who, null, default)),
        [Name<IEngine>(nameof(IEngine.ChooseAsync))] = (Owner.ColleagueOfStep, (t, who) => t.Portal.Engine.ChooseAsync(who, "first", new { }, default)),
        [Name<IEngine>(nameof(IEngine.ApproveAsync))] = (Owner.Colleague, async (t, who) => Serve(await t.Portal.Engine.ApproveAsync(who, "digest", default))),
        [Name<IEngine>(nameof(IEngine.ConfirmAsync))] =
            (Owner.ColleagueOfStep, async (t, who) => Serve(await t.Portal.Engine.ConfirmAsync(who, t.RunId, "first", "make-object", 1, default))),
        [Name<IEngine>(nameof(IEngine.UndoAsync))] = (Owner.Customer, (t, who) => t.Portal.Engine.UndoAsync(who, "second", default)),
        [Name<IEngine>(nameof(IEngine.ResumeAsync))] = (Owner.Member, (t, who) => t.Portal.Engine.ResumeAsync(who, default)),
        [Name<IEngine>(nameof(IEngine.GetUndoScriptAsync))] =
            (Owner.ColleagueOfStep, (t, who) => t.Portal.Engine.GetUndoScriptAsync(who, "first", withChosen: true, default)),
        [Name<IEngine>(nameof(IEngine.GetScriptAsync))] = (Owner.Customer, (t, who) => t.Portal.Engine.GetScriptAsync(who, null, default)),
        [Name<IEngine>(nameof(IEngine.TakeScriptResultAsync))] = (Owner.Customer, (t, who) => t.Portal.Engine.TakeScriptResultAsync(who, "{}", default)),
        [Name<IAftercare>(nameof(IAftercare.RecordTestCallAsync))] =
            (Owner.Customer, (t, who) => t.Portal.Get<IAftercare>().RecordTestCallAsync(who, TestCallKind.Inside, "policy", worked: true, default)),
        [Name<IAftercare>(nameof(IAftercare.PlanOffboardingAsync))] =
            (Owner.Customer, (t, who) => t.Portal.Get<IAftercare>().PlanOffboardingAsync(who, default)),
        [Name<IAftercare>(nameof(IAftercare.OffboardAsync))] = (Owner.CustomerItself, OffboardAsync),
        [Name<IAftercare>(nameof(IAftercare.ReadOwnAccessAsync))] = (Owner.Customer, (t, who) => t.Portal.Get<IAftercare>().ReadOwnAccessAsync(who, default)),
        [Name<IAftercare>(nameof(IAftercare.EndAccessAsync))] = (Owner.Customer, (t, who) => t.Portal.Get<IAftercare>().EndAccessAsync(who, default)),
        [Name<IColleagueLinks>(nameof(IColleagueLinks.HandAsync))] =
            (Owner.Customer, async (t, who) => Serve(new Decision((await t.Portal.Get<IColleagueLinks>().HandAsync(who, "second", default)).Problem))),
        [Name<IColleagueLinks>(nameof(IColleagueLinks.RevokeAsync))] =
            (Owner.Customer, (t, who) => t.Portal.Get<IColleagueLinks>().RevokeAsync(who, "second", default)),
        [Name<IPeopleSearch>(nameof(IPeopleSearch.FindAsync))] = (Owner.Colleague, (t, who) => t.Portal.Get<IPeopleSearch>().FindAsync(who, "Ada", default)),
        [Name<ISpecialistDesk>(nameof(ISpecialistDesk.AddAsync))] =
            (Owner.Specialist, (t, who) => t.Portal.Get<ISpecialistDesk>().AddAsync(
                who, new TenantDetails("Contoso", $"{EngineHost.Tenant}", "MTCH"), default)),
        [Name<ISpecialistDesk>(nameof(ISpecialistDesk.ChangeAsync))] =
            (Owner.Specialist, (t, who) => t.Portal.Get<ISpecialistDesk>().ChangeAsync(
                who, t.TenantId, new TenantDetails("Contoso", "", "MTCH"), new TenantDetails("Contoso", "", "MTCH"), read: null, default)),
        [Name<ISpecialistDesk>(nameof(ISpecialistDesk.InviteAsync))] =
            (Owner.Specialist, (t, who) => t.Portal.Get<ISpecialistDesk>().InviteAsync(who, t.TenantId, default)),
        [Name<ISpecialistDesk>(nameof(ISpecialistDesk.RevokeInvitationAsync))] =
            (Owner.Specialist, (t, who) => t.Portal.Get<ISpecialistDesk>().RevokeInvitationAsync(who, t.TenantId, Guid.NewGuid(), default)),
        [Name<ISpecialistDesk>(nameof(ISpecialistDesk.SetReadyAsync))] =
            (Owner.Specialist, (t, who) => t.Portal.Get<ISpecialistDesk>().SetReadyAsync(who, t.TenantId, ready: true, [], default)),
        [Name<ISpecialistDesk>(nameof(ISpecialistDesk.SetClosedAsync))] =
            (Owner.Specialist, (t, who) => t.Portal.Get<ISpecialistDesk>().SetClosedAsync(who, t.TenantId, closed: false, read: null, default)),
        [Name<ISpecialistDesk>(nameof(ISpecialistDesk.WriteNoteAsync))] =
            (Owner.Specialist, (t, who) => t.Portal.Get<ISpecialistDesk>().WriteNoteAsync(who, t.TenantId, "", "note", default)),
        [Name<ITenantReader>(nameof(ITenantReader.ReadAsync))] = (Owner.Staff, (t, who) => t.Portal.Get<ITenantReader>().ReadAsync(who, t.TenantId, default)),
        [Name<ITenantReader>(nameof(ITenantReader.FollowAsync))] =
            (Owner.Staff, (t, who) => FirstAsync(t.Portal.Get<ITenantReader>().FollowAsync(who, t.TenantId, default))),
        [Name<ITenantReader>(nameof(ITenantReader.ReadTimelineAsync))] =
            (Owner.Staff, (t, who) => t.Portal.Get<ITenantReader>().ReadTimelineAsync(who, t.TenantId, 5, default)),
        [Name<ICockpit>(nameof(ICockpit.ReadAsync))] = (Owner.Staff, (t, who) => t.Portal.Get<ICockpit>().ReadAsync(who, new CockpitView(), default)),
        [Name<ICockpit>(nameof(ICockpit.ReadFiltersAsync))] = (Owner.Staff, (t, who) => t.Portal.Get<ICockpit>().ReadFiltersAsync(who, default)),
        [Name<ICockpit>(nameof(ICockpit.ExportAsync))] =
            (Owner.Staff, (t, who) => FirstAsync(t.Portal.Get<ICockpit>().ExportAsync(who, new CockpitView(), default))),
        [Name<ICockpit>(nameof(ICockpit.FollowAsync))] = (Owner.Staff, (t, who) => FirstAsync(t.Portal.Get<ICockpit>().FollowAsync(who, default))),
        [Name<IAuditRecord>(nameof(IAuditRecord.ReadAsync))] = (Owner.Customer, (t, who) => t.Portal.Get<IAuditRecord>().ReadAsync(who, null, null, default)),
        [OfTenant<IAuditRecord>(nameof(IAuditRecord.ReadAsync))] =
            (Owner.Staff, (t, who) => t.Portal.Get<IAuditRecord>().ReadAsync(who, t.TenantId, null, default)),
        [Name<IAuditRecord>(nameof(IAuditRecord.VerifyAsync))] =
            (Owner.Customer, (t, who) => t.Portal.Get<IAuditRecord>().VerifyAsync(who, null, null, default)),
        [OfTenant<IAuditRecord>(nameof(IAuditRecord.VerifyAsync))] =
            (Owner.Staff, (t, who) => t.Portal.Get<IAuditRecord>().VerifyAsync(who, t.TenantId, null, default)),
        [Name<IAuditRecord>(nameof(IAuditRecord.ExportAsync))] = (Owner.Customer, (t, who) => t.Portal.Get<IAuditRecord>().ExportAsync(who, null, default)),
        [OfTenant<IAuditRecord>(nameof(IAuditRecord.ExportAsync))] =
            (Owner.Staff, (t, who) => t.Portal.Get<IAuditRecord>().ExportAsync(who, t.TenantId, default)),
        [Name<IAuditRecord>(nameof(IAuditRecord.EraseAsync))] =
            (Owner.Administrator, (t, who) => t.Portal.Get<IAuditRecord>().EraseAsync(who, t.TenantId, Guid.NewGuid(), default)),
        [Name<IHandover>(nameof(IHandover.ReadAsync))] = (Owner.Customer, (t, who) => t.Portal.Get<IHandover>().ReadAsync(who, null, default)),
        [OfTenant<IHandover>(nameof(IHandover.ReadAsync))] = (Owner.Staff, (t, who) => t.Portal.Get<IHandover>().ReadAsync(who, t.TenantId, default)),
        [Name<IHandover>(nameof(IHandover.WriteAsync))] =
            (Owner.Customer, (t, who) => t.Portal.Get<IHandover>().WriteAsync(who, null, HandoverFormat.Json, default)),
        [OfTenant<IHandover>(nameof(IHandover.WriteAsync))] =
            (Owner.Staff, (t, who) => t.Portal.Get<IHandover>().WriteAsync(who, t.TenantId, HandoverFormat.Json, default)),
    };

    /// <summary>
    /// Finds all methods that take a signed-in person by reflection, so that a new one without a test is noticed. Not included are what the host reports about
    /// a person whom it has admitted, and a returning consent, which is authorised by its state and only names the person.
    /// </summary>
    public static IEnumerable<string> Offered => typeof(IEngine).Assembly.GetTypes()
        .Where(t => t is { IsInterface: true, IsPublic: true } && t != typeof(IRoleLoss) && t != typeof(IAudit) && t != typeof(IConsentStates))
        .SelectMany(
            t => t.GetMethods().Where(m => m.GetParameters().Any(p => p.ParameterType == typeof(Actor))), (type, method) => $"{type.Name}.{method.Name}")
        .Distinct(StringComparer.Ordinal);

    private static string OfTenant<T>(string method) => $"{Name<T>(method)} of a tenant by its id";

    private static string Name<T>(string method) => $"{typeof(T).Name}.{method}";

    /// <summary>Returning nothing counts as a refusal too.</summary>
    private static void Serve(bool hasAnswer)
    {
        if (!hasAnswer)
            throw new UnauthorizedAccessException("There was no answer.");
    }

    /// <summary>So does the answer that the role is not sufficient.</summary>
    private static void Serve(Decision decision) => Serve(decision.Problem?.Key.Contains("RoleMissing", StringComparison.Ordinal) != true);

    private static async Task FollowAsync(Target target, Actor who)
    {
        await foreach (var view in target.Portal.Engine.FollowAsync(who, default))
        {
            Serve(!view.IsWithheld);
            return;
        }
    }

    private static async Task FirstAsync<T>(IAsyncEnumerable<T> answers)
    {
        await foreach (var _ in answers)
            return;
    }

    private static async Task OffboardAsync(Target target, Actor who)
    {
        var plan = await target.Portal.Get<IAftercare>().PlanOffboardingAsync(target.Portal.Admin, default);
        Serve(await target.Portal.Get<IAftercare>().OffboardAsync(who, plan, default));
    }
}
