using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace Luware.TeamsPowerShell;

/// <summary>The base of all failures to carry out a command.</summary>
public abstract class TeamsWorkerException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>The worker process ended, hung past its limit or broke the protocol during a command. Another lease gets a new worker.</summary>
public sealed class WorkerLostException(string message, Exception? inner = null) : TeamsWorkerException(message, inner);

/// <summary>No worker became free or could be connected within the limits, or the queue is full. No command has run.</summary>
public sealed class NoWorkerException(string message, Exception? inner = null) : TeamsWorkerException(message, inner);

/// <summary>The connected session answered for a tenant other than the lease's. Nothing was written.</summary>
public sealed class WrongTenantException(Guid expected, string actual)
    : TeamsWorkerException($"The Teams session answers for tenant {actual}, but tenant {expected} was expected. Nothing was changed.");

/// <summary>The cmdlet's error record, limited to what may leave the worker.</summary>
public sealed partial record TeamsError(string Category, string ErrorId, string? Target, string Message, IReadOnlyList<string> Inner, string? CorrelationId)
{
    // A number counts as a status only if it stands alone, in parentheses or after words that announce a status: ids and room names can contain it too.
    private const string Announced =
        """(\(|(\b(status|http(/[\d.]+)?|success|answered|returned|error)|(status|error|response)[ _]?code|"code)\b(\s+is)?["'\s:=(]{1,4})""";
    private const string Alone = @"(?![\w-])";

    /// <summary>The service is busy. A read may be repeated; after a write, read first to see whether it took effect.</summary>
    [JsonIgnore]
    public bool IsBusy => Says(ThrottledWords()) || Says(UnavailableWords());

    /// <summary>
    /// The service refused the command before doing anything, so even a write may be repeated. False if the error also says that the service was unavailable,
    /// because then one of several calls behind the cmdlet may have had an effect.
    /// </summary>
    [JsonIgnore]
    public bool IsThrottled => Says(ThrottledWords()) && !Says(UnavailableWords());

    private bool Says(Regex words) => Inner.Append(Message).Append(ErrorId).Any(words.IsMatch);

    [GeneratedRegex(
        "too busy|too ?many ?requests|throttled|" + Announced + "429" + Alone + "|^429$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ThrottledWords();

    [GeneratedRegex(
        "service ?unavailable|" + Announced + "503" + Alone + "|^503$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex UnavailableWords();
}

/// <summary>The service or the cmdlet refused the command.</summary>
public sealed class CommandRefusedException(string command, TeamsError error)
    : TeamsWorkerException($"{command} was refused: {error.Message} ({error.Category}, {error.ErrorId})")
{
    public string Command { get; } = command;

    public TeamsError Error { get; } = error;
}
