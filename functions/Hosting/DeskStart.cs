using Dapper;
using Support.Database;
using Support.Http;
using Support.Jobs;
using Support.Tenants;

namespace Support.Hosting;

/// <summary>What a process needs before its first job or request of the desk's own doors, once, and not before: an update is taken in without any of it.</summary>
internal sealed class DeskStart(DeskDatabase database, Migrator migrator, WorkerInstance instance, UploadKeys keys, DefaultTenant tenant, IHostApplicationLifetime lifetime) : IBeforeDoors, IDisposable
{
    private readonly SemaphoreSlim _one = new(1);
    private volatile bool _knowsTenant;
    private volatile bool _works;

    /// <summary>Leases can be taken from now on: this process is known as one that lives, in a database of the right shape.</summary>
    /// <exception cref="DatabaseNotReadyException">A newer version was deployed, and its migrations have not run yet.</exception>
    public async ValueTask JobsAsync(CancellationToken cancellation)
    {
        if (_works)
            return;
        await DoorsAsync(cancellation);
        await _one.WaitAsync(cancellation);
        try
        {
            if (_works)
                return;
            if (!await migrator.IsCurrentAsync(cancellation))
                throw new DatabaseNotReadyException();
            await instance.StartAsync(cancellation);
            _ = instance.HoldAsync(lifetime.ApplicationStopping);
            _works = true;
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>The key of the owner's choosing opens the doors from now on.</summary>
    public async ValueTask DoorsAsync(CancellationToken cancellation)
    {
        if (_knowsTenant)
            return;
        await _one.WaitAsync(cancellation);
        try
        {
            if (_knowsTenant)
                return;
            await using var connection = await database.Source.OpenConnectionAsync(cancellation);
            if (!await connection.ExecuteScalarAsync<bool>(new CommandDefinition("select to_regclass('public.tenant') is not null", cancellationToken: cancellation)))
                throw new DatabaseNotReadyException();
            if (await connection.ExecuteScalarAsync<Guid?>(new CommandDefinition("select id from tenant where name = @name", new { name = tenant.Name }, cancellationToken: cancellation)) is { } id)
            {
                keys.Default = new TenantId(id);
                _knowsTenant = true;
            }
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();
}
