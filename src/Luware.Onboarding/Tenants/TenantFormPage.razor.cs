using Luware.Onboarding.Engine;
using Luware.Onboarding.Regions;
using Luware.Onboarding.Texts;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;

namespace Luware.Onboarding.Tenants;

/// <summary>What Luware decides about a tenant: a new one, or one that is there.</summary>
public sealed partial class TenantFormPage
{
    private const string Faults = "Tenants.Fault.";

    /// <summary>The fields beside which a fault can stand; what else can be wrong is said at the end.</summary>
    private static readonly string[] Fields = ["Name", "Tenant", "Owner", "OwnerMail"];

    private TenantDetails? details;
    private TenantDetails? seen;
    private (Meanwhile Meanwhile, TenantDetails Seen)? overtaken;
    private Guid? there;
    private bool busy;

    [Inject] public required ISpecialistDesk Specialists { get; init; }
    [Inject] public required ITenantReader Reader { get; init; }
    [Inject] public required IRegionCatalog Regions { get; init; }
    [Inject] public required IOptions<PackageOptions> Packages { get; init; }
    [Inject] public required NavigationManager Navigation { get; init; }

    /// <summary>Null for a new tenant.</summary>
    [Parameter] public Guid? Id { get; set; }

    private string Title => Say[Id is null ? "TenantForm.New" : "TenantForm.Edit"];

    private string Back => Id is { } id ? $"tenants/{id}" : "tenants";

    private Sentence? Fault(string field) => Problem is { Key: var key } && key == Faults + field && Fields.Contains(field, StringComparer.Ordinal) ? Problem : null;

    private Sentence? General => Problem is { Key: var key } && !Fields.Any(f => key == Faults + f) && !IsOfApplication(Problem) ? Problem : null;

    protected override async Task ShowAsync(Actor who, CancellationToken cancellationToken)
    {
        details = Id is not { } id
            ? new TenantDetails("", "", Regions.All.First().Key) { OwnerName = who.Name, OwnerMail = who.UserPrincipalName }
            : (await Reader.ReadAsync(who, id, cancellationToken))?.Details;
        (seen, overtaken) = (details, null);
        if (details is null)
            Navigation.NavigateTo(Back);
        ShowNow();
    }

    private async Task SaveAsync()
    {
        // Enter is faster than a button that is greyed out; what is saved stays busy until its page gives way.
        if (busy)
            return;

        (busy, Problem, there) = (true, null, null);
        // An id for an application that the chosen region does not have stands in no field, where nobody could take it away.
        if (Regions.Find(details!.Region) is { } region)
            details = details with { ApplicationIds = details.ApplicationIds.Where(i => region.ConsentApplications.Any(a => a.Key == i.Key)).ToDictionary(StringComparer.Ordinal) };
        await AskAsync(async (who, token) =>
        {
            if (Id is { } id)
                await ChangeAsync(who, id, token);
            else
                (there, Problem) = await Specialists.AddAsync(who, details!, token);
            if (Problem is null && overtaken is null)
                Navigation.NavigateTo($"tenants/{Id ?? there}");
        });
        if (Problem is null && overtaken is null)
            return;

        busy = false;
        // Whoever pressed the button is at the foot of the page; what is wrong may be at its head.
        FocusOn(overtaken is null ? "[aria-invalid=true]" : "#meanwhile");
    }

    /// <summary>Where somebody else has saved since, what was typed stays, what was left alone becomes theirs, and saving once more is done knowing it.</summary>
    private async Task ChangeAsync(Actor who, Guid id, CancellationToken cancellationToken)
    {
        (Problem, var meanwhile) = await Specialists.ChangeAsync(who, id, seen!, details!, cancellationToken);
        overtaken = meanwhile is null ? null : (meanwhile, seen!);
        if (meanwhile is not null)
            (details, seen) = (details!.Onto(seen!, meanwhile.Now), meanwhile.Now);
    }

    private void WriteId(string key, string value) =>
        details = details! with { ApplicationIds = new Dictionary<string, string>(details.ApplicationIds, StringComparer.Ordinal) { [key] = value } };

    private Func<string, Sentence?> FaultOf(string key) =>
        _ => Problem is not null && IsOfApplication(Problem) && details!.ApplicationIds.GetValueOrDefault(key)?.Trim() == Problem.Arguments[0] ? Problem : null;

    private static bool IsOfApplication(Sentence sentence) => sentence.Key == Faults + "ApplicationId";

    private static string Text(ChangeEventArgs e) => e.Value as string ?? "";
}
