using Luware.Onboarding.Engine;
using Luware.Onboarding.Steps.Grants;
using Luware.Onboarding.Texts;
using Microsoft.AspNetCore.Components;

namespace Luware.Onboarding.Tenants;

/// <summary>Closes an onboarding after a question that names what the customer could no longer end, and opens it again.</summary>
public sealed partial class ClosePanel
{
    private bool isAsking;

    // What waits to be taken back, as it was named: the next answer counts for it too.
    private Sentence? read;

    [Inject] public required ISpecialistDesk Specialists { get; init; }
    [Parameter, EditorRequired] public required TenantFile File { get; set; }

    /// <summary>What the customer could no longer end by themselves, by the last reading; null if nothing was granted.</summary>
    private string? InForce
    {
        get
        {
            if (File.View.Steps.FirstOrDefault(s => s.Step == GrantsStep.StepName) is not { CanUndo: true } grants)
                return null;
            var people = grants.Plan?.Objects.Select(o => o.Spread).OfType<Spread>().ToList() ?? [];
            return people.Count == 0 ? Say["Closing.InForce.Some"]
                : people.Sum(p => p.InForce) is > 0 and var number ? Say.Count("Closing.InForce", number)
                : null;
        }
    }

    private void Ask(bool really)
    {
        (isAsking, read, Problem) = (really, null, null);
        FocusOn(really ? "#closing-question" : "#closing-ask");
    }

    private async Task SetAsync(bool closed)
    {
        await DecideAsync((who, token) => Specialists.SetClosedAsync(who, File.Row.Id, closed, read, token));
        read = Problem?.Key == ISpecialistDesk.TakingBackWaits ? Problem : null;
        isAsking = read is not null;
    }
}
