using Luware.Onboarding.Engine;
using Luware.Onboarding.Steps;
using Microsoft.AspNetCore.Components;

namespace Luware.Onboarding.Onboarding;

/// <summary>Stores choices through the engine, whatever their type.</summary>
public delegate Task StoreChoices(IEngine engine, Actor actor, CancellationToken cancellationToken);

/// <summary>Shows the choices of one step; knows their type so that nobody else has to.</summary>
public abstract class ChoicePanel
{
    public static ChoicePanel For<TComponent, TChoices>(string step)
        where TComponent : StepChoicesBase<TChoices>
        where TChoices : class, new() => new Typed<TComponent, TChoices>(step);

    /// <param name="owner">The component whose event handler the change is.</param>
    /// <param name="chosen">The choices of all steps as they are now.</param>
    /// <param name="changed">Gets the choices as they become, and what stores them.</param>
    public abstract RenderFragment Render(object owner, StepPlan plan, StepChoices chosen, Func<StepChoices, StoreChoices, Task> changed, FindPeople find);

    private sealed class Typed<TComponent, TChoices>(string step) : ChoicePanel
        where TComponent : StepChoicesBase<TChoices>
        where TChoices : class, new()
    {
        public override RenderFragment Render(object owner, StepPlan plan, StepChoices chosen, Func<StepChoices, StoreChoices, Task> changed, FindPeople find) => builder =>
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
