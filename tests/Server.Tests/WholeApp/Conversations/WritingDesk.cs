namespace Support.Tests.WholeApp.Conversations;

/// <summary>A desk whose answers a scripted model writes.</summary>
public sealed class WritingDesk : ModelledDesk
{
    protected override void Change(Dictionary<string, string> settings)
    {
        base.Change(settings);
        settings["Support__Models__Answer__Model"] = "chat-1";
        // So that each test's question is written, not kept from the one before.
        settings["Support__Generation__KeepAnswers"] = "00:00:00";
    }
}
