using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Luware.TeamsPowerShell.Protocol;
using Luware.TeamsPowerShell.Tests.Processes;
using Luware.TeamsPowerShell.Worker;

namespace Luware.TeamsPowerShell.Tests.Worker;

/// <summary>worker.ps1 in a process of its own, under pwsh if it is installed, and always under PowerShell's engine.</summary>
public sealed class WorkerScriptTests(SharedWorker shared) : IClassFixture<SharedWorker>
{
    [Theory, MemberData(nameof(PowerShell.Both), MemberType = typeof(PowerShell))]
    public async Task The_script_connects_with_the_graph_token_first_proves_its_tenant_and_runs_a_command(string powerShell)
    {
        var lease = await shared.LeaseAsync(powerShell);

        var found = await InvokeAsync(lease, "Get-CsTenant", [], "TenantId", "DisplayName", "Audiences", "Missing");

        found.Single().GetRawText().ShouldBe($$"""{"TenantId":"{{shared.Tenant}}","DisplayName":"Contoso","Audiences":["graph","teams"],"Missing":null}""");
    }

    [Theory, MemberData(nameof(PowerShell.Both), MemberType = typeof(PowerShell))]
    public async Task Parameters_arrive_with_their_types_and_a_nested_command_as_its_object(string powerShell)
    {
        var lease = await shared.LeaseAsync(powerShell);

        var found = await lease.InvokeAsync(Commands.Pairing with { Select = ["Paired", "Count"] }, CancellationToken.None);

        found.Objects.Single().GetRawText().ShouldBe("""{"Paired":[{"Id":"52097e72-d9b8-4a1a-8d23-d44e2e03c27b"}],"Count":0}""");
    }

    [Theory, MemberData(nameof(PowerShell.Both), MemberType = typeof(PowerShell))]
    public async Task A_number_a_date_and_null_arrive_as_what_they_are(string powerShell)
    {
        await using var pool = ScriptPool.Create(powerShell);
        await using var worker = await TeamsWorker.StartAsync(pool.Options, TimeProvider.System, CancellationToken.None);
        TeamsParameter[] parameters =
        [
            new("ComplianceRecordingPairedApplications", new TeamsValue.Null()), new("ConcurrentInvitationCount", new TeamsValue.Number(3)),
            new("Priority", new TeamsValue.Number(-1)), new("Since", new TeamsValue.Date(new DateTimeOffset(2026, 11, 22, 7, 0, 0, TimeSpan.FromHours(2)))),
        ];

        // None of the listed cmdlets takes a date, so this calls the worker itself instead of a lease.
        var found = await worker.InvokeAsync(
            new TeamsCommand(Commands.Pairing.Name, parameters, ["Paired", "Count", "Priority", "Since", "Types", "Bound"]), null, CancellationToken.None);

        found.Objects.Single().GetRawText().Replace("\\u002B", "+", StringComparison.Ordinal).ShouldBe(
            """{"Paired":null,"Count":3,"Priority":-1,"Since":"2026-11-22T07:00:00.0000000+02:00","Types":["Int32","DateTimeOffset"]""" +
            ""","Bound":["ComplianceRecordingPairedApplications","ConcurrentInvitationCount","Priority","Since"]}""");
    }

    [Theory, MemberData(nameof(PowerShell.Both), MemberType = typeof(PowerShell))]
    public async Task No_string_is_changed_or_evaluated_on_its_way(string powerShell)
    {
        string[] texts =
        [
            "2026-11-22T07:00:00+02:00", "it's ’‘‚‛ \"“\"", "$(exit 1)`n$env:HOME; & whoami", "\0\r\n\t\u202E\uFEFF",
            "\U0001F600 Zürich", "true", "@('x')", "",
        ];
        var lease = await shared.LeaseAsync(powerShell);

        foreach (var text in texts)
        {
            TeamsParameter[] parameters = [new("Identity", new TeamsValue.Text("x")), new("Description", new TeamsValue.Text(text))];
            var found = await InvokeAsync(lease, "New-CsTeamsComplianceRecordingPolicy", parameters, "Description");
            found.Single().GetProperty("Description").GetString().ShouldBe(text);
        }
    }

    [Theory, MemberData(nameof(PowerShell.Both), MemberType = typeof(PowerShell))]
    public async Task Nobody_is_asked_to_confirm_and_only_what_was_given_is_bound(string powerShell)
    {
        var lease = await shared.LeaseAsync(powerShell);

        TeamsParameter[] parameters = [new("Identity", new TeamsValue.Text("x")), new("Enabled", new TeamsValue.Flag(true))];
        var found = await InvokeAsync(lease, "New-CsTeamsComplianceRecordingPolicy", parameters, "Enabled", "Bound");

        found.Single().GetRawText().ShouldBe("""{"Enabled":true,"Bound":["Identity","Enabled"]}""");
    }

