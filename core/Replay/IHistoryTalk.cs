namespace Support.Replay;

/// <summary>Finds the questions of one chat while its messages go by.</summary>
internal interface IHistoryTalk
{
    void Add(ExportedMessage message);

    /// <summary>The chat has ended.</summary>
    void End();
}
