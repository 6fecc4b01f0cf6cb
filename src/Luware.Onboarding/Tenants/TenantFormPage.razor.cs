using Luware.Onboarding.Engine;
using Luware.Onboarding.Regions;
using Luware.Onboarding.Texts;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;

namespace Luware.Onboarding.Tenants;

/// <summary>The form for what Luware decides about a new or an existing tenant.</summary>
public sealed partial class TenantFormPage
{
    private const string Faults = "Tenants.Fault.";

    /// <summary>The fields that can show a fault beside them; other faults are shown at the end.</summary>
    private static readonly string[] Fields = ["Name", "Tenant", "Owner", "OwnerMail"];

    private TenantDetails? details;
    private TenantDetails? seen;
    private (Meanwhile Meanwhile, TenantDetails Seen)? overtaken;
    private Guid? there;

    // What saving would undo, while the person is asked about it.
    private Undoing? undoing;
    private bool isAskedAgain;
    private bool busy;

    [Inject] public required ISpecialistDesk Specialists { get; init; }
    [Inject] public required ITenantReader Reader { get; init; }
    [Inject] public required IRegionCatalog Regions { get; init; }
    [Inject] public required IOptions<PackageOptions> Packages { get; init; }
    [Inject] public required LastList List { get; init; }
    [Inject] public required NavigationManager Navigation { get; init; }

    /// <summary>Null for a new tenant.</summary>
    [Parameter] public Guid? Id { get; set; }

    private string Title => Say[Id is null ? "TenantForm.New" : "TenantForm.Edit"];

    private string Back => Id is { } id ? $"tenants/{id}" : List.Address;

    private string Question => seen!.Region == details!.Region
        ? Say["TenantForm.IdsQuestion", seen.Name]
        : Say["TenantForm.MoveQuestion", seen.Name, Regions.NameOf(seen.Region), Regions.NameOf(details.Region)];

    private Sentence? Fault(string field) => Problem is { Key: var key } && FieldOf(key) == field ? Problem : null;

    private Sentence? General => Problem is { Key: var key } && FieldOf(key) is null && !IsOfApplication(Problem) ? Problem : null;

    private static string? FieldOf(string fault) => fault is "Tenants.Fault.There" or "Tenants.Fault.ThereClosed" or "Tenants.Fault.OwnTenant"
        ? "Tenant"
        : Fields.FirstOrDefault(f => fault == Faults + f);

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
        // Enter may be faster than disabling the button. After saving, the form stays busy until its page is replaced.
        if (busy)
            return;

        (busy, Problem, there) = (true, null, null);
        // An id for an application that the chosen region does not have appears in no field, so nobody could remove it.
        if (Regions.Find(details!.Region) is { } region)
        {
            var known = details.ApplicationIds.Where(i => region.ConsentApplications.Any(a => a.Key == i.Key));
            details = details with { ApplicationIds = known.ToDictionary(StringComparer.Ordinal) };
        }
        await AskAsync(async (who, token) =>
        {
            if (Id is { } id)
                await ChangeAsync(who, id, token);
            else
                await AddAsync(who, token);
        });
        if (IsSaved)
            return;

        busy = false;
        // The pressed button is at the bottom of the page; the fault may be at its top.
        FocusOn(undoing is not null ? "#undoing" : overtaken is null ? "[aria-invalid=true]" : "#meanwhile");
    }

    private bool IsSaved => Problem is null && overtaken is null && undoing is null;

    private async Task AddAsync(Actor who, CancellationToken cancellationToken)
    {
        var added = await Specialists.AddAsync(who, details!, cancellationToken);
        (there, Problem) = (added.TenantId, added.Problem);
        if (IsSaved)
            Navigation.NavigateTo(added.IsUnproven ? $"tenants/{there}?unproven=true" : $"tenants/{there}");
    }

    /// <summary>
    /// Saves the changes. If somebody else has saved since, typed fields stay, the others take the saved values, and saving again is a conscious decision.
    /// </summary>
    private async Task ChangeAsync(Actor who, Guid id, CancellationToken cancellationToken)
    {
        var read = undoing;
        (Problem, var meanwhile, undoing) = await Specialists.ChangeAsync(who, id, seen!, details!, read, cancellationToken);
        isAskedAgain = read is not null && undoing is not null;
        overtaken = meanwhile is null ? null : (meanwhile, seen!);
        if (meanwhile is not null)
            (details, seen) = (details!.Onto(seen!, meanwhile.Now), meanwhile.Now);
        if (IsSaved)
            Navigation.NavigateTo(Back);
    }

    private void Leave()
    {
        undoing = null;
        FocusOn("#tenant-save");
    }

    /// <summary>What the change undoes, as far as there is anything to undo.</summary>
    private string Consequences(Undoing undoes)
    {
        string?[] said =
        [
            undoes.Steps > 0 ? Say.Count("TenantForm.Again", undoes.Steps) : null,
            undoes.Plan ? Say["TenantForm.NewApproval"] : null,
            undoes.Ready ? Say["TenantForm.ReadyWithdrawn"] : null,
            undoes.Policies ? Say["TenantForm.PoliciesStay"] : null,
        ];
        return string.Join(' ', said.OfType<string>());
    }

    private void WriteId(string key, string value) =>
        details = details! with { ApplicationIds = new Dictionary<string, string>(details.ApplicationIds, StringComparer.Ordinal) { [key] = value } };

    private Func<string, Sentence?> FaultOf(string key) =>
        _ => Problem is not null && IsOfApplication(Problem) && details!.ApplicationIds.GetValueOrDefault(key)?.Trim() == Problem.Arguments[0] ? Problem : null;

    private static bool IsOfApplication(Sentence sentence) => sentence.Key == Faults + "ApplicationId";

    private static string Text(ChangeEventArgs e) => e.Value as string ?? "";
}
