using Luware.Onboarding.Steps.ChatCapture;
using Luware.Onboarding.Steps.Grants;
using Luware.Onboarding.Steps.Policies;
using Luware.Onboarding.Steps.SecurityGroups;
using Luware.Onboarding.Steps.Storage;
using Luware.Onboarding.Steps.Whitelisting;

namespace Luware.Onboarding.CustomerPages;

/// <summary>Maps steps to the components that show their choices; a step that is not listed has none.</summary>
public static class ChoicePanels
{
    private static readonly Dictionary<string, ChoicePanel> Panels = new(StringComparer.Ordinal)
    {
        [SecurityGroupsStep.StepName] = ChoicePanel.For<SecurityGroupsChoices, SecurityGroupsChoice>(SecurityGroupsStep.StepName),
        [WhitelistingStep.StepName] = ChoicePanel.For<WhitelistingChoices, WhitelistingChoice>(WhitelistingStep.StepName),
        [PoliciesStep.StepName] = ChoicePanel.For<PoliciesChoices, PoliciesChoice>(PoliciesStep.StepName),
        [GrantsStep.StepName] = ChoicePanel.For<GrantsChoices, GrantsChoice>(GrantsStep.StepName),
        [StorageStep.StepName] = ChoicePanel.For<StorageChoices, StorageChoice>(StorageStep.StepName),
        [ChatCaptureStep.StepName] = ChoicePanel.For<ChatCaptureChoices, ChatCaptureChoice>(ChatCaptureStep.StepName),
    };

    public static bool Has(string step) => Panels.ContainsKey(step);

    public static ChoicePanel For(string step) => Panels[step];
}
