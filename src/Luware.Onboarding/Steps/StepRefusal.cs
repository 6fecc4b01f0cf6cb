using Luware.Onboarding.Engine;
using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Steps;

/// <summary>A refusal with five sentences under one key: Title, What, Who, When, Letter.</summary>
public abstract record StepRefusal(string Key, params IReadOnlyList<string> Arguments) : Refusal(
    new Sentence(Key + ".Title", Arguments), new Sentence(Key + ".What", Arguments), new Sentence(Key + ".Who", Arguments),
    new Sentence(Key + ".When", Arguments), new Sentence(Key + ".Letter", Arguments));
