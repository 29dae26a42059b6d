using Support.Simulation.Models;

namespace Support.Tests.WholeApp.Conversations;

/// <summary>A desk that a scripted server hears and sees for. Answers are the documents' own sentences.</summary>
public sealed class SeeingDesk : OneDesk
{
    public const decimal PromptPrice = .001m;
    public const decimal CompletionPrice = .003m;

    public const int LargestFile = 200_000;

    // The simulation takes 2,000 bytes for a second.
    public const int LongestVoice = 4;

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
        settings["Support__Models__Transcription__Model"] = "hear-1";
        settings["Support__Models__Picture__Model"] = "see-1";
        settings["Support__Models__Prices__0__Model"] = "see-1";
        settings["Support__Models__Prices__0__Prompt"] = "1000";
        settings["Support__Models__Prices__0__Completion"] = "3000";
        settings["Support__Models__Retries"] = "0";
        settings["Support__Reading__FileBytes"] = $"{LargestFile}";
        settings["Support__Reading__VoiceSeconds"] = $"{LongestVoice}";
        settings["Support__Tesseract__Program"] = "none";
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (_models is not null)
            await _models.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
