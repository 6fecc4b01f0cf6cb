using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace Luware.TeamsPowerShell;

/// <summary>Anything that kept a command from being carried out.</summary>
public abstract class TeamsWorkerException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>The worker process ended, hung past its limit or broke the protocol, in the middle of a command. Another lease has a new one.</summary>
public sealed class WorkerLostException(string message, Exception? inner = null) : TeamsWorkerException(message, inner);

/// <summary>No worker became free or could be connected within the limits, or the queue is full. No command has run.</summary>
public sealed class NoWorkerException(string message, Exception? inner = null) : TeamsWorkerException(message, inner);

/// <summary>The connected session answered for another tenant than the lease's. Nothing was written.</summary>
public sealed class WrongTenantException(Guid expected, string actual)
    : TeamsWorkerException($"The Teams session answers for tenant {actual}, but tenant {expected} was expected. Nothing was changed.");

/// <summary>The cmdlet's own error record, as far as it may leave the worker.</summary>
public sealed partial record TeamsError(string Category, string ErrorId, string? Target, string Message, IReadOnlyList<string> Inner, string? CorrelationId)
{
    // A number means a status only alone, in parentheses or after words that announce one: ids hold it by chance, and so do the names of rooms.
    private const string Announced = """(\(|(\b(status|http(/[\d.]+)?|success|answered|returned|error)|(status|error|response)[ _]?code|"code)\b(\s+is)?["'\s:=(]{1,4})""";
    private const string Alone = @"(?![\w-])";

    /// <summary>The service asks for patience. A reading may be sent again; whether a write was done all the same, a reading must tell first.</summary>
    [JsonIgnore]
    public bool IsBusy => Says(ThrottledWords()) || Says(UnavailableWords());

    /// <summary>
    /// The service turned the command away before it did anything: even a write may be sent again. Not where the error says that the
    /// service was unavailable as well: one of several calls behind the cmdlet may have done something then.
    /// </summary>
    [JsonIgnore]
    public bool IsThrottled => Says(ThrottledWords()) && !Says(UnavailableWords());

    private bool Says(Regex words) => Inner.Append(Message).Append(ErrorId).Any(words.IsMatch);

    [GeneratedRegex("too busy|too ?many ?requests|throttled|" + Announced + "429" + Alone + "|^429$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ThrottledWords();

    [GeneratedRegex("service ?unavailable|" + Announced + "503" + Alone + "|^503$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex UnavailableWords();
}

/// <summary>The service or the cmdlet refused the command.</summary>
public sealed class CommandRefusedException(string command, TeamsError error)
    : TeamsWorkerException($"{command} was refused: {error.Message} ({error.Category}, {error.ErrorId})")
{
    public string Command { get; } = command;

    public TeamsError Error { get; } = error;
}
