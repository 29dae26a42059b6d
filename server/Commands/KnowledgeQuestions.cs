using Dapper;
using Support.Database;
using Support.Generation.Asking;
using Support.Knowledge.Written;
using Support.Tenants;

namespace Support.Server.Commands;

/// <summary><c>knowledge questions</c>: what it will cost to have a model write questions for the chunks that lack them. It writes none.</summary>
internal static class KnowledgeQuestions
{
    private const string Tenants = "select id, name from tenant where knowledge_change > 0 order by name, id";

    public static async Task<int> RunAsync(IServiceProvider services, Action<string> say, CancellationToken cancel)
    {
        var model = services.GetRequiredService<WriteQuestions>().Model;
        say(model is null
            ? "No model is named for it (Support__Models__Questions__Model), so no questions are written. It would take:"
            : $"The desk has {model} write what is missing, within the daily budget. It will take:");
        IEnumerable<(Guid Id, string Name)> tenants;
        await using (var connection = await services.GetRequiredService<DeskDatabase>().Source.OpenConnectionAsync(cancel))
            tenants = await connection.QueryAsync<(Guid, string)>(new CommandDefinition(Tenants, cancellationToken: cancel));
        var estimate = services.GetRequiredService<EstimateQuestions>();
        foreach (var (id, name) in tenants)
            say($"{name}: {await estimate.OfAsync(new TenantId(id), cancel)}");
        return 0;
    }
}
