using Support.Simulation.Models;

namespace Support.Tests.WholeApp.Conversations;

/// <summary>A desk with models that a scripted server plays. Which ones says the class that is made of it.</summary>
public abstract class ModelledDesk : OneDesk
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
        settings["Support__Models__Retries"] = "0";
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (_models is not null)
            await _models.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
