using System.CommandLine;
using System.CommandLine.Parsing;
using Luware.Onboarding.Audit;
using Luware.Onboarding.Data;

namespace Luware.Portal.Operations;

/// <summary>The parsed command line: one command, and the settings beside it.</summary>
internal sealed record CommandLine(PortalCommand Command, string[] Settings)
{
    /// <summary>The exit code for invalid arguments.</summary>
    public const int Misused = 2;

    /// <summary>Parses every argument. Anything unknown, contradictory or incomplete is answered with the usage, and nothing is run.</summary>
    /// <param name="output">Receives the usage if it was asked for with --help.</param>
    /// <param name="errors">Receives faults, followed by the usage.</param>
    /// <returns>What to run; otherwise null and the exit code.</returns>
    public static (CommandLine? Line, int ExitCode) Parse(string[] args, TextWriter output, TextWriter errors)
    {
        var (settings, others) = SettingArguments.Split(args);
        var grammar = new Grammar();
        // Argument files (@file) are not supported.
        var parsed = grammar.Root.Parse(others, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count > 0)
        {
            parsed.Invoke(new InvocationConfiguration { Output = errors, Error = errors });
            return (null, Misused);
        }

        return parsed.Action is null
            ? (new CommandLine(grammar.Read(parsed), settings), 0)
            : (null, parsed.Invoke(new InvocationConfiguration { Output = output, Error = errors }));
    }

    private sealed class Grammar
    {
        private static readonly string Servers = $"{DatabaseProvider.SqlServer}|{DatabaseProvider.PostgreSql}";

        private readonly Option<bool> _migrate = new("--migrate") { Description = "Brings the database up to date." };

        private readonly Option<string?> _backup = Value(
            "--backup", "file", "Copies the SQLite database to a new file.", text => text.Length == 0 ? null : text);

        private readonly Option<DatabaseProvider?> _script = Value<DatabaseProvider?>(
            "--script", Servers, "Writes the SQL that makes a server's database or brings it up to date. Needs no settings.",
            text => Enum.TryParse(text, ignoreCase: true, out DatabaseProvider provider)
                && provider is DatabaseProvider.SqlServer or DatabaseProvider.PostgreSql
                    ? provider
                    : null);

        private readonly Option<bool> _verify = new("--verify-audit")
        {
            Arity = ArgumentArity.Zero, Description = "Checks every chain of the audit, or the one of --tenant.",
        };

        private readonly Option<Guid?> _erase = Value(
            "--erase-person", "object id", "Forgets a person's names, in every chain of the audit or in the one of --tenant.", Id);

        private readonly Option<Guid?> _tenant = Value("--tenant", "Entra tenant id", "Limits --verify-audit or --erase-person to one tenant.", Id);

        private readonly Option<AuditAnchor?> _anchor = Value(
            "--anchor", "number:seal", "An end that was written down, against which --verify-audit checks the chain of --tenant.", AuditAnchor.Parse);

        private readonly Option<string[]> _anchors = new("--anchors")
        {
            HelpName = "file", Arity = ArgumentArity.OneOrMore, AllowMultipleArgumentsPerToken = true,
            Description = "Files with such ends, the portal's log or a hand-over's JSON, against which --verify-audit checks every chain.",
        };

        public Grammar()
        {
            Root = new RootCommand("Serves the portal, or does one of the following instead. Settings are given as --Section:Key=value or --Section:Key value.")
            {
                _migrate, _backup, _script, _verify, _erase, _tenant, _anchor, _anchors,
            };
            Root.Validators.Add(Check);
        }

        public RootCommand Root { get; }

        public PortalCommand Read(ParseResult parsed)
        {
            var tenant = parsed.GetValue(_tenant);
            return parsed switch
            {
                _ when parsed.GetValue(_migrate) => new PortalCommand.Migrate(),
                _ when parsed.GetValue(_backup) is { } file => new PortalCommand.Backup(file),
                _ when parsed.GetValue(_script) is { } provider => new PortalCommand.Script(provider),
                _ when parsed.GetValue(_verify) => new PortalCommand.VerifyAudit(tenant, parsed.GetValue(_anchor), parsed.GetValue(_anchors) ?? []),
                _ when parsed.GetValue(_erase) is { } person => new PortalCommand.ErasePerson(person, tenant),
                _ => new PortalCommand.Serve(),
            };
        }

        private void Check(CommandResult result)
        {
            Option[] commands = [_migrate, _backup, _script, _verify, _erase];
            if (commands.Count(IsGiven) > 1)
                result.AddError($"Only one of {string.Join(", ", commands.Where(IsGiven).Select(c => c.Name))} can be done at a time.");
            if (IsGiven(_tenant) && !IsGiven(_verify) && !IsGiven(_erase))
                result.AddError($"{_tenant.Name} belongs to {_verify.Name} or {_erase.Name}.");
            if (IsGiven(_anchor) && !(IsGiven(_verify) && IsGiven(_tenant)))
                result.AddError($"{_anchor.Name} belongs to {_verify.Name} with {_tenant.Name}.");
            if (IsGiven(_anchors) && !IsGiven(_verify))
                result.AddError($"{_anchors.Name} belongs to {_verify.Name}.");

            bool IsGiven(Option option) => result.GetResult(option) is { Implicit: false };
        }

        /// <summary>An option with exactly one value.</summary>
        /// <param name="read">Returns null if the text is not a valid value.</param>
        private static Option<T> Value<T>(string name, string value, string description, Func<string, T> read) => new(name)
        {
            HelpName = value, Description = description, Arity = ArgumentArity.ExactlyOne,
            CustomParser = result =>
            {
                var text = result.Tokens.Single().Value;
                if (read(text) is { } found)
                    return found;
                result.AddError($"{name} takes <{value}>, and '{text}' is none.");
                return default;
            },
        };

        private static Guid? Id(string text) => Guid.TryParse(text, out var id) ? id : null;
    }
}