    [Theory, MemberData(nameof(PowerShell.Both), MemberType = typeof(PowerShell))]
    public async Task Objects_come_back_as_plain_values_with_the_selected_properties_only(string powerShell)
    {
        var lease = await shared.LeaseAsync(powerShell);

        var found = await InvokeAsync(
            lease, "Get-CsOnlineUser", [],
            "Text", "Number", "Fraction", "Flag", "Id", "Date", "Enum", "One", "None", "Nothing", "Table", "Nested", "Version", "Deep");

        found.Count.ShouldBe(2);
        var user = found[0];
        user.GetProperty("Text").GetString().ShouldBe("O’Neil \0 \U0001F600");
        user.GetProperty("Id").GetGuid().ShouldBe(Guid.Parse("085fd5ee-756a-4284-b81d-a62549f12293"));
        user.GetProperty("Date").GetDateTimeOffset().ShouldBe(new DateTimeOffset(2026, 11, 22, 7, 0, 0, TimeSpan.FromHours(2)));
        Raw("Number").ShouldBe("3");
        Raw("Fraction").ShouldBe("\"2.5\"");
        Raw("Flag").ShouldBe("true");
        Raw("Enum").ShouldBe("\"Friday\"");
        Raw("One").ShouldBe("""["only"]""");
        Raw("None").ShouldBe("[]");
        Raw("Nothing").ShouldBe("null");
        user.GetProperty("Table").GetProperty("Count").GetInt32().ShouldBe(1);
        Raw("Nested").ShouldBe("""{"A":{"B":[{"C":1}]}}""");
        Raw("Version").ShouldBe("\"7.8.0\"");
        Raw("Deep").ShouldBe("""{"A":{"A":{"A":{"A":"System.Collections.Hashtable"}}}}""", "what lies deeper is cut off");
        user.TryGetProperty("Secret", out _).ShouldBeFalse();

        string Raw(string property) => user.GetProperty(property).GetRawText();
    }

    [Theory, MemberData(nameof(PowerShell.Both), MemberType = typeof(PowerShell))]
    public async Task Every_stream_is_told_apart_and_noise_is_no_answer(string powerShell)
    {
        var lease = await shared.LeaseAsync(powerShell);

        var found = await lease.InvokeAsync(Commands.Policies, CancellationToken.None);

        found.Objects.Single().GetRawText().ShouldBe("""{"Identity":"Global"}""");
        shared.Output.ShouldBe(
            [
                new("warning", "a warning"), new("verbose", "a detail"), new("debug", "a bug"), new("information", "an information"),
                new("progress", "Reading: half of it"),
            ],
            ignoreOrder: true);
    }

    [Theory, MemberData(nameof(PowerShell.Both), MemberType = typeof(PowerShell))]
    public async Task A_refusal_carries_the_whole_error_record(string powerShell)
    {
        var lease = await shared.LeaseAsync(powerShell);
        TeamsParameter[] parameters = [new("UserPrincipalName", new TeamsValue.Text("x@contoso.com")), new("ApplicationId", new TeamsValue.Id(Guid.NewGuid()))];

        var refused = await Should.ThrowAsync<CommandRefusedException>(() => InvokeAsync(lease, "New-CsOnlineApplicationInstance", parameters));

        refused.Error.Category.ShouldBe("PermissionDenied");
        refused.Error.ErrorId.ShouldStartWith("Forbidden");
        refused.Error.Target.ShouldBe("x@contoso.com");
        refused.Error.Message.ShouldBe("Access Denied.");
        refused.Error.Inner.Single().ShouldStartWith("The inner reason.");
        refused.Error.CorrelationId.ShouldBe("5c0a8e1e-9f63-4a57-8e0f-1d0f5b6a77c2");
    }

    [Theory, MemberData(nameof(PowerShell.Both), MemberType = typeof(PowerShell))]
    public async Task An_error_that_a_cmdlet_only_reports_is_a_refusal_too(string powerShell)
    {
        var lease = await shared.LeaseAsync(powerShell);

        var refused = await Should.ThrowAsync<CommandRefusedException>(() => InvokeAsync(lease, "Get-CsGroupPolicyAssignment", [], "GroupId"));

        refused.Error.Category.ShouldBe("ResourceBusy");
        refused.Error.IsBusy.ShouldBeTrue();
    }

    [Theory, MemberData(nameof(PowerShell.Both), MemberType = typeof(PowerShell))]
    public async Task A_cmdlet_that_exits_does_not_take_the_worker_with_it(string powerShell)
    {
        var lease = await shared.LeaseAsync(powerShell);

        await InvokeAsync(lease, "Get-CsOnlineApplicationInstance", [], "ObjectId");

        (await InvokeAsync(lease, "Get-CsTenant", [], "DisplayName")).Count.ShouldBe(1);
    }

