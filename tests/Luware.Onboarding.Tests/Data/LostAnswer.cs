using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace Luware.Onboarding.Tests.Data;

/// <summary>Loses the connection at the next commit: before the server has heard of it, or before it has answered.</summary>
internal sealed class LostAnswer : DbTransactionInterceptor
{
    public bool IsDue { get; set; }

    public bool IsBeforeCommit { get; init; }

    public override ValueTask<InterceptionResult> TransactionCommittingAsync(
        DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
    {
        if (IsBeforeCommit)
            Lose();
        return ValueTask.FromResult(result);
    }

    public override Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Lose();
        return Task.CompletedTask;
    }

    private void Lose()
    {
        if (!IsDue)
            return;
        IsDue = false;
        throw new NpgsqlException("The connection is gone.", new IOException());
    }
}
