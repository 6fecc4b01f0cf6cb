using Luware.Onboarding.Engine;
using Luware.Onboarding.Steps;
using Microsoft.AspNetCore.Components;

namespace Luware.Onboarding.CustomerPages;

/// <summary>Stores choices through the engine, whatever their type.</summary>
public delegate Task StoreChoices(IEngine engine, Actor actor, CancellationToken cancellationToken);

/// <summary>Shows the choices of one step, and hides their type from everybody else.</summary>
public abstract class ChoicePanel
{
    public static ChoicePanel For<TComponent, TChoices>(string step)
        where TComponent : StepChoicesBase<TChoices>
        where TChoices : class, new() => new Typed<TComponent, TChoices>(step);

    /// <param name="owner">The component that handles the change event.</param>
    /// <param name="chosen">The current choices of all steps.</param>
    /// <param name="changed">Receives the new choices, and the delegate that stores them.</param>
    public abstract RenderFragment Render(object owner, StepPlan plan, StepChoices chosen, Func<StepChoices, StoreChoices, Task> changed, FindPeople find);

    private sealed class Typed<TComponent, TChoices>(string step) : ChoicePanel
        where TComponent : StepChoicesBase<TChoices>
        where TChoices : class, new()
    {
        public override RenderFragment Render(
            object owner, StepPlan plan, StepChoices chosen, Func<StepChoices, StoreChoices, Task> changed, FindPeople find) => builder =>
        {
            builder.OpenComponent(0, typeof(TComponent));
            builder.AddComponentParameter(1, nameof(StepChoicesBase<>.Value), chosen.Get<TChoices>(step));
            builder.AddComponentParameter(2, nameof(StepChoicesBase<>.ValueChanged), EventCallback.Factory.Create<TChoices>(owner, Changed));
            builder.AddComponentParameter(3, nameof(StepChoicesBase<>.Plan), plan);
            builder.AddComponentParameter(4, nameof(StepChoicesBase<>.Find), find);
            builder.CloseComponent();

            Task Changed(TChoices value) => changed(chosen.With(step, value), (engine, actor, token) => engine.ChooseAsync(actor, step, value, token));
        };
    }
}