    [Theory, MemberData(nameof(PowerShell.Both), MemberType = typeof(PowerShell))]
    public async Task What_is_not_listed_cannot_be_reached_but_the_module_can_use_it(string powerShell)
    {
        await using var pool = ScriptPool.Create(powerShell);
        await using var worker = await TeamsWorker.StartAsync(pool.Options, TimeProvider.System, CancellationToken.None);
        string[] unlisted = ["Get-Unlisted", "Get-Command", "Connect-MicrosoftTeams", "get-cstenant", "/bin/ls", "MicrosoftTeams\\Get-Unlisted"];

        foreach (var name in unlisted)
        {
            var refused = await Should.ThrowAsync<CommandRefusedException>(
                () => worker.InvokeAsync(new TeamsCommand(name, [], ["Name"]), null, CancellationToken.None));
            refused.Error.Message.ShouldContain("may run");
        }

        var inside = await worker.InvokeAsync(new TeamsCommand("Get-CsUserPolicyAssignment", [], ["PolicyName"]), null, CancellationToken.None);
        inside.Objects.Single().GetProperty("PolicyName").GetString().ShouldBe("from inside");
    }

    [Theory, MemberData(nameof(PowerShell.Both), MemberType = typeof(PowerShell))]
    public async Task A_hanging_cmdlet_is_killed_at_its_limit(string powerShell)
    {
        await using var pool = ScriptPool.Create(powerShell, options => options.CommandLimit = TimeSpan.FromSeconds(1));
        await using var lease = await pool.LeaseAsync();
        TeamsParameter[] parameters = [new("ObjectId", new TeamsValue.Id(Guid.NewGuid()))];

        var lost = await Should.ThrowAsync<WorkerLostException>(() => InvokeAsync(lease, "Sync-CsOnlineApplicationInstance", parameters));
        lost.Message.ShouldContain("took longer");
    }

    [Theory, MemberData(nameof(PowerShell.Both), MemberType = typeof(PowerShell))]
    public async Task The_script_ends_by_itself_when_its_life_line_closes_even_in_a_cmdlet(string powerShell)
    {
        await using var pool = ScriptPool.Create(powerShell);
        using var folder = new WorkerFolder(pool.Options);
        await using var channel = new WorkerChannel(folder);
        await using var process = WorkerProcess.Start(WorkerStartInfo.Create(pool.Options, folder, channel));
        await channel.AcceptAsync(CancellationToken.None);
        await channel.ReadAsync(CancellationToken.None);
        await channel.SendAsync(new InvokeMessage(1, new TeamsCommand("Sync-CsOnlineApplicationInstance", [], [])), CancellationToken.None);

        await channel.DisposeAsync();

        await process.Exited.WaitAsync(TimeSpan.FromSeconds(60));
    }

    [Theory, MemberData(nameof(PowerShell.Both), MemberType = typeof(PowerShell))]
    public async Task What_a_cmdlet_started_ends_with_the_script_when_its_life_line_closes(string powerShell)
    {
        ProcessTable.SkipUnlessReadable();
        await using var pool = ScriptPool.Create(powerShell);
        using var folder = new WorkerFolder(pool.Options);
        await using var channel = new WorkerChannel(folder);
        using var process = Process.Start(WorkerStartInfo.Create(pool.Options, folder, channel))!;
        await channel.AcceptAsync(CancellationToken.None);
        await channel.ReadAsync(CancellationToken.None);
        await channel.SendAsync(new InvokeMessage(1, new TeamsCommand("Remove-CsGroupPolicyAssignment", [], [])), CancellationToken.None);
        var child = int.Parse((await channel.ReadAsync(CancellationToken.None)).ShouldBeOfType<OutputMessage>().Text, CultureInfo.InvariantCulture);
        ProcessTable.IsAlive(child).ShouldBeTrue();

        await channel.DisposeAsync();

        await Until.TrueAsync(() => !ProcessTable.IsAlive(process.Id) && !ProcessTable.IsAlive(child), "the script and what its cmdlet started are gone");
    }

    [Theory, MemberData(nameof(PowerShell.Both), MemberType = typeof(PowerShell))]
    public async Task A_script_whose_pool_died_at_its_birth_ends_by_itself(string powerShell)
    {
        await using var pool = ScriptPool.Create(powerShell, options => options.StartLimit = TimeSpan.FromSeconds(1));

        (await Orphan.EndAsync(pool.Options)).ShouldBe(1);
    }

    [Theory, MemberData(nameof(PowerShell.Both), MemberType = typeof(PowerShell))]
    public async Task Another_version_of_the_module_is_not_used(string powerShell)
    {
        await using var pool = ScriptPool.Create(powerShell, options => (options.ModuleVersion, options.RestartBudget) = ("8.0.0", 1));

        (await Should.ThrowAsync<NoWorkerException>(() => pool.LeaseAsync())).Message.ShouldContain("8.0.0");
    }

    private static async Task<IReadOnlyList<JsonElement>> InvokeAsync(ITeamsLease lease, string name, TeamsParameter[] parameters, params string[] select) =>
        (await lease.InvokeAsync(new TeamsCommand(name, parameters, select), CancellationToken.None)).Objects;
}
