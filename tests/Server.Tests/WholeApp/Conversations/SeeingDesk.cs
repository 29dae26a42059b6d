namespace Support.Tests.WholeApp.Conversations;

/// <summary>A desk that a scripted server hears and sees for. Answers are the documents' own sentences.</summary>
public sealed class SeeingDesk : ModelledDesk
{
    public const decimal PromptPrice = .001m;
    public const decimal CompletionPrice = .003m;

    public const int LargestFile = 200_000;

    // The simulation takes 2,000 bytes for a second.
    public const int LongestVoice = 4;

    protected override void Change(Dictionary<string, string> settings)
    {
        base.Change(settings);
        settings["Support__Models__Transcription__Model"] = "hear-1";
        settings["Support__Models__Picture__Model"] = "see-1";
        settings["Support__Models__Prices__0__Model"] = "see-1";
        settings["Support__Models__Prices__0__Prompt"] = "1000";
        settings["Support__Models__Prices__0__Completion"] = "3000";
        settings["Support__Reading__FileBytes"] = $"{LargestFile}";
        settings["Support__Reading__VoiceSeconds"] = $"{LongestVoice}";
        settings["Support__Tesseract__Program"] = "none";
    }
}
