using System.Globalization;
using System.Runtime.CompilerServices;

namespace Luware.TeamsPowerShell.Tests.Processes;

/// <summary>Tests read English words and dates, whatever the language of the machine.</summary>
/// <remarks>One that sets another culture does so in its own body: what an async InitializeAsync sets never reaches it.</remarks>
internal static class TestCulture
{
    [ModuleInitializer]
    internal static void Pin() => CultureInfo.DefaultThreadCurrentCulture = CultureInfo.DefaultThreadCurrentUICulture = new CultureInfo("en-GB");
}
