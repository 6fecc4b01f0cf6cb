using Luware.Onboarding.Engine;
using Luware.Onboarding.Parts;
using Luware.Onboarding.Tenants.Cockpit;
using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Tenants;

/// <summary>Texts about a tenant for specialists, where they differ from what its customer reads.</summary>
internal static class TenantWords
{
    public static string Status(this Say say, StepStatus status) =>
        say[status == StepStatus.WaitingOnCustomer ? "Tenants.WaitingOnCustomer" : Mark.Of(status).Key];

    /// <summary>The status for a list's column, which has no room for the longest text.</summary>
    public static string StatusInList(this Say say, StepStatus status) =>
        status == StepStatus.ChangedSinceVerified ? say["Tenants.ChangedSinceVerified"] : say.Status(status);

    /// <summary>A sentence about a wait; what waits for Luware is said as what a specialist does about it.</summary>
    public static string Told(this Say say, Sentence sentence) => sentence.Key == "Engine.NotReady" ? say["Tenants.NotReady"] : say[sentence];

    public static string Waits(this Say say, WaitsFor waits) => say[waits switch
    {
        WaitsFor.Customer => "Tenants.Waits.Customer",
        WaitsFor.Luware => "Tenants.Waits.Luware",
        _ => "Tenants.Waits.Microsoft",
    }];

    /// <summary>Who is waited for, by name if known; null if nobody is.</summary>
    public static string? Who(this Say say, CockpitRow row) => row.Waits is { } waits ? row.Who is { } who ? say.Argument(who) : say.Waits(waits) : null;

    // The number would follow a second colon.
    private static string ToDo(this Say say, Sentence why) =>
        why.Key == "Engine.ConfirmPeople" ? say["Nudge.ConfirmPeople", why.Arguments[0]] : say[why].TrimEnd('.');

    /// <summary>The reminder for the customer, in the customer's language.</summary>
    /// <param name="address">The address where they continue.</param>
    public static string Nudge(this Say say, CockpitRow row, string address, string by) => say.In(row.Language, words =>
    {
        string[] lines =
        [
            row is { Waits: WaitsFor.Customer, Who: { } who } ? words["Nudge.Hello", who] : words["Nudge.HelloAll"],
            "",
            // Before the invitation is accepted, the address refuses people without a role, so it is left out.
            row.Why is { Key: TenantStanding.Invited } ? words["Nudge.Invited", row.Name]
                : words["Nudge.Text", row.Name, row.Why is { } why ? words.ToDo(why) : words.Status(row.Status), address],
            .. row.Next is { } next ? (string[])["", words["Nudge.Next", words[next]]] : [],
            "",
            words["Nudge.Regards"],
            by,
        ];
        return string.Join('\n', lines);
    });
}
