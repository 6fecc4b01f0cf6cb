using System.Globalization;
using Bunit;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Steps;
using Luware.Onboarding.Texts;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace Luware.Onboarding.Tests.Steps;

/// <summary>Renders the choices of a step as the plan page does: every change becomes the new value.</summary>
public abstract class ChoicesTest<TComponent, TChoice> : BunitContext
    where TComponent : StepChoicesBase<TChoice>
    where TChoice : class
{
    protected ChoicesTest()
    {
        Services.AddLocalization().AddLogging();
        JSInterop.Mode = JSRuntimeMode.Loose;
    }

    /// <summary>Every value passed on, in order.</summary>
    protected List<TChoice> Chosen { get; } = [];

    protected FindPeople? Find { get; init; }

    protected IRenderedComponent<TComponent> Show(TChoice value, StepPlan plan)
    {
        IRenderedComponent<TComponent>? shown = null;
        shown = Render<TComponent>(p => p
            .Add(c => c.Value, value).Add(c => c.Plan, plan).Add(c => c.Find, Find)
            .Add(c => c.ValueChanged, EventCallback.Factory.Create<TChoice>(this, choice =>
            {
                Chosen.Add(choice);
                shown!.Render(again => again.Add(c => c.Value, choice));
            })));
        return shown;
    }

    /// <summary>The same after all folded parts were opened.</summary>
    protected IRenderedComponent<TComponent> ShowUnfolded(TChoice value, StepPlan plan)
    {
        var shown = Show(value, plan);
        Unfold(shown);
        return shown;
    }

    /// <summary>Raises the browser's event, which renders the folded content.</summary>
    protected static void Unfold(IRenderedComponent<TComponent> shown)
    {
        for (var i = 0; i < shown.FindAll("details").Count; i++)
            shown.FindAll("details")[i].TriggerEvent("ontoggle", EventArgs.Empty);
    }

    protected static StepPlan Plan(params (string Choice, ChoiceOption[] Options)[] offered) =>
        new("step", new Sentence("x"), new Sentence("x"), [], new Dictionary<string, string>(StringComparer.Ordinal), [])
        {
            Options = offered.ToDictionary(o => o.Choice, o => (IReadOnlyList<ChoiceOption>)o.Options, StringComparer.Ordinal),
        };

    protected static IDisposable InGerman()
    {
        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("de-CH");
        return new Back(() => CultureInfo.CurrentUICulture = before);
    }

    private sealed class Back(Action restore) : IDisposable
    {
        public void Dispose() => restore();
    }
}
