using Support.Simulation.Models;

namespace Support.Tests.WholeApp.Conversations;

/// <summary>A desk whose answers a scripted model writes.</summary>
public sealed class WritingDesk : OneDesk
{
    private RunningScriptedModels? _models;

    internal ScriptedModels Models => _models!.Models;

    public override async ValueTask InitializeAsync()
    {
        _models = await ScriptedModelHost.StartAsync(new ScriptedModelOptions(), "http://127.0.0.1:0", CancellationToken.None);
        await base.InitializeAsync();
    }

    protected override void Change(Dictionary<string, string> settings)
    {
        settings["Support__Models__Endpoint"] = $"{_models!.BaseUrl}v1";
        settings["Support__Models__Key"] = "sk-test";
        settings["Support__Models__Answer__Model"] = "chat-1";
        settings["Support__Models__Retries"] = "0";
        // So that each test's question is written, not kept from the one before.
        settings["Support__Generation__KeepAnswers"] = "00:00:00";
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (_models is not null)
            await _models.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
