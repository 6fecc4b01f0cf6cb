using Luware.Onboarding.Engine;
using Luware.Onboarding.Engine.Scripts;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Regions;
using Luware.Onboarding.Settings;
using Luware.Onboarding.Steps.Consent;
using Luware.Onboarding.Texts;
using Microsoft.Extensions.Options;

namespace Luware.Onboarding.Steps.ChatCapture;

/// <summary>Step 7 of the article, optional: consent to a further application that captures Teams chats. It is verified like the consent of step 2.</summary>
public sealed class ChatCaptureStep(
    IDirectory directory, TimeProvider time, IOptions<OwnApplicationOptions> own, IOptions<ChatCaptureOptions> options) : IStep
{
    public const string StepName = "chat-capture";

    /// <summary>The chat application, if Luware offers chat capture in this region.</summary>
    public const string ApplicationOption = "application";

    /// <summary>Luware's article about it.</summary>
    public const string ArticleOption = "article";

    /// <summary>The page where a consent that is no longer wanted can be removed.</summary>
    public const string RemovalOption = "removal";

    private const string SeenKey = $"{StepName}/seen";

    /// <summary>Remember which application was seen: in a region without a chat application nothing else would know it.</summary>
    private const string SeenApplicationKey = $"{StepName}/seen-application", SeenNameKey = $"{StepName}/seen-name";

    public string Name => StepName;

    public IReadOnlyList<Guid> Roles => AdminConsent.Roles;

    public string? RestsOn(Region region) => region.Chat is null
        ? null
        : RegionTexts.Of([$"{region.Chat.ApplicationId}"], options.Value.Required(attachments: true).All.Select(p => $"{p.Id}"));

    public async Task<StepPlan> PlanAsync(StepContext context, CancellationToken cancellationToken)
    {
        if (ApplicationOf(context) is not { } application)
            return NotOffered();

        var choice = ChoiceOf(context);
        var consent = ConsentTo(application, choice);
        // If chat capture is not wanted, the step needs no permission to read, unless the application has been seen in the tenant.
        if (!choice.Wanted && context.Find(SeenKey) is null)
            return Without(new Sentence("ChatCapture.NotWanted"), new Sentence("ChatCapture.Why.NotWanted")) with { Options = Offered(application) };

        var reading = await consent.ReadAsync(directory, context, cancellationToken);
        var outputs = new Dictionary<string, string>(StringComparer.Ordinal);
        if (reading.Principal is not null)
            (outputs[SeenKey], outputs[SeenApplicationKey], outputs[SeenNameKey]) =
                ($"{reading.Principal.Id}", $"{application.ApplicationId}", application.DisplayName);
        return choice.Wanted ? Plan(context, choice, consent, reading, outputs) : Leave(context, reading, outputs);
    }

    public async Task<StepOutcome> ApplyAsync(StepContext context, PlannedAction action, CancellationToken cancellationToken)
    {
        var application = context.Region.Chat ?? throw new InvalidOperationException($"{action.Key} was to be applied without an application.");
        var consent = ConsentTo(application, ChoiceOf(context));
        return consent.Await(context, await consent.ReadAsync(directory, context, cancellationToken));
    }

    /// <summary>As in step 2, the application stays until a person deletes it.</summary>
    public async Task<StepPlan?> PlanUndoAsync(StepContext context, CancellationToken cancellationToken)
    {
        var choice = ChoiceOf(context);
        if (ApplicationOf(context) is not { } application || !(choice.Wanted || context.Find(SeenKey) is not null))
            return null;

        var reading = await ConsentTo(application, choice).ReadAsync(directory, context, cancellationToken);
        return Staying.Plan(StepName, reading.Stays() is { } stays ? [stays] : []);
    }

    public IReadOnlyList<ScriptPart> Script(StepContext context) =>
        context.Region.Chat is { } application && ChoiceOf(context) is { Wanted: true } choice ? [ConsentTo(application, choice).Script(context)] : [];

    public Refusal? Explain(RemoteAnswer answer) => ChatCaptureRefusals.Explain(answer);

    /// <summary>The choice; empty if the region does not offer chat capture, even if it was chosen where it was offered.</summary>
    private static ChatCaptureChoice ChoiceOf(StepContext context) =>
        context.Region.Chat is null ? new ChatCaptureChoice() : context.Choices.Get<ChatCaptureChoice>(StepName);

    /// <summary>The region's chat application, or, in a region without one, the application that was seen in the tenant before its region changed.</summary>
    private static ChatApplication? ApplicationOf(StepContext context) =>
        context.Region.Chat ?? (context.Find(SeenApplicationKey) is { } id && context.Find(SeenNameKey) is { } name
            ? new ChatApplication(Guid.Parse(id), name, null)
            : null);

    private AdminConsent ConsentTo(ChatApplication application, ChatCaptureChoice choice) =>
        new(StepName, application, options.Value.Required(choice.Attachments), ChatCaptureOptions.Words, own.Value, time);

    private StepPlan Plan(StepContext context, ChatCaptureChoice choice, AdminConsent consent, ConsentReading reading, Dictionary<string, string> outputs)
    {
        consent.Remember(outputs, context, reading);
        return new StepPlan(
            StepName, new Sentence(choice.Attachments ? "ChatCapture.Choice.Attachments" : "ChatCapture.Choice.Messages"),
            reading.IsComplete ? new Sentence("Consent.WhyDone") : new Sentence("ChatCapture.Why"), [consent.Describe(context, reading)], outputs, [])
        {
            Options = Offered(reading.Application),
        };
    }

    /// <summary>The plan when chat capture is not wanted any more. An accepted consent stays until a person removes it; the page says where.</summary>
    private StepPlan Leave(StepContext context, ConsentReading reading, Dictionary<string, string> outputs)
    {
        var offered = context.Region.Chat is null ? [] : Offered(reading.Application);
        if (reading.Principal is null)
            return context.Region.Chat is null
                ? NotOffered()
                : Without(new Sentence("ChatCapture.NotWanted"), new Sentence("ChatCapture.Why.NotWanted")) with { Options = offered };

        var name = reading.Application.DisplayName;
        var (reason, why) = context.Region.Chat is null
            ? ("ChatCapture.NotHereStays", "ChatCapture.Why.NotHereStays")
            : ("ChatCapture.ConsentStays", "ChatCapture.Why.ConsentStays");
        return Without(new Sentence(reason), new Sentence(why, name)) with
        {
            Outputs = outputs,
            Options = new Dictionary<string, IReadOnlyList<ChoiceOption>>(offered, StringComparer.Ordinal)
            {
                [RemovalOption] = [new ChoiceOption($"{AdminConsent.PropertiesPage(reading)}", name)],
            },
        };
    }

    private static StepPlan NotOffered() => Without(new Sentence("ChatCapture.NotOffered"), new Sentence("ChatCapture.Why.NotOffered"));

    private static StepPlan Without(Sentence reason, Sentence why) =>
        new(StepName, reason, why, [], new Dictionary<string, string>(StringComparer.Ordinal), []) { Skipped = reason };

    private Dictionary<string, IReadOnlyList<ChoiceOption>> Offered(ConsentApplication application) => new(StringComparer.Ordinal)
    {
        [ApplicationOption] = [new ChoiceOption($"{application.ApplicationId}", application.DisplayName)],
        [ArticleOption] = [new ChoiceOption(options.Value.Article!, options.Value.Article!)],
    };
}
